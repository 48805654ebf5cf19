import type https from "node:https";
import { PassThrough } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import type * as Client from "@kubernetes/client-node" with { "resolution-mode": "import" };
import type { KubernetesObject } from "../components/platform/add-on";
import { list, record, text } from "../core/property-tree";
import { type Props, toProps } from "../core/property-value";
import { answerOf, textOf } from "./api-answer";
import { type ClusterChoice, ClusterError, chooseContext } from "./cluster-choice";

/** The part of a pod that tells how it does. */
export type Pod = Pick<Client.V1Pod, "metadata" | "spec" | "status">;

/** One cluster, as whoever has the kubeconfig reaches it: by the official client, which knows every way to log in. */
export class ClusterClient {
  readonly #client: typeof Client;
  readonly #config: Client.KubeConfig;
  readonly #objects: Client.KubernetesObjectApi;
  readonly #core: Client.CoreV1Api;

  private constructor(client: typeof Client, config: Client.KubeConfig) {
    this.#client = client;
    this.#config = config;
    this.#objects = client.KubernetesObjectApi.makeApiClient(config);
    this.#core = config.makeApiClient(client.CoreV1Api);
  }

  /**
   * Reads a kubeconfig, and asks the cluster whether it is there.
   * @throws ClusterError
   */
  public static async open({ kubeconfig, context, expected }: ClusterChoice): Promise<ClusterClient> {
    const client = await import("@kubernetes/client-node");
    const config = new client.KubeConfig();
    try {
      if (kubeconfig === undefined) config.loadFromDefault();
      else config.loadFromFile(kubeconfig);
    } catch (error) {
      throw new ClusterError(`The kubeconfig ${kubeconfig ?? ""} cannot be read: ${textOf(error)}`);
    }
    // What the client makes up where there is no kubeconfig.
    if (config.getCurrentCluster()?.server === "http://localhost:8080")
      throw new ClusterError(
        "There is no kubeconfig: name one with --kubeconfig, or log in with az aks get-credentials",
      );
    chooseContext(config, { kubeconfig, context, expected });
    const cluster = new ClusterClient(client, config);
    const server = config.getCurrentCluster()?.server ?? "";
    try {
      await config.makeApiClient(client.VersionApi).getCode();
    } catch (error) {
      throw new ClusterError(`The cluster at ${server} cannot be reached: ${textOf(error)}`);
    }
    return cluster;
  }

  /** Whether a namespace is there. */
  public async hasNamespace(name: string): Promise<boolean> {
    try {
      await this.#core.readNamespace({ name });
      return true;
    } catch (error) {
      if (this.#statusOf(error) === 404) return false;
      throw new ClusterError(`The namespaces of the cluster cannot be read: ${textOf(error)}`);
    }
  }

  /** Makes an object. @returns its UID */
  public async create(object: KubernetesObject): Promise<string> {
    const made = await this.#objects.create(object);
    return text(made, "metadata.uid") ?? "";
  }

  /**
   * Reads what the API has at a path. By itself, since the client knows no path below an object of a kind that it does not know.
   * @returns undefined where nothing is there, and where nobody answers for the API that the path is of
   * @throws ClusterError for a refusal, in the words of the server
   */
  public async read(path: string): Promise<Props | undefined> {
    const url = new URL((this.#config.getCurrentCluster()?.server ?? "") + path);
    const options: https.RequestOptions = { headers: { Accept: "application/json" } };
    await this.#config.applyToHTTPSOptions(options);
    const { status, body } = await answerOf(url, options);
    if (status === 200) return toProps(JSON.parse(body));
    if (status === 404 || status === 503) return undefined;
    throw new ClusterError(`The cluster refuses to show ${path}: ${textOf({ message: `${status}`, body })}`);
  }

  /**
   * Follows lists of objects, each told by its path, as their events come.
   * @param onChange Is told all of them at first, and after each change. True: it has seen enough.
   */
  public async observe(
    paths: readonly string[],
    {
      onChange,
      signal,
    }: { readonly onChange: (lists: readonly (readonly Props[])[]) => boolean; readonly signal: AbortSignal },
  ): Promise<void> {
    const seen = paths.map(() => new Map<string, Props>());
    const listed = new Set<number>();
    const enough = new AbortController();
    const stop = (): void => enough.abort();
    signal.addEventListener("abort", stop);
    if (signal.aborted) stop();
    const changed = (): boolean => {
      // Before all of them are known, what is missing says nothing.
      if (!enough.signal.aborted && listed.size === paths.length && onChange(seen.map((it) => [...it.values()])))
        stop();
      return enough.signal.aborted;
    };
    const followOne = async (path: string, at: number): Promise<void> => {
      const objects = seen[at] ?? new Map<string, Props>();
      while (!enough.signal.aborted) {
        const answer = await this.#patiently(() => this.read(path));
        if (answer === undefined) throw new ClusterError(`The cluster has nothing at ${path}`);
        objects.clear();
        for (const it of list(answer, "items")) objects.set(text(it, "metadata.uid") ?? "", toProps(it));
        listed.add(at);
        if (changed()) return;
        const resourceVersion = text(answer, "metadata.resourceVersion");
        await this.#watch(path, { resourceVersion }, enough.signal, (type, object) => {
          const uid = text(object, "metadata.uid") ?? "";
          if (type === "DELETED") objects.delete(uid);
          else if (type === "ADDED" || type === "MODIFIED") objects.set(uid, object);
          return changed();
        });
      }
    };
    try {
      await Promise.all(paths.map(followOne));
    } finally {
      signal.removeEventListener("abort", stop);
      stop();
    }
  }

  /** Hands on what a container has said and says from now on, until it ends or the signal comes. */
  public async log(
    { namespace, pod, container }: Readonly<Record<"namespace" | "pod" | "container", string>>,
    onText: (text: string) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const said = new PassThrough({ encoding: "utf8" });
    const request = await new this.#client.Log(this.#config).log(namespace, pod, container, said, { follow: true });
    const stop = (): void => {
      request.abort();
      said.end();
    };
    signal.addEventListener("abort", stop);
    if (signal.aborted) stop();
    try {
      for await (const text of said) onText(String(text));
    } catch (error) {
      // An end that was asked for is none of the connection.
      if (!signal.aborted) throw error;
    } finally {
      signal.removeEventListener("abort", stop);
    }
  }

  /** Changes an object by a merge patch. */
  public async merge(object: KubernetesObject, patch: Readonly<Record<string, unknown>>): Promise<void> {
    const { apiVersion, kind, metadata } = object;
    const { name, namespace = "" } = metadata;
    const body = { ...patch, apiVersion, kind, metadata: { ...record(patch, "metadata"), name, namespace } };
    await this.#objects.patch(body, undefined, undefined, undefined, undefined, this.#client.PatchStrategy.MergePatch);
  }

  /** Deletes an object with what belongs to it. One that is not there is deleted already. */
  public async remove(object: KubernetesObject): Promise<void> {
    const of = object as Client.KubernetesObject;
    try {
      await this.#objects.delete(of, undefined, undefined, undefined, undefined, "Background");
    } catch (error) {
      if (this.#statusOf(error) !== 404) throw error;
    }
  }

  /**
   * Follows pods until they are what the caller waits for.
   * @returns The pods as they were then, or as they were when the signal came.
   */
  public async follow(
    namespace: string,
    labelSelector: string,
    { until, signal }: { readonly until: (pods: readonly Pod[]) => boolean; readonly signal: AbortSignal },
  ): Promise<readonly Pod[]> {
    const pods = new Map<string, Pod>();
    const reached = (): boolean => signal.aborted || until([...pods.values()]);
    for (;;) {
      const listed = await this.#patiently(() => this.#core.listNamespacedPod({ namespace, labelSelector }));
      pods.clear();
      for (const it of listed.items) pods.set(it.metadata?.uid ?? "", it);
      if (reached()) return [...pods.values()];
      await this.#watch(
        `/api/v1/namespaces/${namespace}/pods`,
        { labelSelector, resourceVersion: listed.metadata?.resourceVersion },
        signal,
        (type, pod) => {
          // What was deleted had its last word before.
          if (type === "ADDED" || type === "MODIFIED") pods.set(text(pod, "metadata.uid") ?? "", pod);
          return reached();
        },
      );
      if (reached()) return [...pods.values()];
    }
  }

  /** Asks, and tries again for half a minute: a run takes an hour, and connections break. */
  async #patiently<T>(ask: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        return await ask();
      } catch (error) {
        // A refusal stays one.
        if (tries === 10 || error instanceof ClusterError || this.#statusOf(error) === 403) throw error;
        await sleep(3000);
      }
    }
  }

  /** Watches a list until the server ends it, which it does every few minutes, or the caller does. */
  async #watch(
    path: string,
    query: Readonly<Record<string, string | undefined>>,
    signal: AbortSignal,
    onEvent: (type: string, object: Props) => boolean,
  ): Promise<void> {
    const watch = new this.#client.Watch(this.#config);
    const [bare = "", selector = ""] = path.split("?");
    const all = { ...Object.fromEntries(new URLSearchParams(selector)), ...query, timeoutSeconds: 240 };
    await new Promise<void>((resolve) => {
      let stop = (): void => undefined;
      const end = (): void => {
        signal.removeEventListener("abort", end);
        stop();
        resolve();
      };
      signal.addEventListener("abort", end);
      watch
        .watch(
          bare,
          all,
          (type: string, object: Props) => {
            if (onEvent(type, object)) end();
          },
          end,
        )
        .then((request) => {
          stop = () => request.abort();
          if (signal.aborted) end();
        }, end);
    });
  }

  #statusOf(error: unknown): number | undefined {
    return error instanceof this.#client.ApiException ? error.code : undefined;
  }
}

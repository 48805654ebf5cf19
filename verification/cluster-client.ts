import type https from "node:https";
import { PassThrough } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import type * as Client from "@kubernetes/client-node" with { "resolution-mode": "import" };
import type { KubernetesObject } from "../core/kubernetes-object";
import { list, text } from "../core/property-tree";
import { type Props, toProps } from "../core/property-value";
import { type Answer, answerOf, RefusedError, textOf } from "./api-answer";
import { type ClusterChoice, ClusterError, chooseContext } from "./cluster-choice";

/** The part of a pod that tells how it does. */
export type Pod = Pick<Client.V1Pod, "metadata" | "spec" | "status">;

/**
 * Files of the official client. One by one: all of it takes a second to load, nearly all of that for classes of the kinds of Kubernetes.
 * By `require`, because `import()` would pass by what leaves those out: cli/lazy-sdk.cjs.
 */
/* eslint-disable @typescript-eslint/no-require-imports */
const client = {
  config: () => require("@kubernetes/client-node/dist/config.js") as Pick<typeof Client, "KubeConfig">,
  watch: () => require("@kubernetes/client-node/dist/watch.js") as Pick<typeof Client, "Watch">,
  log: () => require("@kubernetes/client-node/dist/log.js") as Pick<typeof Client, "Log">,
};
/* eslint-enable @typescript-eslint/no-require-imports */

/** One cluster, as whoever has the kubeconfig reaches it: by the official client, which knows every way to log in. */
export class ClusterClient {
  readonly #config: Client.KubeConfig;
  /** The kinds that an API has, by its path. */
  readonly #kinds = new Map<string, Promise<Props | undefined>>();

  private constructor(config: Client.KubeConfig) {
    this.#config = config;
  }

  /**
   * Reads a kubeconfig. Whether the cluster is there, the first request says.
   * @throws ClusterError
   */
  public static open({ kubeconfig, context, expected }: ClusterChoice): ClusterClient {
    const { KubeConfig } = client.config();
    const config = new KubeConfig();
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
    return new ClusterClient(config);
  }

  /** Whether a namespace is there. */
  public async hasNamespace(name: string): Promise<boolean> {
    const answer = await this.#ask("GET", `/api/v1/namespaces/${name}`);
    if (answer.status === 404) return false;
    if (answer.status !== 200)
      throw new ClusterError(`The namespaces of the cluster cannot be read: ${textOf(new RefusedError(answer))}`);
    return true;
  }

  /**
   * Asks at once for all that must be known before some objects can be made.
   * @throws ClusterError for a kind that the cluster does not have
   */
  public async prepare(objects: readonly KubernetesObject[]): Promise<void> {
    await Promise.all(objects.map((it) => this.#pathOf(it)));
  }

  /**
   * Makes an object. A field that the server does not know is refused, and not left out.
   * @returns its UID
   */
  public async create(object: KubernetesObject): Promise<string> {
    const path = `${await this.#pathOf(object)}?fieldValidation=Strict`;
    const made = this.#accepted(await this.#ask("POST", path, { type: "application/json", content: object }));
    return text(made, "metadata.uid") ?? "";
  }

  /**
   * Reads what the API has at a path.
   * @returns undefined where nothing is there, and where nobody answers for the API that the path is of
   * @throws ClusterError for a refusal, in the words of the server
   */
  public async read(path: string): Promise<Props | undefined> {
    const answer = await this.#ask("GET", path);
    if (answer.status === 200) return toProps(JSON.parse(answer.body));
    if (answer.status === 404 || answer.status === 503) return undefined;
    throw new ClusterError(`The cluster refuses to show ${path}: ${textOf(new RefusedError(answer))}`);
  }

  /**
   * Sends an object to a path, a patch as a merge patch.
   * @returns the answer, a refusal too: where a budget or a conflict says no, that is news and no error
   */
  public async send(method: "POST" | "PUT" | "PATCH", path: string, content: object): Promise<Answer> {
    const type = method === "PATCH" ? "application/merge-patch+json" : "application/json";
    return this.#ask(method, path, { type, content });
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
    const request = await new (client.log().Log)(this.#config).log(namespace, pod, container, said, { follow: true });
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
    const path = `${await this.#pathOf(object)}/${object.metadata.name}`;
    this.#accepted(await this.#ask("PATCH", path, { type: "application/merge-patch+json", content: patch }));
  }

  /** Deletes an object with what belongs to it. One that is not there is deleted already. */
  public async remove(object: KubernetesObject): Promise<void> {
    const path = `${await this.#pathOf(object)}/${object.metadata.name}?propagationPolicy=Background`;
    const answer = await this.#ask("DELETE", path);
    if (answer.status !== 404) this.#accepted(answer);
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
      const path = `/api/v1/namespaces/${namespace}/pods`;
      const listed = await this.#patiently(() =>
        this.read(`${path}?labelSelector=${encodeURIComponent(labelSelector)}`),
      );
      pods.clear();
      for (const it of list(listed, "items")) pods.set(text(it, "metadata.uid") ?? "", toProps(it));
      if (reached()) return [...pods.values()];
      await this.#watch(
        path,
        { labelSelector, resourceVersion: text(listed, "metadata.resourceVersion") },
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
        if (tries === 10 || !(error instanceof UnreachableError)) throw error;
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
    const watch = new (client.watch().Watch)(this.#config);
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

  /**
   * Path of the objects of a kind, in the namespace of one of them.
   * @throws ClusterError for a kind that the cluster does not have
   */
  async #pathOf({ apiVersion, kind, metadata }: KubernetesObject): Promise<string> {
    const api = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const asked = this.#kinds.get(api) ?? this.read(api);
    this.#kinds.set(api, asked);
    // Parts of an object, such as its status, are listed as of its kind, too.
    const names = list(await asked, "resources").flatMap((it) =>
      text(it, "kind") === kind ? (text(it, "name") ?? []) : [],
    );
    const name = names.find((it) => !it.includes("/"));
    if (name === undefined) {
      // The add-on that brings it may be there the next time.
      this.#kinds.delete(api);
      throw new ClusterError(`The cluster has no ${kind} of ${apiVersion}: the add-on that brings it is not there`);
    }
    const { namespace } = metadata;
    return [api, ...(namespace === undefined ? [] : ["namespaces", namespace]), name].join("/");
  }

  /**
   * Sends a request, as whoever the kubeconfig says.
   * @throws UnreachableError where nothing answers, and for somebody whom the cluster does not know
   */
  async #ask(method: string, path: string, sent?: Sent): Promise<Answer> {
    const server = this.#config.getCurrentCluster()?.server ?? "";
    const unreachable = (error: unknown): UnreachableError =>
      new UnreachableError(`The cluster at ${server} cannot be reached: ${textOf(error)}`);
    const headers = { Accept: "application/json", ...(sent !== undefined && { "Content-Type": sent.type }) };
    const options: https.RequestOptions = { method, headers };
    let answer: Answer;
    try {
      await this.#config.applyToHTTPSOptions(options);
      answer = await answerOf(new URL(server + path), options, sent && JSON.stringify(sent.content));
    } catch (error) {
      throw unreachable(error);
    }
    if (answer.status === 401) throw unreachable(new RefusedError(answer));
    return answer;
  }

  /** What a request made. @throws RefusedError */
  #accepted(answer: Answer): Props {
    if (answer.status >= 300) throw new RefusedError(answer);
    return toProps(JSON.parse(answer.body));
  }
}

/** A cluster that nothing is heard of. */
class UnreachableError extends ClusterError {}

/** What goes with a request. */
interface Sent {
  readonly type: string;
  readonly content: unknown;
}

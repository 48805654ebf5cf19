import { setTimeout as sleep } from "node:timers/promises";
import type * as Client from "@kubernetes/client-node" with { "resolution-mode": "import" };
import type { KubernetesObject } from "../components/platform/add-on";

/** A cluster that cannot be reached, gives no rights, or is not the one that was meant: something that the user can fix. */
export class ClusterError extends Error {}

/** How a cluster is found. */
export interface ClusterChoice {
  /** Path of a kubeconfig; absent: the one that kubectl would take. */
  readonly kubeconfig: string | undefined;
  /** Context of it; absent: the current one, and then its cluster must have the expected name. */
  readonly context: string | undefined;
  /** Name of the cluster of the environment. */
  readonly expected: string;
}

/** The part of a pod that tells how it does. */
export type Pod = Client.V1Pod;

/** One cluster, as its administrator reaches it: by the official client, which knows every way to log in. */
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
    checkContext(config, { kubeconfig, context, expected });
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

  /** Makes an object. */
  public async create(object: KubernetesObject): Promise<void> {
    await this.#objects.create(object);
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
      const list = await this.#list(namespace, labelSelector);
      pods.clear();
      for (const it of list.items) pods.set(it.metadata?.uid ?? "", it);
      if (reached()) return [...pods.values()];
      await this.#watch(
        namespace,
        { labelSelector, resourceVersion: list.metadata?.resourceVersion },
        signal,
        (type, pod) => {
          // What was deleted had its last word before.
          if (type === "ADDED" || type === "MODIFIED") pods.set(pod.metadata?.uid ?? "", pod);
          return reached();
        },
      );
      if (reached()) return [...pods.values()];
    }
  }

  /** Lists pods, and tries again for half a minute: a run takes an hour, and connections break. */
  async #list(namespace: string, labelSelector: string): Promise<Client.V1PodList> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.#core.listNamespacedPod({ namespace, labelSelector });
      } catch (error) {
        // A refusal stays one.
        if (tries === 10 || this.#statusOf(error) === 403) throw error;
        await sleep(3000);
      }
    }
  }

  /** Watches pods until the server ends it, which it does every few minutes, or the caller does. */
  async #watch(
    namespace: string,
    query: Readonly<Record<string, string | undefined>>,
    signal: AbortSignal,
    onEvent: (type: string, pod: Pod) => boolean,
  ): Promise<void> {
    const watch = new this.#client.Watch(this.#config);
    const path = `/api/v1/namespaces/${namespace}/pods`;
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
          path,
          { ...query, timeoutSeconds: 240 },
          (type: string, pod: Pod) => {
            if (onEvent(type, pod)) end();
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

/** One line that says what went wrong with a request: the words of the server where it has some. */
export function textOf(error: unknown): string {
  const { message, body } = error as { readonly message?: string; readonly body?: unknown };
  const said = (statusOf(body) as { readonly message?: unknown } | undefined)?.message;
  if (typeof said === "string" && said !== "") return said;
  // The client puts code, message, body and headers into lines.
  const [first = "", ...rest] = (message ?? String(error)).split("\n");
  const words = rest.find((it) => it.startsWith("Message: "))?.slice("Message: ".length) ?? "";
  return words === "" ? first : `${words} (${first})`;
}

/** A status of Kubernetes, which the client has read already for the codes that it knows. Not every answer is one. */
function statusOf(body: unknown): object | undefined {
  if (typeof body === "object" && body !== null) return body;
  if (typeof body !== "string") return undefined;
  try {
    return statusOf(JSON.parse(body));
  } catch {
    return undefined;
  }
}

/** @throws ClusterError for a context that is not there, or that leads to another cluster than the expected one */
function checkContext(config: Client.KubeConfig, { kubeconfig, context, expected }: ClusterChoice): void {
  const names = config.contexts.map((it) => it.name);
  const where = kubeconfig ?? "the default kubeconfig";
  if (context !== undefined) {
    if (!names.includes(context))
      throw new ClusterError(`There is no context ${context} in ${where}. Contexts: ${names.join(", ") || "none"}`);
    config.setCurrentContext(context);
    return;
  }
  const current = config.getContextObject(config.getCurrentContext());
  if (current == null)
    throw new ClusterError(
      `${where} has no current context: name one with --context, or log in with az aks get-credentials`,
    );
  if (current.cluster !== expected)
    throw new ClusterError(
      `The current context leads to the cluster ${current.cluster}, and the environment has ${expected}: name the context with --context if it is the right one`,
    );
}

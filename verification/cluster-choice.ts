import type * as Client from "@kubernetes/client-node" with { "resolution-mode": "import" };

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

/**
 * Takes the context that was chosen.
 * @throws ClusterError for a context that is not there, or that leads to another cluster than the expected one
 */
export function chooseContext(config: Client.KubeConfig, { kubeconfig, context, expected }: ClusterChoice): void {
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

import type { Machine } from "./machine";
import type { AgentPool, ReplacementFacts } from "./replacement-facts";

/** Arguments of `az` for one machine. */
export interface AzureCommands {
  /** Says how many nodes its AKS node pool has: whoever may not read it may not change it either. */
  readonly show: readonly string[];
  /** Deletes the machine at once. It does not empty the node. The pool counts one node less afterwards. */
  readonly delete: readonly string[];
  /** Gives the pool its node back; null where its autoscaler does that, when pods wait. */
  readonly scale: readonly string[] | null;
}

/**
 * The commands that replace a machine.
 * Sources: MicrosoftDocs/azure-aks-docs:articles/aks/delete-node-pool.md (2024-05-09), Azure/AKS issue 3520
 */
export function azureCommands(
  { name, subscriptionId }: Pick<Machine, "name" | "subscriptionId">,
  pool: AgentPool,
  { resourceGroupName, clusterName }: Pick<ReplacementFacts, "resourceGroupName" | "clusterName">,
): AzureCommands {
  const command = (verb: string, ...more: readonly string[]): readonly string[] => [
    ...["aks", "nodepool", verb, "--resource-group", resourceGroupName, "--cluster-name", clusterName, ...more],
    // As the node says it: another subscription may have a cluster of the same name, and az has one that it takes by itself.
    ...(subscriptionId === null ? [] : ["--subscription", subscriptionId]),
  ];
  return {
    show: command("show", "--name", pool.name, "--query", "count", "-o", "tsv"),
    delete: command("delete-machines", "--nodepool-name", pool.name, "--machine-names", name),
    scale: pool.count === null ? null : command("scale", "--name", pool.name, "--node-count", String(pool.count)),
  };
}

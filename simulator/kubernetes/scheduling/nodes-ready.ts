import { list, text } from "../../../core/property-tree";
import type { Props } from "../../../core/property-value";
import type { Cluster } from "../cluster";
import { type Patience, waitUntil } from "../wait-until";

const node = { apiVersion: "v1", kind: "Node", plural: "nodes", namespaced: false, verbs: [] } as const;

/** Waits until so many nodes are ready, and open to pods: a new node is closed until the controller manager has looked at it. */
export async function waitUntilNodesAreReady(cluster: Cluster, count: number, patience?: Patience): Promise<void> {
  const areReady = async (): Promise<true | undefined> =>
    (await cluster.list(node)).filter(isReady).length >= count ? true : undefined;
  await waitUntil(`${count} ready nodes`, areReady, patience);
}

function isReady(it: Props): boolean {
  const closed = list(it, "spec.taints").some((taint) => text(taint, "key")?.startsWith("node.kubernetes.io/"));
  const conditions = list(it, "status.conditions");
  return !closed && conditions.some((on) => text(on, "type") === "Ready" && text(on, "status") === "True");
}

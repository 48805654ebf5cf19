import { list, read, text } from "../../../../core/property-tree";
import { ask } from "./api";
import { changeNode, say } from "./node-writes";
import type { NodeState } from "./node-state";
import { replaceCommand } from "./remedy";
import type { Round } from "./round";

/** Pods of a node, of all namespaces. */
export async function podsOf({ api }: Round, node: string): Promise<readonly unknown[]> {
  const query = new URLSearchParams({ fieldSelector: `spec.nodeName=${node}` });
  return list(await ask(api, "GET", `/api/v1/pods?${query.toString()}`), "items");
}

/**
 * Asks the pods of a node to go, by evictions: a disruption budget may say no, and then the next round asks again. New ones may come
 * only if they tolerate the taint, so the node is kept empty until it passes.
 * @returns the node as it is afterwards, null where nothing changed
 */
export async function drain(round: Round, node: NodeState): Promise<NodeState | null> {
  const pods = (await podsOf(round, node.name)).filter(isEvictable);
  if (pods.length === 0 || node.report === null) return null;
  let changed: NodeState | null = null;
  if (node.report.remedy?.action !== "drain") {
    const message = `The node failed for good (${node.report.reasons[0] ?? ""}), and is emptied of ${pods.length} pods. To replace it: ${replaceCommand(node)}`;
    await say(round, node, { type: "Warning", reason: "GpuNodeDrained", message });
    const remedy = { action: "drain", at: round.now } as const;
    changed = await changeNode(round, node, { report: { ...node.report, remedy } });
    round.remedies.drain++;
  }
  for (const pod of pods) {
    const [namespace = "", name = ""] = [text(pod, "metadata.namespace"), text(pod, "metadata.name")];
    const { status, body } = await round.api.request("POST", `/api/v1/namespaces/${namespace}/pods/${name}/eviction`, {
      apiVersion: "policy/v1",
      kind: "Eviction",
      metadata: { name, namespace },
    });
    const why = status < 300 ? "" : `: ${status} ${text(body, "message") ?? ""}`;
    round.log(`${node.name}: ${status < 300 ? "evicted" : "could not evict"} ${namespace}/${name}${why}`);
  }
  return changed;
}

/** Not what a DaemonSet would bring again, what kubelet runs from a file, what has ended or is on its way. */
function isEvictable(pod: unknown): boolean {
  const owned = list(pod, "metadata.ownerReferences").some((it) => text(it, "kind") === "DaemonSet");
  const mirror = read(pod, 'metadata.annotations["kubernetes.io/config.mirror"]') !== undefined;
  const ended = ["Succeeded", "Failed"].includes(text(pod, "status.phase") ?? "");
  return !owned && !mirror && !ended && text(pod, "metadata.deletionTimestamp") === undefined;
}

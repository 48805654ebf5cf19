import { list, text } from "../../../../core/property-tree";
import { ask } from "./api";
import { evictionOf, isEvictable, podsPathOf } from "./evictions";
import { changeNode, say } from "./node-writes";
import type { NodeState } from "./node-state";
import { replaceCommand } from "./remedy";
import type { Round } from "./round";

/** Pods of a node, of all namespaces. */
export async function podsOf({ api }: Round, node: string): Promise<readonly unknown[]> {
  return list(await ask(api, "GET", podsPathOf(node)), "items");
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
  for (const eviction of pods.map(evictionOf)) {
    const { status, body } = await round.api.request("POST", eviction.path, eviction.body);
    const why = status < 300 ? "" : `: ${status} ${text(body, "message") ?? ""}`;
    round.log(`${node.name}: ${status < 300 ? "evicted" : "could not evict"} ${eviction.pod}${why}`);
  }
  return changed;
}

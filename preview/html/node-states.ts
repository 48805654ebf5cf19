import type { NodeGroup } from "../summary/node-groups";

/** What becomes of a node: it runs always, comes when pods need it, or is held back for repairs. */
export type NodeState = "always" | "whenNeeded" | "spare";

/** Nodes of a group by their state, in the order in which they are drawn. Together they are all that there can be. */
export function nodeStates({
  minNodes,
  maxNodes,
  spareNodes,
}: Pick<NodeGroup, "minNodes" | "maxNodes" | "spareNodes">): readonly (readonly [state: NodeState, nodes: number])[] {
  const spare = Math.min(spareNodes, maxNodes);
  const always = Math.min(minNodes, maxNodes - spare);
  return [
    ["always", always],
    ["whenNeeded", maxNodes - spare - always],
    ["spare", spare],
  ];
}

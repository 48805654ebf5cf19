import { limits } from "../../../catalog/limits";
import type { Problems } from "../../../core/problems";
import type { NodeCounts } from "./shape";

/** Notes a problem for each number of nodes that makes no sense, whatever the size. */
export function checkCounts({ nodes, minNodes, maxNodes }: NodeCounts, problems: Problems): void {
  const most = limits.aksNodesPerPool.value;
  if (nodes !== undefined) {
    problems.require(
      minNodes === undefined && maxNodes === undefined,
      "nodes",
      "must stand alone: a fixed pool has no minNodes or maxNodes",
      {
        got: nodes,
        remedy: "Remove nodes to autoscale, or minNodes and maxNodes for a fixed size",
      },
    );
    problems.requireWhole("nodes", nodes, [0, most]);
    return;
  }
  problems.require(maxNodes !== undefined, "maxNodes", "must be given, or nodes for a fixed size", {
    remedy: "Add maxNodes: 2 for example",
  });
  if (maxNodes === undefined) return;
  problems.requireWhole("maxNodes", maxNodes, [1, most]);
  const least = minNodes ?? 0;
  problems.require(
    Number.isInteger(least) && least >= 0 && least <= maxNodes,
    "minNodes",
    `must be a whole number from 0 to maxNodes (${maxNodes})`,
    { got: least, remedy: `Use 0 to ${maxNodes}` },
  );
}

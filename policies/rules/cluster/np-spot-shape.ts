import { expectAt, oneOf, unjudged, violation } from "../../engine/expect";
import { isUnknown } from "../../../core/property-marks";
import { read } from "../../../core/property-tree";
import { levels, type Outcome, type ResourceRule } from "../../engine/rule";
import { sizeAt } from "../../engine/sizes";
import { types } from "../../engine/types";

export const npSpotShape: ResourceRule = {
  id: 89,
  name: "np-spot-shape",
  area: "cluster",
  kind: "resource",
  types: [types.nodePool],
  title: "A spot pool deletes evicted nodes, names its highest price, has no InfiniBand and is not in production.",
  why: "These properties cannot be changed later, and one eviction stops a job on a whole InfiniBand domain.",
  remedy:
    "Set scaleSetEvictionPolicy to Delete and spotMaxPrice to -1 or a price; use on-demand nodes for InfiniBand and production.",
  severity: "high",
  levels: levels.always,
  source: "MicrosoftDocs/azure-aks-docs spot-node-pool.md",
  check: ({ inputs }, { environment }) => {
    const priority = read(inputs, "scaleSetPriority");
    if (isUnknown(priority)) return [unjudged("scaleSetPriority")];
    if (priority !== "Spot") return [];
    const size = sizeAt(inputs, "vmSize");
    const refused: Outcome[] = [
      ...(size?.infiniband == null
        ? []
        : [violation("scaleSetPriority", priority, `not be Spot on ${size.name}, which has InfiniBand`)]),
      ...(environment === "prod" ? [violation("scaleSetPriority", priority, "not be Spot in production")] : []),
    ];
    return [
      ...refused,
      ...expectAt(inputs, "scaleSetEvictionPolicy", oneOf("Delete"), 'be "Delete"'),
      ...expectAt(inputs, "spotMaxPrice", isPrice, "be -1, or more than 0 with at most 5 decimals"),
    ];
  },
};

function isPrice(value: unknown): boolean {
  if (value === -1) return true;
  return typeof value === "number" && value > 0 && Math.abs(value * 1e5 - Math.round(value * 1e5)) < 1e-6;
}

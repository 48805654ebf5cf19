import { expectAt, oneOf, unjudged, violation } from "../../engine/expect";
import { isUnknown } from "../../../core/property-marks";
import { read } from "../../../core/property-tree";
import { levels, type Outcome, type ResourceRule } from "../../engine/rule";
import { nodePools, sizeAt } from "../../engine/sizes";
import { types } from "../../engine/types";

export const npSpotShape: ResourceRule = {
  id: 89,
  name: "np-spot-shape",
  area: "cluster",
  kind: "resource",
  types: [types.nodePool, types.cluster],
  title: "A spot pool deletes evicted nodes, names its highest price, has no InfiniBand and is not in production.",
  why: "These properties cannot be changed later, and one eviction stops a job on a whole InfiniBand domain.",
  remedy:
    "Set scaleSetEvictionPolicy to Delete and spotMaxPrice to -1 or a price; use on-demand nodes for InfiniBand and production.",
  severity: "high",
  levels: levels.always,
  source: "MicrosoftDocs/azure-aks-docs spot-node-pool.md",
  check: (resource, { environment }) =>
    nodePools(resource).flatMap((pool) => judge(resource.inputs, pool, environment === "prod")),
};

function judge(inputs: unknown, pool: string, production: boolean): readonly Outcome[] {
  const path = `${pool}scaleSetPriority`;
  const priority = read(inputs, path);
  if (isUnknown(priority)) return [unjudged(path)];
  if (priority !== "Spot") return [];
  const size = sizeAt(inputs, `${pool}vmSize`);
  const cap = size?.price?.maxUsdPerHour ?? Infinity;
  return [
    ...(size?.infiniband == null
      ? []
      : [violation(path, priority, `not be Spot on ${size.name}, which has InfiniBand`)]),
    ...(production ? [violation(path, priority, "not be Spot in production")] : []),
    ...expectAt(inputs, `${pool}scaleSetEvictionPolicy`, oneOf("Delete"), 'be "Delete"'),
    ...expectAt(
      inputs,
      `${pool}spotMaxPrice`,
      (it) => isPrice(it, cap),
      `be -1, or more than 0 with at most 5 decimals${cap === Infinity ? "" : ` and at most ${cap}, the on-demand price`}`,
    ),
  ];
}

function isPrice(value: unknown, cap: number): boolean {
  if (value === -1) return true;
  if (typeof value !== "number" || value <= 0 || value > cap) return false;
  return Math.abs(value * 1e5 - Math.round(value * 1e5)) < 1e-6;
}

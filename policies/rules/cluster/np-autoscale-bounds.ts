import { limits } from "../../../catalog/limits";
import { absent, absentOr, expectAt, isCount, unjudged } from "../../engine/expect";
import { isUnknown } from "../../../core/property-marks";
import { read } from "../../../core/property-tree";
import { levels, type Outcome, type ResourceRule } from "../../engine/rule";
import { settingOf, type Setting } from "../../engine/setting";
import { nodePools } from "../../engine/sizes";
import { types } from "../../engine/types";

/** Nodes that an autoscaled pool may grow to. @default what AKS has in a pool */
const maxPoolNodes: Setting<number> = {
  name: "maxPoolNodes",
  schema: {
    type: "integer",
    minimum: 0,
    maximum: limits.aksNodesPerPool.value,
    description: "Nodes that an autoscaled pool may grow to at most.",
  },
  default: limits.aksNodesPerPool.value,
  accepts: (given): given is number => isCount(given, 0, limits.aksNodesPerPool.value),
};

export const npAutoscaleBounds: ResourceRule = {
  id: 88,
  name: "np-autoscale-bounds",
  area: "cluster",
  kind: "resource",
  types: [types.nodePool, types.cluster],
  title: "An autoscaled pool has both bounds, and a fixed pool has none.",
  why: "A pool without an upper bound has no budget, and bounds of a fixed pool are ignored.",
  remedy: "Set minCount and maxCount with enableAutoScaling: true, or only count without it.",
  severity: "high",
  levels: levels.always,
  source: "PSRule AZR-000019 (presence only)",
  settings: [maxPoolNodes],
  check: (resource, { settings }) =>
    nodePools(resource).flatMap((pool) => judge(resource.inputs, pool, settingOf(maxPoolNodes, settings))),
};

function judge(inputs: unknown, pool: string, most: number): readonly Outcome[] {
  const autoscaled = read(inputs, `${pool}enableAutoScaling`);
  if (isUnknown(autoscaled)) return [unjudged(`${pool}enableAutoScaling`)];
  if (autoscaled !== true) {
    return ["minCount", "maxCount"].flatMap((it) =>
      expectAt(inputs, `${pool}${it}`, absent, "be absent while enableAutoScaling is not true"),
    );
  }
  const [min, max] = [read(inputs, `${pool}minCount`), read(inputs, `${pool}maxCount`)];
  const high = isCount(max, 0, most) ? max : most;
  const low = isCount(min, 0, high) ? min : 0;
  return [
    ...expectAt(inputs, `${pool}maxCount`, (it) => isCount(it, 0, most), `be a whole number from 0 to ${most}`),
    ...expectAt(
      inputs,
      `${pool}minCount`,
      (it) => isCount(it, 0, high),
      `be a whole number from 0 to maxCount (${high})`,
    ),
    ...expectAt(
      inputs,
      `${pool}count`,
      absentOr((it) => isCount(it, low, high)),
      `be a whole number from ${low} to ${high}`,
    ),
  ];
}

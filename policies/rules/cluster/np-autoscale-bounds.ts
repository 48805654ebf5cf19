import { limits } from "../../../catalog/limits";
import { absent, absentOr, expectAt, isCount, unjudged } from "../../engine/expect";
import { isUnknown } from "../../../core/property-marks";
import { read } from "../../../core/property-tree";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const npAutoscaleBounds: ResourceRule = {
  id: 88,
  name: "np-autoscale-bounds",
  area: "cluster",
  kind: "resource",
  types: [types.nodePool],
  title: "An autoscaled pool has both bounds, and a fixed pool has none.",
  why: "A pool without an upper bound has no budget, and bounds of a fixed pool are ignored.",
  remedy: "Set minCount and maxCount with enableAutoScaling: true, or only count without it.",
  severity: "high",
  levels: levels.always,
  source: "PSRule AZR-000019 (presence only)",
  check: ({ inputs }) => {
    const autoscaled = read(inputs, "enableAutoScaling");
    if (isUnknown(autoscaled)) return [unjudged("enableAutoScaling")];
    if (autoscaled !== true) {
      return ["minCount", "maxCount"].flatMap((path) =>
        expectAt(inputs, path, absent, "be absent while enableAutoScaling is not true"),
      );
    }
    const most = limits.aksNodesPerPool.value;
    const [min, max] = [read(inputs, "minCount"), read(inputs, "maxCount")];
    const high = isCount(max, 0, most) ? max : most;
    const low = isCount(min, 0, high) ? min : 0;
    return [
      ...expectAt(inputs, "maxCount", (it) => isCount(it, 0, most), `be a whole number from 0 to ${most}`),
      ...expectAt(inputs, "minCount", (it) => isCount(it, 0, high), `be a whole number from 0 to maxCount (${high})`),
      ...expectAt(
        inputs,
        "count",
        absentOr((it) => isCount(it, low, high)),
        `be a whole number from ${low} to ${high}`,
      ),
    ];
  },
};

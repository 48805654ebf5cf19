import { absentOr, expectAt } from "../../engine/expect";
import { isList } from "../../../core/property-value";
import { levels, type ResourceRule } from "../../engine/rule";
import { nodePools, onInfiniBand } from "../../engine/sizes";
import { types } from "../../engine/types";

export const npIbZone: ResourceRule = {
  id: 86,
  name: "np-ib-zone",
  area: "cluster",
  kind: "resource",
  types: [types.nodePool, types.cluster],
  title: "An InfiniBand pool lies in no zone or in exactly one.",
  why: "One fabric lies in one zone, so nodes in another cannot reach it.",
  remedy: "Set availabilityZones to one zone, or leave it out.",
  severity: "high",
  levels: levels.always,
  source: "ours; the opposite of PSRule AZR-000021, which fits stateless services",
  check: (resource) =>
    nodePools(resource).flatMap((pool) =>
      onInfiniBand(resource.inputs, `${pool}vmSize`, () =>
        expectAt(
          resource.inputs,
          `${pool}availabilityZones`,
          absentOr((it) => isList(it) && it.length <= 1),
          "be absent or hold one zone",
        ),
      ),
    ),
};

import { expectAt, notTrue } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { onInfiniBand, scaleSetSize } from "../../engine/sizes";
import { types } from "../../engine/types";

export const vmssNoAutoRepairOnIb: ResourceRule = {
  id: 32,
  name: "vmss-no-auto-repair-on-ib",
  area: "gpu",
  kind: "resource",
  types: [types.scaleSet],
  title: "Azure does not repair InfiniBand nodes by itself.",
  why: "A repair deletes or reimages a node under a running rank, and the whole job stops.",
  remedy: "Remove automaticRepairsPolicy; drain a faulty node and reimage it by hand.",
  severity: "medium",
  levels: levels.mandatoryInProd,
  source: "ours; the opposite of PSRule Azure.VMSS.AutoInstanceRepairs, which fits stateless services",
  check: ({ inputs }) =>
    onInfiniBand(inputs, scaleSetSize, () =>
      expectAt(inputs, "automaticRepairsPolicy.enabled", notTrue, "not be true"),
    ),
};

import { absent, expectAt } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { onInfiniBand, scaleSetSize } from "../../engine/sizes";
import { types } from "../../engine/types";

export const ibNoSizeMix: ResourceRule = {
  id: 5,
  name: "ib-no-size-mix",
  area: "gpu",
  kind: "resource",
  types: [types.scaleSet],
  title: "An InfiniBand scale set has one VM size.",
  why: "Different sizes share no fabric, and a collective waits for the slowest.",
  remedy: "Remove skuProfile and make one scale set for each size.",
  severity: "high",
  levels: levels.always,
  source: "ours",
  check: ({ inputs }) => onInfiniBand(inputs, scaleSetSize, () => expectAt(inputs, "skuProfile", absent, "be absent")),
};

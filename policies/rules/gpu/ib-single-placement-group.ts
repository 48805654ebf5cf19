import { expectAt, oneOf } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { onInfiniBand, scaleSetSize } from "../../engine/sizes";
import { types } from "../../engine/types";

export const ibSinglePlacementGroup: ResourceRule = {
  id: 3,
  name: "ib-single-placement-group",
  area: "gpu",
  kind: "resource",
  types: [types.scaleSet],
  title: "An InfiniBand scale set is one placement group.",
  why: "A second placement group is a second fabric, and jobs over both fall back to TCP.",
  remedy: "Set singlePlacementGroup: true when the scale set is created; Azure refuses the change later.",
  severity: "high",
  levels: levels.always,
  source: "MicrosoftDocs/azure-compute-docs setup-infiniband.md; Azure/AKS#2725",
  check: ({ inputs }) =>
    onInfiniBand(inputs, scaleSetSize, () => expectAt(inputs, "singlePlacementGroup", oneOf(true), "be true")),
};

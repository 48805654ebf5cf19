import { expectAt, oneOf } from "../../engine/expect";
import { read } from "../../../core/property-tree";
import { levels, type ResourceRule } from "../../engine/rule";
import { onJobNodes, scaleSetSize } from "../../engine/sizes";
import { types } from "../../engine/types";

export const hpcOverprovisionOff: ResourceRule = {
  id: 8,
  name: "hpc-overprovision-off",
  area: "gpu",
  kind: "resource",
  types: [types.scaleSet],
  title: "A scale set of GPU or InfiniBand VMs does not overprovision.",
  why: "By default Azure starts extra VMs, bills them and deletes some, which may be ones that have joined a job.",
  remedy: "Set overprovision: false.",
  severity: "high",
  levels: levels.always,
  source: "MicrosoftDocs/azure-compute-docs virtual-machine-scale-sets-placement-groups.md",
  check: ({ inputs }) =>
    onJobNodes(inputs, scaleSetSize, () =>
      // Only Uniform sets start more VMs than they keep.
      read(inputs, "orchestrationMode") === "Flexible"
        ? []
        : expectAt(inputs, "overprovision", oneOf(false), "be false"),
    ),
};

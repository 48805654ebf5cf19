import { absentOr, expectAt, oneOf } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { onInfiniBand, scaleSetSize } from "../../engine/sizes";
import { types } from "../../engine/types";

export const ibOrchestrationUniform: ResourceRule = {
  id: 7,
  name: "ib-orchestration-uniform",
  area: "gpu",
  kind: "resource",
  types: [types.scaleSet],
  title: "An InfiniBand scale set has Uniform orchestration.",
  why: "A Flexible set takes no single placement group, so nothing keeps its VMs in one fabric.",
  remedy: "Set orchestrationMode: Uniform when the scale set is created; it cannot be changed later.",
  severity: "medium",
  levels: levels.advisoryInDev,
  source:
    "MicrosoftDocs/azure-compute-docs:articles/virtual-machine-scale-sets/virtual-machine-scale-sets-orchestration-modes.md; setup-infiniband.md",
  check: ({ inputs }) =>
    onInfiniBand(inputs, scaleSetSize, () =>
      expectAt(inputs, "orchestrationMode", absentOr(oneOf("Uniform")), 'be absent or "Uniform"'),
    ),
};

import { read } from "../../../core/property-tree";
import { absentOr, expectAt, oneOf, violation } from "../../engine/expect";
import { levels, type ResourceRule, sameType } from "../../engine/rule";
import { onInfiniBand, sizePath } from "../../engine/sizes";
import { types } from "../../engine/types";

export const ibOrchestrationUniform: ResourceRule = {
  id: 7,
  name: "ib-orchestration-uniform",
  area: "gpu",
  kind: "resource",
  types: [types.scaleSet, types.virtualMachine],
  title: "An InfiniBand scale set has Uniform orchestration, and no InfiniBand VM joins a Flexible set.",
  why: "A Flexible set takes no single placement group, so nothing keeps its VMs in one fabric.",
  remedy: "Make a scale set with orchestrationMode: Uniform, or a node pool; the mode cannot be changed later.",
  severity: "medium",
  levels: levels.advisoryInDev,
  source:
    "MicrosoftDocs/azure-compute-docs:articles/virtual-machine-scale-sets/virtual-machine-scale-sets-orchestration-modes.md; setup-infiniband.md",
  check: ({ type, inputs }) =>
    onInfiniBand(inputs, sizePath(type), (_, { name }) => {
      if (sameType(type, types.scaleSet))
        return expectAt(inputs, "orchestrationMode", absentOr(oneOf("Uniform")), 'be absent or "Uniform"');
      // Only a Flexible set takes a VM that somebody else made. Which one it is may come later.
      const joins = read(inputs, "virtualMachineScaleSet.id") !== undefined;
      return joins ? [violation(sizePath(type), name, "have no InfiniBand in a VM that joins a scale set")] : [];
    }),
};

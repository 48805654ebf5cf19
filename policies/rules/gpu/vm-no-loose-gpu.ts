import { expectWired } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { onJobNodes, sizePath } from "../../engine/sizes";
import { types } from "../../engine/types";

export const vmNoLooseGpu: ResourceRule = {
  id: 36,
  name: "vm-no-loose-gpu",
  area: "gpu",
  kind: "resource",
  types: [types.virtualMachine],
  title: "A VM with GPUs or InfiniBand belongs to a scale set.",
  why: "A loose VM escapes the placement, the quota and the cost of the pools, and nobody misses it when it runs for a month.",
  remedy:
    "Make a scale set or a node pool of one node; without InfiniBand, setting virtualMachineScaleSet.id to a Flexible set is enough, too.",
  severity: "medium",
  levels: levels.advisoryInDev,
  source: "Azure Policy cccc23c7",
  check: ({ type, inputs }) =>
    onJobNodes(inputs, sizePath(type), () =>
      expectWired(inputs, "virtualMachineScaleSet.id", "be the ARM ID of a scale set"),
    ),
};

import { expectAt, oneOf } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { onGpu } from "../../engine/sizes";
import { types } from "../../engine/types";
import { isReserved } from "./idle-pools";

export const finScaleToZeroDev: ResourceRule = {
  id: 170,
  name: "fin-scale-to-zero-dev",
  area: "cost",
  kind: "resource",
  types: [types.nodePool],
  title: "A pool of GPUs in an environment for trying things is empty while nobody uses it.",
  why: "Most hours of a week are nights and weekends, and an idle GPU bills like a busy one.",
  remedy:
    "Set enableAutoScaling: true and minCount: 0. Pools with InfiniBand, whose growth from nothing nobody has shown, and pools in a reservation are left out.",
  severity: "medium",
  levels: levels.advisedInDev,
  source: "ours; CKV_AZURE_150 is the same of Azure Machine Learning",
  check: ({ inputs }) =>
    onGpu(inputs, "vmSize", (_gpu, { infiniband }) =>
      infiniband !== null || isReserved(inputs)
        ? []
        : [
            ...expectAt(inputs, "enableAutoScaling", oneOf(true), "be true in dev"),
            ...expectAt(inputs, "minCount", oneOf(0), "be 0 in dev"),
          ],
    ),
};

import { expectAt, oneOf } from "../../engine/expect";
import { read } from "../../../core/property-tree";
import { machinesOf } from "../../engine/machines";
import { levels, type ResourceRule } from "../../engine/rule";
import { onGpu } from "../../engine/sizes";
import { types } from "../../engine/types";

export const finScaleToZeroDev: ResourceRule = {
  id: 170,
  name: "fin-scale-to-zero-dev",
  area: "cost",
  kind: "resource",
  types: [types.nodePool, types.cluster],
  title: "A pool of GPUs in an environment for trying things is empty while nobody uses it.",
  why: "Most hours of a week are nights and weekends, and an idle GPU bills like a busy one.",
  remedy:
    "Set enableAutoScaling: true and minCount: 0. Left out are pools with InfiniBand, which nobody has shown to grow from zero, and pools in a reservation.",
  severity: "medium",
  levels: levels.advisedInDev,
  source: "ours; CKV_AZURE_150 is the same of Azure Machine Learning",
  check: (resource) =>
    machinesOf(resource).flatMap(({ size, reservation, pool = "" }) =>
      onGpu(resource.inputs, size, (_gpu, { infiniband }) =>
        infiniband !== null || read(resource.inputs, reservation) !== undefined
          ? []
          : [
              ...expectAt(resource.inputs, `${pool}enableAutoScaling`, oneOf(true), "be true in dev"),
              ...expectAt(resource.inputs, `${pool}minCount`, oneOf(0), "be 0 in dev"),
            ],
      ),
    ),
};

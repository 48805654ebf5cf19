import { formatTaint, gpuTaint } from "../../../catalog/scheduling";
import { expectAt } from "../../engine/expect";
import { isList } from "../../../core/property-value";
import { isUnknown } from "../../../core/property-marks";
import { levels, type ResourceRule } from "../../engine/rule";
import { nodePools, onGpu } from "../../engine/sizes";
import { types } from "../../engine/types";

export const npGpuTaint: ResourceRule = {
  id: 77,
  name: "np-gpu-taint",
  area: "cluster",
  kind: "resource",
  types: [types.nodePool, types.cluster],
  title: "A GPU pool has the taint that keeps away pods that ask for no GPU.",
  why: "AKS sets none: any pod lands on the most expensive nodes and blocks a whole-node job.",
  remedy: "Add the taint to nodeTaints: nvidia.com/gpu=present:NoSchedule, or amd.com/gpu=present:NoSchedule.",
  severity: "high",
  levels: levels.always,
  source: "MicrosoftDocs/azure-aks-docs use-nvidia-gpu.md",
  check: (resource) =>
    nodePools(resource).flatMap((pool) =>
      onGpu(resource.inputs, `${pool}vmSize`, (gpu) => {
        const taint = formatTaint(gpuTaint(gpu));
        // One unknown taint may be the one: the benefit of the doubt until the update.
        const has = (it: unknown): boolean => isList(it) && (it.includes(taint) || it.some(isUnknown));
        return expectAt(resource.inputs, `${pool}nodeTaints`, has, `hold ${taint}`);
      }),
    ),
};

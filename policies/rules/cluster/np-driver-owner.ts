import { gpuStackRows } from "../../../catalog/gpu-stacks";
import type { VmSize } from "../../../catalog/vm-size";
import { expectAt, oneOf } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { nodePools, onGpu } from "../../engine/sizes";
import { types } from "../../engine/types";

export const npDriverOwner: ResourceRule = {
  id: 79,
  name: "np-driver-owner",
  area: "cluster",
  kind: "resource",
  types: [types.nodePool, types.cluster],
  title: "A GPU pool says whether AKS installs the driver, in a way that its size allows.",
  why: "Two owners of one driver, AKS and an operator, are the most common reason for nodes without GPUs.",
  remedy:
    "Set gpuProfile.driver to None when an operator brings the driver, else to Install. The change replaces the pool.",
  severity: "high",
  levels: levels.always,
  source: "NVIDIA/gpu-operator#525; Azure/AKS#2748",
  check: (resource) =>
    nodePools(resource).flatMap((pool) =>
      onGpu(resource.inputs, `${pool}vmSize`, (_, size) => {
        const allowed = allowedDrivers(size);
        const must = `be ${allowed.join(" or ")} on ${size.name}`;
        return expectAt(resource.inputs, `${pool}gpuProfile.driver`, oneOf(...allowed), must);
      }),
    ),
};

/** Without a row for AKS the catalogue demands neither. */
function allowedDrivers({ aks }: VmSize): readonly string[] {
  const owners = aks?.gpuStacks.map((stack) => (gpuStackRows[stack].driver === "aks" ? "Install" : "None")) ?? [];
  return owners.length === 0 ? ["Install", "None"] : [...new Set(owners)];
}

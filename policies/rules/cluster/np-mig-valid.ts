import { absentOr, expectAt, notTrue, oneOf, unjudged } from "../../engine/expect";
import { isUnknown } from "../../../core/property-marks";
import { read } from "../../../core/property-tree";
import { levels, type ResourceRule } from "../../engine/rule";
import { nodePools, onSize } from "../../engine/sizes";
import { types } from "../../engine/types";

export const npMigValid: ResourceRule = {
  id: 227,
  name: "np-mig-valid",
  area: "cluster",
  kind: "resource",
  types: [types.nodePool, types.cluster],
  title:
    "A pool that AKS cuts into MIG instances has a size that allows it, a driver of AKS, and a fixed number of nodes.",
  why: "AKS cuts the GPUs where it installs the driver; otherwise they stay whole and quotas count slices that do not exist.",
  remedy:
    "Set gpuProfile.driver to Install and enableAutoScaling to false; or remove gpuInstanceProfile and let the operator that brings the driver cut the GPUs.",
  severity: "high",
  levels: levels.always,
  source: "MicrosoftDocs/azure-aks-docs gpu-multi-instance.md; Azure/AgentBaker cse_main.sh; Azure/AKS#4216",
  check: (resource) =>
    nodePools(resource).flatMap((pool) => {
      const { inputs } = resource;
      const profile = `${pool}gpuInstanceProfile`;
      const given = read(inputs, profile);
      if (given === undefined) return [];
      if (isUnknown(given)) return [unjudged(profile)];
      const allowed = onSize(inputs, `${pool}vmSize`, ({ name, aks }) => {
        const profiles = aks?.migProfiles ?? [];
        const must = profiles.length === 0 ? `be absent on ${name}` : `be ${profiles.join(", ")} on ${name}`;
        return expectAt(inputs, profile, oneOf(...profiles), must);
      });
      return [
        ...allowed,
        // Absent, AKS installs the driver.
        ...expectAt(inputs, `${pool}gpuProfile.driver`, absentOr(oneOf("Install")), "be Install with MIG"),
        ...expectAt(inputs, `${pool}enableAutoScaling`, notTrue, "not be true with MIG"),
      ];
    }),
};

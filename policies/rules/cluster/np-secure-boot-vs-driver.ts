import { expectAt, notTrue } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { onGpu, nodePools } from "../../engine/sizes";
import { types } from "../../engine/types";
import { read } from "../../../core/property-tree";

export const npSecureBootVsDriver: ResourceRule = {
  id: 97,
  name: "np-secure-boot-vs-driver",
  area: "cluster",
  kind: "resource",
  types: [types.nodePool, types.cluster],
  title: "Secure boot is off where an operator brings the driver.",
  why: "A kernel with secure boot loads no driver that nobody signed for it, and says nothing: the node has no GPUs.",
  remedy: "Set securityProfile.enableSecureBoot: false, or let AKS install its signed driver.",
  severity: "medium",
  levels: levels.advised,
  source: "MicrosoftDocs/azure-compute-docs:articles/virtual-machines/trusted-launch.md",
  check: (resource) =>
    nodePools(resource).flatMap((pool) =>
      onGpu(resource.inputs, `${pool}vmSize`, () =>
        read(resource.inputs, `${pool}gpuProfile.driver`) === "None"
          ? expectAt(resource.inputs, `${pool}securityProfile.enableSecureBoot`, notTrue, "not be true")
          : [],
      ),
    ),
};

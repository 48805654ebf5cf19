import { absentOr, expectAt, oneOf } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { nodePools } from "../../engine/sizes";
import { types } from "../../engine/types";

export const npTypeVmss: ResourceRule = {
  id: 85,
  name: "np-type-vmss",
  area: "cluster",
  kind: "resource",
  types: [types.nodePool, types.cluster],
  title: "A pool is a scale set of one size.",
  why: "Pools of loose VMs and availability sets have no zones, no host encryption and no one fabric.",
  remedy: "Remove type, or set it to VirtualMachineScaleSets; the change replaces the pool.",
  severity: "medium",
  levels: levels.always,
  source: "PSRule AZR-000017; CKV_AZURE_169; MicrosoftDocs/azure-aks-docs:articles/aks/virtual-machines-node-pools.md",
  check: (resource) =>
    nodePools(resource).flatMap((pool) =>
      expectAt(
        resource.inputs,
        `${pool}type`,
        absentOr(oneOf("VirtualMachineScaleSets")),
        "be absent or VirtualMachineScaleSets",
      ),
    ),
};

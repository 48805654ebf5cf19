import type { containerservice } from "@pulumi/azure-native/types/input";
import type { z } from "zod";
import { sizeTags } from "../../../catalog/size-tags";
import type { VmSize } from "../../../catalog/vm-size";
import { commonBody, securityProfileOf } from "../agent-pool/common-body";
import { nodeSettingsBody } from "../agent-pool/node-settings";
import { upgradeOneByOne } from "../agent-pool/upgrade";
import type { kubernetesClusterShape } from "./shape";

type SystemPool = z.output<typeof kubernetesClusterShape>["systemPool"];

/** The name of the system pool, which never changes: another one in the cluster's list could replace the cluster. */
const systemPoolName = "system";

/** OS disk of a system node, in GiB: what AKS takes for 8 vCPUs and more. */
export const systemOsDiskGiB = 256;

/**
 * All of the system pool but its subnet: exactly one inline pool. Others are resources of their own, because a change to
 * the list in the cluster can replace the cluster (pulumi/pulumi-azure-native#1808).
 *
 * No `orchestratorVersion`: in a write of the cluster AKS wants it on all pools or on none, and the other pools, which
 * have one, are not part of that write (Azure/AKS#4765). A resource of its own for the same pool is no way out: the
 * provider creates nothing that exists. So a new version reaches these nodes by `az aks nodepool upgrade`, and `up` says
 * when they are behind.
 */
export function planSystemPool(
  pool: SystemPool,
  size: VmSize,
  zones: readonly string[],
): containerservice.ManagedClusterAgentPoolProfileArgs {
  return {
    ...commonBody,
    name: systemPoolName,
    mode: "System",
    vmSize: size.name,
    // 24.04 from Kubernetes 1.35 on, and known to every API version (Ubuntu2404 is listed from 2025-10-01).
    osSKU: "Ubuntu",
    osDiskType:
      (pool.osDisk ?? (holdsOsDisk(size) ? "ephemeral" : "managed")) === "ephemeral" ? "Ephemeral" : "Managed",
    osDiskSizeGB: systemOsDiskGiB,
    count: pool.nodes,
    enableAutoScaling: false,
    securityProfile: securityProfileOf(size),
    nodeTaints: ["CriticalAddonsOnly=true:NoSchedule"],
    upgradeSettings: upgradeOneByOne,
    ...nodeSettingsBody(pool),
    ...(zones.length > 0 && { availabilityZones: [...zones] }),
    ...(size.declared !== undefined && { tags: sizeTags(size) }),
  };
}

/** Whether the temporary disk of a size has room for the OS disk of a system node. */
export function holdsOsDisk(size: VmSize | undefined): boolean {
  return size !== undefined && size.ephemeralOsDisk && (size.tempDiskGiB ?? 0) >= systemOsDiskGiB;
}

/** What AKS answers about versions. */
export interface RunningVersions {
  readonly controlPlane: string | undefined;
  readonly pools: readonly { readonly name: string; readonly currentOrchestratorVersion?: string | undefined }[];
}

/** Says when the system nodes run another version than the control plane, and what brings them there. */
export function systemPoolBehind(
  { controlPlane, pools }: RunningVersions,
  { name, resourceGroupName }: { readonly name: string; readonly resourceGroupName: string },
): string | null {
  const running = pools.find((it) => it.name === systemPoolName)?.currentOrchestratorVersion;
  if (controlPlane === undefined || running === undefined || running === controlPlane) return null;
  return (
    `The system pool runs Kubernetes ${running}, the cluster ${controlPlane}. Upgrade it, one node at a time: ` +
    `az aks nodepool upgrade --resource-group ${resourceGroupName} --cluster-name ${name} --name ${systemPoolName} ` +
    `--kubernetes-version ${controlPlane}`
  );
}

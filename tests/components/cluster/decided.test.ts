import type { AgentPoolArgs } from "@pulumi/azure-native/containerservice/agentPool";
import type { ManagedClusterArgs } from "@pulumi/azure-native/containerservice/managedCluster";
import { describe, expect, it } from "vitest";
import { planCpuPool } from "../../../components/cluster/cpu-pool/plan";
import { planGpuPool } from "../../../components/cluster/gpu-pool/plan";
import { planKubernetesCluster } from "../../../components/cluster/kubernetes-cluster/plan";
import { place } from "../../recorded";

/**
 * What is not said to AKS it decides, by version, by subscription, or otherwise next year. So each property of a cluster and of a pool
 * is said, or left out with the reason that stands here. A property that a new API version brings fails to compile until it is
 * one or the other.
 */
const saidOfCluster = [
  "aadProfile",
  "autoScalerProfile",
  "autoUpgradeProfile",
  "bootstrapProfile",
  "disableLocalAccounts",
  "dnsPrefix",
  "enableRBAC",
  "kubernetesVersion",
  "location",
  "networkProfile",
  "nodeProvisioningProfile",
  "nodeResourceGroup",
  "nodeResourceGroupProfile",
  "oidcIssuerProfile",
  "resourceName",
  "securityProfile",
  "sku",
  "storageProfile",
  "supportPlan",
  "workloadAutoScalerProfile",
] as const satisfies readonly (keyof ManagedClusterArgs)[];

/** Why a property of a cluster is left out. */
const leftOutOfCluster = {
  addonProfiles: "off unless a policy of the organisation turns one on, which is not ours to undo",
  agentPoolProfiles: "the class puts the system pool there",
  aiToolchainOperatorProfile: "off",
  apiServerAccessProfile: "the class adds the subnet",
  azureMonitorProfile: "off unless the organisation turns it on",
  diskEncryptionSetID: "an option",
  extendedLocation: "edge zones have no such GPUs",
  fqdnSubdomain: "excluded by dnsPrefix",
  httpProxyConfig: "none",
  identity: "the class adds it",
  identityProfile: "AKS makes the kubelet's identity, which pulls images and no more",
  ingressProfile: "off",
  kind: "for the portal",
  linuxProfile: "no SSH, so no key",
  metricsProfile: "off",
  podIdentityProfile: "retired",
  privateLinkResources: "private clusters have the API server in their own subnet",
  publicNetworkAccess: "the access profile says it",
  resourceGroupName: "the class adds it",
  serviceMeshProfile: "off",
  servicePrincipalProfile: "excluded by identity",
  tags: "the class adds them",
  upgradeSettings: "for one upgrade that is forced",
  windowsProfile: "no Windows",
} as const satisfies Record<Exclude<keyof ManagedClusterArgs, (typeof saidOfCluster)[number]>, string>;

const saidOfPool = [
  "agentPoolName",
  "count",
  "enableAutoScaling",
  "enableEncryptionAtHost",
  "enableNodePublicIP",
  "localDNSProfile",
  "maxPods",
  "mode",
  "osDiskSizeGB",
  "osDiskType",
  "osSKU",
  "osType",
  "scaleDownMode",
  "securityProfile",
  "type",
  "upgradeSettings",
  "vmSize",
] as const satisfies readonly (keyof AgentPoolArgs)[];

/** Why a property of a pool is left out, of each or of one kind. */
const leftOutOfPool = {
  availabilityZones: "GPU pools are regional unless a zone is named",
  capacityReservationGroupID: "no option yet",
  creationData: "an option",
  enableFIPS: "off; not there for Ubuntu 24.04",
  enableUltraSSD: "off",
  gatewayProfile: "for gateways",
  gpuInstanceProfile: "an option of GPU pools",
  gpuProfile: "of GPU pools, and there always said",
  hostGroupID: "no dedicated hosts",
  kubeletConfig: "of GPU pools",
  kubeletDiskType: "the OS disk; the other is a preview",
  linuxOSConfig: "as the image has it",
  maxCount: "with the autoscaler",
  messageOfTheDay: "nobody logs in",
  minCount: "with the autoscaler",
  networkProfile: "no host ports, no public addresses",
  nodeLabels: "of all pools but the system pool",
  nodePublicIPPrefixID: "no public addresses",
  nodeTaints: "CPU pools have none",
  orchestratorVersion: "the class adds the cluster's; the system pool may not name one",
  podIPAllocationMode: "overlay",
  podSubnetID: "overlay",
  powerState: "running",
  proximityPlacementGroupID: "one scale set is one fabric",
  resourceGroupName: "the class adds it",
  resourceName: "the class adds it",
  scaleSetEvictionPolicy: "of spot pools",
  scaleSetPriority: "regular unless spot",
  spotMaxPrice: "of spot pools",
  tags: "the class adds them",
  virtualMachineNodesStatus: "for pools without a scale set",
  virtualMachinesProfile: "for pools without a scale set",
  vnetSubnetID: "the class adds it",
  windowsProfile: "no Windows",
  workloadRuntime: "containers, which is all that is no preview",
} as const satisfies Record<Exclude<keyof AgentPoolArgs, (typeof saidOfPool)[number]>, string>;

const groups = ["11111111-1111-4111-8111-111111111111"];
const network = {
  podCidr: "10.96.0.0/18",
  serviceCidr: "10.112.0.0/16",
  outboundType: "userAssignedNATGateway",
} as const;
const { managedCluster, systemPool } = planKubernetesCluster(
  "aks",
  { kubernetesVersion: "1.36", adminGroupObjectIds: groups, systemPool: {} },
  place,
  network,
);
const pools = [
  planGpuPool("h100", { size: "Standard_ND96isr_H100_v5", nodes: 2 }, place),
  planGpuPool("a10", { size: "Standard_NV36ads_A10_v5", maxNodes: 2 }, place),
  planCpuPool("general", { size: "Standard_D8ds_v5", nodes: 2 }, place),
];

describe("nothing that matters is left to AKS", () => {
  it("of a cluster", () => {
    expect(Object.keys(managedCluster).sort()).toEqual([...saidOfCluster].sort());
    expect(Object.keys(managedCluster).filter((it) => it in leftOutOfCluster)).toEqual([]);
    expect(managedCluster.storageProfile).toEqual({
      blobCSIDriver: { enabled: true },
      diskCSIDriver: { enabled: true },
      fileCSIDriver: { enabled: false },
      snapshotController: { enabled: false },
    });
  });

  it.each(pools)("of pool $key", ({ agentPools }) => {
    for (const { body } of agentPools) {
      expect(saidOfPool.filter((it) => !(it in body))).toEqual([]);
      const known: readonly string[] = [...saidOfPool, ...Object.keys(leftOutOfPool)];
      expect(Object.keys(body).filter((it) => !known.includes(it))).toEqual([]);
    }
  });

  it("of the system pool", () => {
    const said = ["name", ...saidOfPool.filter((it) => it !== "agentPoolName"), "availabilityZones", "nodeTaints"];
    expect(Object.keys(systemPool).sort()).toEqual(said.sort());
  });
});

import { aksIssuerDomain } from "../catalog/entra";
import { limits } from "../catalog/limits";
import { stableUuid } from "../core/names";
import { clusterLimits, clusterMachines, poolMachines } from "./aks-nodes";
import { publicHost } from "./api-server-name";
import type { ArmRow } from "./arm-row";
import { clusterBill, poolBill } from "./charges/machines";
import { refused, replaced } from "./fixed-property";
import { userCredentials } from "./user-credentials";

const forceNew = "pulumi/pulumi-azure-native:provider/pkg/gen (forceNewMap)";
const pools = "https://learn.microsoft.com/azure/aks/create-node-pools (cannot be changed after creation)";
const poolTypes = "Azure/bicep-types-az:containerservice/2026-05-01 (text of the property)";
const gpuNodes =
  "MicrosoftDocs/azure-aks-docs:articles/aks/use-nvidia-gpu.md (2026-07-02), custom-node-configuration-reference.md (2026)";
const trustedLaunch = "MicrosoftDocs/azure-aks-docs:articles/aks/use-trusted-launch.md (2026-08-21)";
const networks = "https://learn.microsoft.com/azure/aks/configure-azure-cni";
const privateClusters = "https://learn.microsoft.com/azure/aks/private-clusters";
const vnetIntegration = "https://learn.microsoft.com/azure/aks/api-server-vnet-integration";

const outOfQuota = { status: 400, code: "ErrCode_InsufficientVCPUQuota" } as const;
/** Code: microsoft/GitHub-Copilot-for-Azure:plugins/aks-skills/skills/aks-known-issues/SKILL.md; status: Azure/azure-cli#21308. */
const noSuchSize = { status: 400, code: "SkuNotAvailable" } as const;

/** Types of `azure-native:containerservice`. */
export const containerservice = {
  ManagedCluster: {
    nameRule: null,
    worldName: null,
    unique: null,
    fixed: [
      ...replaced(forceNew, "dnsPrefix", "fqdnSubdomain", "diskEncryptionSetID", "linuxProfile", "windowsProfile"),
      ...replaced(forceNew, "nodeResourceGroup", "networkProfile.podCidr", "networkProfile.podCidrs"),
      ...replaced(forceNew, "networkProfile.serviceCidr", "networkProfile.serviceCidrs", "networkProfile.dnsServiceIP"),
      ...replaced(forceNew, "networkProfile.networkPlugin", "networkProfile.networkPluginMode"),
      ...replaced(forceNew, "networkProfile.networkDataplane", "networkProfile.networkPolicy"),
      ...replaced(forceNew, "networkProfile.outboundType", "networkProfile.ipFamilies", "networkProfile.networkMode"),
      ...refused(networks, "networkProfile.loadBalancerSku"),
      ...refused(
        privateClusters,
        "apiServerAccessProfile.enablePrivateCluster",
        "apiServerAccessProfile.privateDNSZone",
      ),
      ...refused(vnetIntegration, "apiServerAccessProfile.subnetId"),
      ...refused(pools, "agentPoolProfiles[].vmSize", "agentPoolProfiles[].osDiskType"),
      ...refused(pools, "agentPoolProfiles[].osDiskSizeGB", "agentPoolProfiles[].vnetSubnetID"),
      ...refused(pools, "agentPoolProfiles[].availabilityZones", "agentPoolProfiles[].maxPods"),
      ...refused(pools, "agentPoolProfiles[].kubeletConfig", "agentPoolProfiles[].linuxOSConfig"),
      ...refused(trustedLaunch, "agentPoolProfiles[].securityProfile.enableSecureBoot"),
      ...refused(trustedLaunch, "agentPoolProfiles[].securityProfile.enableVTPM"),
    ],
    inUse: null,
    mustBeEmpty: null,
    comesWithParent: false,
    inlineChildren: {
      property: "agentPoolProfiles",
      segment: "agentPools",
      refusal: {
        status: 400,
        code: "InvalidParameter",
        sentence: "This new agent pool was introduced in a cluster update.",
      },
    },
    disjointRange: null,
    oneAtATime: null,
    throttle: { of: "itself", size: limits.aksPutBucket.value, perMinute: limits.aksPutRefillPerMinute.value },
    seconds: { create: 420, update: 240, delete: 420, perNode: 2 },
    answers: (cluster, id) => ({
      oidcIssuerProfile: {
        enabled: true,
        issuerURL: `https://${String(cluster["location"])}.${aksIssuerDomain}/${stableUuid("tenant")}/${stableUuid(id)}/`,
      },
      // Who nodes are in Azure, made with the cluster: they pull images as it.
      identityProfile: {
        kubeletidentity: {
          clientId: stableUuid(`${id}/kubelet/client`),
          objectId: stableUuid(`${id}/kubelet/principal`),
          resourceId: `${id}/kubelet`,
        },
      },
      fqdn: publicHost(cluster),
      provisioningState: "Succeeded",
    }),
    functions: { listManagedClusterUserCredentials: userCredentials },
    taggable: true,
    bills: clusterBill,
    stores: null,
    computes: { as: "cluster", machines: clusterMachines, outOfQuota, noSuchSize },
    limits: clusterLimits,
    privateEndpoints: null,
    hostsKubernetes: true,
  },
  AgentPool: {
    nameRule: null,
    worldName: null,
    unique: null,
    fixed: [
      ...replaced(forceNew, "gpuInstanceProfile", "vmSize", "networkProfile.nodePublicIPTags"),
      ...refused(pools, "osDiskType", "osDiskSizeGB", "osType", "vnetSubnetID", "podSubnetID", "availabilityZones"),
      ...refused(pools, "maxPods", "kubeletConfig", "linuxOSConfig", "type"),
      ...refused(poolTypes, "scaleSetPriority", "scaleSetEvictionPolicy", "kubeletDiskType", "enableUltraSSD"),
      ...refused(poolTypes, "proximityPlacementGroupID", "capacityReservationGroupID", "hostGroupID"),
      // From what was not made for it: from both on to one off and back Azure would let it.
      ...refused(trustedLaunch, "securityProfile.enableSecureBoot", "securityProfile.enableVTPM"),
      ...refused(gpuNodes, "gpuProfile", "enableEncryptionAtHost", "osSKU", "spotMaxPrice"),
    ],
    inUse: null,
    mustBeEmpty: null,
    comesWithParent: false,
    inlineChildren: null,
    disjointRange: null,
    oneAtATime: null,
    throttle: { of: "parent", size: limits.aksPutBucket.value, perMinute: limits.aksPutRefillPerMinute.value },
    seconds: { create: 180, update: 120, delete: 240, perNode: 2, gpu: 300 },
    answers: ({ orchestratorVersion }) => ({ currentOrchestratorVersion: orchestratorVersion }),
    functions: null,
    taggable: true,
    bills: poolBill,
    stores: null,
    computes: { as: "cluster", machines: poolMachines, outOfQuota, noSuchSize },
    limits: null,
    privateEndpoints: null,
    hostsKubernetes: false,
  },
  MaintenanceConfiguration: {
    nameRule: null,
    worldName: null,
    unique: null,
    fixed: null,
    inUse: null,
    mustBeEmpty: null,
    comesWithParent: false,
    inlineChildren: null,
    disjointRange: null,
    oneAtATime: null,
    throttle: null,
    seconds: null,
    answers: null,
    functions: null,
    taggable: false,
    bills: null,
    stores: null,
    computes: null,
    limits: null,
    privateEndpoints: null,
    hostsKubernetes: false,
  },
} as const satisfies Readonly<Record<string, ArmRow>>;

import { offHoursTag } from "../catalog/off-hours";
import { type DriftPath, guarded, written } from "../catalog/drift";
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

const upgrades = "https://learn.microsoft.com/azure/aks/auto-upgrade-cluster";

/** What AKS writes of the versions of nodes, in a pool of its own or in one of a cluster's list. */
function versionsOfNodes(pool: "" | "agentPoolProfiles[]."): readonly DriftPath[] {
  return [
    {
      path: `${pool}currentOrchestratorVersion`,
      harm: "harmless",
      means: "AKS patched Kubernetes",
      writer: { who: "AKS itself", source: upgrades },
    },
    {
      path: `${pool}orchestratorVersion`,
      harm: "harmless",
      means: "Kubernetes was upgraded, as AKS does by the upgrade channel of the cluster",
      oneWay: true,
      writer: { who: "AKS itself", source: upgrades },
    },
    {
      path: `${pool}nodeImageVersion`,
      harm: "harmless",
      means: "AKS renewed the node image",
      writer: { who: "AKS itself", source: "https://learn.microsoft.com/azure/aks/auto-upgrade-node-os-image" },
    },
  ];
}

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
    drift: {
      gone: { harm: "capacity", means: "Kubernetes is gone, with all pools and all that ran" },
      paths: [
        {
          path: "kubernetesVersion",
          harm: "harmless",
          means: "Kubernetes was upgraded, as AKS does by the upgrade channel of the cluster",
          oneWay: true,
          writer: { who: "AKS itself", source: upgrades },
        },
        {
          path: "currentKubernetesVersion",
          harm: "harmless",
          means: "AKS patched Kubernetes",
          writer: { who: "AKS itself", source: upgrades },
        },
        {
          path: "powerState",
          when: { path: `tags.${offHoursTag}` },
          harm: "harmless",
          means: "It is stopped or started by its hours",
          writer: {
            who: "the environment's own off-hours",
            source: "https://learn.microsoft.com/azure/aks/start-stop-cluster",
          },
        },
        ...written("capacity", "It is stopped or started", "powerState"),
        ...written(
          { more: "cost", less: "capacity" },
          "More nodes bill, and with fewer there is less room",
          "agentPoolProfiles[].count",
          "agentPoolProfiles[].maxCount",
        ),
        ...versionsOfNodes("agentPoolProfiles[]."),
        ...written(
          "security",
          "Who reaches the API server is not what was reviewed",
          "apiServerAccessProfile",
          "publicNetworkAccess",
        ),
        ...written(
          "security",
          "Who is an administrator, or how people log in, is not what was reviewed",
          "aadProfile",
          "enableRBAC",
          "oidcIssuerProfile",
          "securityProfile",
          "identityProfile",
        ),
        ...written("security", "Where its traffic may go is not what was reviewed", "networkProfile"),
        ...written("security", "Fixes come at other times, or not at all", "autoUpgradeProfile"),
        ...written("capacity", "The autoscaler decides otherwise", "autoScalerProfile"),
        ...written(
          "capacity",
          "An add-on of AKS is switched on or off",
          "addonProfiles",
          "storageProfile",
          "azureMonitorProfile",
        ),
      ],
    },
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
    drift: {
      gone: { harm: "capacity", means: "Its nodes are gone, with all that ran on them" },
      paths: [
        {
          path: "count",
          when: { path: "enableAutoScaling", is: true },
          harm: "harmless",
          means: "The autoscaler follows the pods, between the fewest and the most nodes",
          writer: { who: "the cluster autoscaler", source: "https://learn.microsoft.com/azure/aks/cluster-autoscaler" },
        },
        ...written(
          { more: "cost", less: "capacity" },
          "More nodes bill, and with fewer there is less room for jobs",
          "count",
          "maxCount",
        ),
        ...written({ more: "cost", less: "harmless" }, "Nodes that nobody asks for stay and bill", "minCount"),
        ...written("capacity", "Whether nodes come and go with the pods is not as planned", "enableAutoScaling"),
        ...versionsOfNodes(""),
        ...written("capacity", "Its machines are switched off or on", "powerState"),
        ...written("cost", "Its nodes bill in another way", "scaleSetPriority", "spotMaxPrice", "scaleDownMode"),
        ...written(
          "capacity",
          "Pods may not be placed on its nodes, or others may",
          "nodeTaints",
          "nodeLabels",
          "mode",
        ),
        ...guarded("Nodes may be reached from the Internet", [false], "enableNodePublicIP"),
        ...guarded("Disks of its nodes are not encrypted at the host", [true], "enableEncryptionAtHost"),
        ...written(
          "security",
          "What may be started on its nodes, and who gets in, is not what was reviewed",
          "securityProfile",
        ),
        ...written("capacity", "An upgrade takes more nodes out at once, or does not end", "upgradeSettings"),
      ],
    },
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
    drift: {
      gone: { harm: "capacity", means: "AKS may renew nodes at any time, under running jobs" },
      paths: [
        ...written(
          "capacity",
          "AKS renews nodes at other times, maybe under running jobs",
          "maintenanceWindow",
          "timeInWeek",
          "notAllowedTime",
        ),
      ],
    },
  },
} as const satisfies Readonly<Record<string, ArmRow>>;

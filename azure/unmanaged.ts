import type { Harm } from "../catalog/drift";

/** What it means that somebody put a resource of a type into the group of an environment, past its program. */
export interface UnmanagedFacts {
  readonly harm: Harm;
  /** What follows, as a sentence. */
  readonly means: string;
}

const machines = "Machines bill until somebody deletes them, and take quota that the environment counts on";
const bills = "It bills until somebody deletes it";
const opens = "It leads into the environment from elsewhere, or out of it";
const runs = "It runs code with an identity, and nobody reviewed which rights that one has";
const keeps = "Data may be copied into it, and nobody reviewed who reads it";
const free = "It costs nothing, and nothing of the environment uses it by itself";

/** By what harms whom, and then by ARM type. What a type of this list means is a judgement; what it does has a source where that is no plain word. */
const judged: readonly (UnmanagedFacts & { readonly types: readonly string[] })[] = [
  {
    harm: "security",
    means: opens,
    types: [
      "Microsoft.Network/publicIPAddresses",
      "Microsoft.Network/publicIPPrefixes",
      "Microsoft.Network/loadBalancers",
      "Microsoft.Network/applicationGateways",
      "Microsoft.Network/bastionHosts",
      "Microsoft.Network/virtualNetworkGateways",
      "Microsoft.Network/localNetworkGateways",
      "Microsoft.Network/connections",
      "Microsoft.Network/privateEndpoints",
      "Microsoft.Network/privateLinkServices",
      "Microsoft.Network/natGateways",
      "Microsoft.Network/azureFirewalls",
      "Microsoft.Network/virtualNetworks",
      "Microsoft.Network/networkInterfaces",
      "Microsoft.Cdn/profiles",
    ],
  },
  {
    harm: "security",
    means: runs,
    types: [
      "Microsoft.Automation/automationAccounts",
      "Microsoft.App/containerApps",
      "Microsoft.App/jobs",
      "Microsoft.ContainerInstance/containerGroups",
      "Microsoft.Logic/workflows",
      "Microsoft.Resources/deploymentScripts",
      "Microsoft.VirtualMachineImages/imageTemplates",
      "Microsoft.Web/sites",
    ],
  },
  {
    // Source: https://learn.microsoft.com/azure/virtual-machines/extensions/overview (extensions run with the rights of an administrator)
    harm: "security",
    means: "It runs on the machine as root",
    types: [
      "Microsoft.Compute/virtualMachines/extensions",
      "Microsoft.Compute/virtualMachineScaleSets/extensions",
      "Microsoft.Compute/virtualMachines/runCommands",
    ],
  },
  {
    harm: "security",
    means: "It is an identity that nobody reviewed, and may be given rights at any time",
    types: ["Microsoft.ManagedIdentity/userAssignedIdentities"],
  },
  {
    harm: "security",
    means: keeps,
    types: [
      "Microsoft.Storage/storageAccounts",
      "Microsoft.ContainerRegistry/registries",
      "Microsoft.KeyVault/vaults",
      "Microsoft.Compute/snapshots",
      "Microsoft.Compute/galleries/images/versions",
      "Microsoft.EventGrid/systemTopics",
      "Microsoft.EventHub/namespaces",
      "Microsoft.NetApp/netAppAccounts/capacityPools/volumes",
      "Microsoft.OperationalInsights/workspaces",
    ],
  },
  {
    harm: "security",
    means: "It copies data of the environment, or what is logged of it, to where nobody reviewed who reads it",
    types: [
      "Microsoft.Insights/dataCollectionEndpoints",
      "Microsoft.Insights/dataCollectionRules",
      "Microsoft.StorageCache/amlFilesystems/autoExportJobs",
      "Microsoft.StorageCache/amlFilesystems/autoImportJobs",
      "Microsoft.StorageCache/amlFilesystems/importJobs",
    ],
  },
  {
    harm: "security",
    means: "Disks may be encrypted with a key that nobody reviewed, and are lost with it",
    types: ["Microsoft.Compute/diskEncryptionSets"],
  },
  {
    harm: "security",
    means: "Names of the environment are answered by it, or answered in another network",
    types: ["Microsoft.Network/privateDnsZones", "Microsoft.Network/privateDnsZones/virtualNetworkLinks"],
  },
  {
    harm: "cost",
    means: machines,
    types: [
      "Microsoft.Compute/virtualMachines",
      "Microsoft.Compute/virtualMachineScaleSets",
      "Microsoft.ContainerService/managedClusters",
      "Microsoft.Compute/capacityReservationGroups/capacityReservations",
      "Microsoft.MachineLearningServices/workspaces",
      "Microsoft.Databricks/workspaces",
    ],
  },
  {
    harm: "cost",
    means: bills,
    types: [
      "Microsoft.Compute/disks",
      "Microsoft.CognitiveServices/accounts",
      "Microsoft.Dashboard/grafana",
      "Microsoft.Insights/components",
      "Microsoft.Monitor/accounts",
      "Microsoft.NetApp/netAppAccounts/capacityPools",
      "Microsoft.StorageCache/amlFilesystems",
      "Microsoft.StorageCache/caches",
    ],
  },
  {
    harm: "harmless",
    means: free,
    types: [
      "Microsoft.AlertsManagement/actionRules",
      "Microsoft.AlertsManagement/prometheusRuleGroups",
      "Microsoft.AlertsManagement/smartDetectorAlertRules",
      "Microsoft.Compute/availabilitySets",
      "Microsoft.Compute/capacityReservationGroups",
      "Microsoft.Compute/galleries",
      "Microsoft.Compute/galleries/images",
      "Microsoft.Compute/proximityPlacementGroups",
      "Microsoft.Compute/sshPublicKeys",
      "Microsoft.Dashboard/dashboards",
      "Microsoft.Insights/actionGroups",
      "Microsoft.Insights/activityLogAlerts",
      "Microsoft.Insights/workbooks",
      "Microsoft.NetApp/netAppAccounts",
      "Microsoft.NetApp/netAppAccounts/backupPolicies",
      "Microsoft.NetApp/netAppAccounts/snapshotPolicies",
      "Microsoft.Network/applicationSecurityGroups",
      "Microsoft.Network/networkSecurityGroups",
      "Microsoft.Network/networkWatchers",
      "Microsoft.Network/routeTables",
      "Microsoft.Portal/dashboards",
    ],
  },
];

const byType: ReadonlyMap<string, UnmanagedFacts> = new Map(
  judged.flatMap(({ harm, means, types }) => types.map((it) => [it.toLowerCase(), { harm, means }] as const)),
);

/** What one more resource of an ARM type means, `undefined` where nobody has judged it. */
export function unmanagedFacts(arm: string): UnmanagedFacts | undefined {
  return byType.get(arm.toLowerCase());
}

/**
 * What a lock that no program made forbids, by its level.
 * Source: https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources (the levels, and what a POST and a role take)
 */
export const lockLevels: Readonly<Record<string, UnmanagedFacts>> = {
  CanNotDelete: {
    harm: "capacity",
    means:
      "Nothing there can be deleted, no role either: an up that replaces or removes something fails, and destroy too",
  },
  ReadOnly: {
    harm: "capacity",
    means: "Nothing there can be changed: an up fails, and so does starting machines, listing keys and giving roles",
  },
};

/** A property by which a resource says that it came with another one: what Azure makes by itself goes as it came. */
export interface Follows {
  /** ARM type in lowercase, `null` for any. */
  readonly type: string | null;
  /** Where the ID of the other one stands in the resource as Azure answers it. */
  readonly path: string;
}

/**
 * Properties that only Azure writes.
 * Source: Azure/azure-rest-api-specs:specification: resources 2021-04-01 (`managedBy` of a generic resource: a disk names its machine, also one
 * of a scale set), network 2024-05-01 (`privateEndpoint` of an interface, which nobody can change:
 * https://github.com/Azure/azure-sdk-for-python/issues/18911), compute 2024-11-01 (`virtualMachineScaleSet` of a machine)
 */
export const follows: readonly Follows[] = [
  { type: null, path: "managedBy" },
  { type: "microsoft.network/networkinterfaces", path: "properties.privateEndpoint.id" },
  { type: "microsoft.compute/virtualmachines", path: "properties.virtualMachineScaleSet.id" },
];

/**
 * Tag of what a CSI driver makes because somebody in the cluster claimed a volume. Its place is the node resource group, unless a storage
 * class names another one.
 * Source: kubernetes-sigs/azuredisk-csi-driver:docs/driver-parameters.md; kubernetes-sigs/azurelustre-csi-driver:docs/dynamic-provisioning.md
 */
export const claimTag = "kubernetes.io-created-for-pv-name";

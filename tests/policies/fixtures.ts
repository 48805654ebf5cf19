import type { DiagnosticSettingArgs } from "@pulumi/azure-native/monitor/diagnosticSetting";
import type { RegistryArgs } from "@pulumi/azure-native/containerregistry/registry";
import type { VaultArgs } from "@pulumi/azure-native/keyvault/vault";
import type { RoleAssignmentArgs } from "@pulumi/azure-native/authorization/roleAssignment";
import type { CapacityPoolVolumeArgs } from "@pulumi/azure-native/netapp/capacityPoolVolume";
import type { NetworkInterfaceArgs } from "@pulumi/azure-native/network/networkInterface";
import type { NetworkSecurityGroupArgs } from "@pulumi/azure-native/network/networkSecurityGroup";
import type { SubnetArgs } from "@pulumi/azure-native/network/subnet";
import type { VirtualNetworkArgs } from "@pulumi/azure-native/network/virtualNetwork";
import type { VirtualMachineArgs } from "@pulumi/azure-native/compute/virtualMachine";
import type { VirtualMachineScaleSetArgs } from "@pulumi/azure-native/compute/virtualMachineScaleSet";
import type { AgentPoolArgs } from "@pulumi/azure-native/containerservice/agentPool";
import type { ManagedClusterArgs } from "@pulumi/azure-native/containerservice/managedCluster";
import type { FederatedIdentityCredentialArgs } from "@pulumi/azure-native/managedidentity/federatedIdentityCredential";
import type { BlobServicePropertiesArgs } from "@pulumi/azure-native/storage/blobServiceProperties";
import type { StorageAccountArgs } from "@pulumi/azure-native/storage/storageAccount";
import type { AmlFilesystemArgs } from "@pulumi/azure-native/storagecache/amlFilesystem";
import { types } from "../../policies/engine/types";
import { resource } from "./harness";

/** Sizes of the catalogue that tables use, by what matters about them. */
export const sizes = {
  infiniband: "Standard_ND96isr_H100_v5",
  gpu: "Standard_NC40ads_H100_v5",
  general: "Standard_D8ds_v5",
} as const;

export const tags = {
  owner: "ml-platform",
  costCenter: "training",
  environment: "prod",
  project: "azure-gpu-cluster",
  managedBy: "pulumi",
};

const subnetId = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/nodes";

/** A scale set of InfiniBand nodes that breaks no rule. `satisfies` proves that the paths exist in the SDK. */
export const scaleSet = resource(types.scaleSet, {
  resourceGroupName: "g",
  location: "eastus",
  sku: { name: sizes.infiniband, tier: "Standard", capacity: 16 },
  orchestrationMode: "Uniform",
  singlePlacementGroup: true,
  overprovision: false,
  platformFaultDomainCount: 1,
  zones: ["1"],
  zoneBalance: false,
  vmScaleSetName: "vmss-h100",
  identity: { type: "UserAssigned", userAssignedIdentities: ["/subscriptions/s/id"] },
  upgradePolicy: { mode: "Manual", automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: false } },
  tags: { ...tags, ibDomain: "h100" },
  virtualMachineProfile: {
    priority: "Regular",
    securityProfile: { encryptionAtHost: true, securityType: "TrustedLaunch", uefiSettings: { vTpmEnabled: true } },
    extensionProfile: { extensions: [{ name: "health", settings: { port: 8642, requestPath: "/healthz" } }] },
    osProfile: {
      computerNamePrefix: "h100-",
      adminUsername: "azureuser",
      customData: Buffer.from("#cloud-config\nruncmd: [ibstat]\n").toString("base64"),
      linuxConfiguration: {
        disablePasswordAuthentication: true,
        ssh: {
          publicKeys: [{ keyData: `ssh-ed25519 ${"A".repeat(68)} ops`, path: "/home/azureuser/.ssh/authorized_keys" }],
        },
      },
    },
    storageProfile: {
      imageReference: { publisher: "microsoft-dsvm", offer: "ubuntu-hpc", sku: "2404", version: "24.04.2026061801" },
      osDisk: { createOption: "FromImage", caching: "ReadWrite" },
    },
    networkProfile: {
      networkInterfaceConfigurations: [
        {
          name: "front-end",
          enableAcceleratedNetworking: true,
          enableIPForwarding: false,
          ipConfigurations: [{ name: "front-end", subnet: { id: subnetId } }],
        },
      ],
    },
  },
} satisfies VirtualMachineScaleSetArgs);

/** A single VM of a Flexible scale set that breaks no rule. */
export const virtualMachine = resource(types.virtualMachine, {
  resourceGroupName: "g",
  vmName: "vm-1",
  hardwareProfile: { vmSize: sizes.infiniband },
  virtualMachineScaleSet: {
    id: "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachineScaleSets/v",
  },
  securityProfile: { encryptionAtHost: true, securityType: "TrustedLaunch", uefiSettings: { vTpmEnabled: true } },
  priority: "Regular",
  osProfile: { computerName: "vm-1", adminUsername: "azureuser" },
  tags,
} satisfies VirtualMachineArgs);

/** An autoscaled pool of InfiniBand nodes that breaks no rule. */
export const nodePool = resource(types.nodePool, {
  resourceGroupName: "g",
  resourceName: "aks-1",
  agentPoolName: "h100",
  mode: "User",
  vmSize: sizes.infiniband,
  count: 2,
  enableAutoScaling: true,
  minCount: 2,
  maxCount: 32,
  availabilityZones: ["1"],
  enableNodePublicIP: false,
  vnetSubnetID: subnetId,
  securityProfile: { sshAccess: "Disabled" },
  gpuProfile: { driver: "None" },
  enableEncryptionAtHost: true,
  osDiskType: "Managed",
  osSKU: "Ubuntu",
  scaleDownMode: "Delete",
  kubeletConfig: { topologyManagerPolicy: "best-effort" },
  nodeTaints: ["nvidia.com/gpu=present:NoSchedule"],
  upgradeSettings: { maxSurge: "0", maxUnavailable: "1", drainTimeoutInMinutes: 60, undrainableNodeBehavior: "Cordon" },
  tags: { ...tags, ibDomain: "h100" },
} satisfies AgentPoolArgs);

/** A private cluster that breaks no rule. */
export const cluster = resource(
  types.cluster,
  {
    resourceGroupName: "g",
    resourceName: "aks-1",
    kubernetesVersion: "1.36",
    supportPlan: "KubernetesOfficial",
    sku: { name: "Base", tier: "Standard" },
    nodeResourceGroupProfile: { restrictionLevel: "ReadOnly" },
    enableRBAC: true,
    disableLocalAccounts: true,
    identity: { type: "UserAssigned", userAssignedIdentities: ["/subscriptions/s/id"] },
    aadProfile: { managed: true, enableAzureRBAC: true },
    oidcIssuerProfile: { enabled: true },
    securityProfile: { workloadIdentity: { enabled: true } },
    storageProfile: { fileCSIDriver: { enabled: false } },
    autoUpgradeProfile: { upgradeChannel: "none", nodeOSUpgradeChannel: "None" },
    apiServerAccessProfile: { enablePrivateCluster: true, disableRunCommand: true },
    networkProfile: {
      networkPlugin: "azure",
      networkPluginMode: "overlay",
      networkPolicy: "cilium",
      outboundType: "userAssignedNATGateway",
      podCidr: "10.128.0.0/12",
      serviceCidr: "10.100.0.0/16",
      dnsServiceIP: "10.100.0.10",
    },
    agentPoolProfiles: [
      {
        name: "system",
        mode: "System",
        vmSize: sizes.general,
        count: 3,
        nodeTaints: ["CriticalAddonsOnly=true:NoSchedule"],
        availabilityZones: ["1", "2", "3"],
        enableEncryptionAtHost: true,
        osDiskType: "Ephemeral",
        vnetSubnetID: subnetId,
        securityProfile: { sshAccess: "Disabled" },
      },
    ],
    tags,
  } satisfies ManagedClusterArgs,
  "aks",
  true,
);

/** A setting that keeps the audit log of the cluster. */
export const auditLog = resource(types.diagnosticSetting, {
  name: "audit-trail",
  resourceUri: "/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerService/managedClusters/aks-1",
  workspaceId: "/subscriptions/s/resourceGroups/g/providers/Microsoft.OperationalInsights/workspaces/log",
  logs: [
    { category: "kube-audit-admin", enabled: true },
    { category: "guard", enabled: true },
  ],
} satisfies DiagnosticSettingArgs);

/** A closed storage account that breaks no rule. */
export const account = resource(
  types.storageAccount,
  {
    resourceGroupName: "g",
    kind: "StorageV2",
    sku: { name: "Standard_ZRS" },
    allowSharedKeyAccess: false,
    defaultToOAuthAuthentication: true,
    allowBlobPublicAccess: false,
    allowedCopyScope: "AAD",
    sasPolicy: { sasExpirationPeriod: "1.00:00:00", expirationAction: "Block" },
    enableHttpsTrafficOnly: true,
    minimumTlsVersion: "TLS1_2",
    publicNetworkAccess: "Disabled",
    networkRuleSet: { defaultAction: "Deny", bypass: "AzureServices" },
    tags,
  } satisfies StorageAccountArgs,
  "it",
  true,
);

/** What brings back deleted blobs of the account. */
export const blobService = resource(types.blobServiceProperties, {
  resourceGroupName: "g",
  accountName: "stdata",
  isVersioningEnabled: true,
  deleteRetentionPolicy: { enabled: true, days: 14 },
  containerDeleteRetentionPolicy: { enabled: true, days: 14 },
} satisfies BlobServicePropertiesArgs);

/** A Lustre file system that breaks no rule. */
export const lustre = resource(
  types.lustre,
  {
    resourceGroupName: "g",
    sku: { name: "AMLFS-Durable-Premium-250" },
    storageCapacityTiB: 16,
    zones: ["1"],
    filesystemSubnet: subnetId,
    rootSquashSettings: { mode: "RootOnly", squashUID: 1000, squashGID: 1000 },
    maintenanceWindow: { dayOfWeek: "Saturday", timeOfDayUTC: "22:00" },
    tags,
  } satisfies AmlFilesystemArgs,
  "lustre",
  true,
);

/** An NFS volume that breaks no rule. */
export const volume = resource(
  types.netAppVolume,
  {
    resourceGroupName: "g",
    accountName: "a",
    poolName: "p",
    creationToken: "homes",
    subnetId,
    usageThreshold: 512 * 2 ** 30,
    exportPolicy: { rules: [{ ruleIndex: 1, allowedClients: "10.64.0.0/17,10.64.128.0/18" }] },
    tags,
  } satisfies CapacityPoolVolumeArgs,
  "homes",
  true,
);

export const network = resource(
  types.virtualNetwork,
  {
    resourceGroupName: "g",
    virtualNetworkName: "v",
    addressSpace: { addressPrefixes: ["10.64.0.0/16"] },
    tags,
  } satisfies VirtualNetworkArgs,
  "net",
  true,
);

/** A subnet of the network. */
export function subnet(name: string, addressPrefix: string): typeof network {
  const inputs = {
    resourceGroupName: "g",
    virtualNetworkName: "v",
    subnetName: name,
    addressPrefix,
    defaultOutboundAccess: false,
    privateEndpointNetworkPolicies: "Enabled",
    networkSecurityGroup: { id: "/subscriptions/s/nsg" },
  } satisfies SubnetArgs;
  return resource(types.subnet, inputs, name);
}

export const securityGroup = resource(types.securityGroup, {
  resourceGroupName: "g",
  securityRules: [
    {
      name: "own-nodes",
      direction: "Inbound",
      access: "Allow",
      protocol: "*",
      priority: 100,
      sourceAddressPrefix: "10.64.0.0/16",
      sourcePortRange: "*",
      destinationAddressPrefix: "*",
      destinationPortRange: "*",
    },
    {
      name: "deny-rest-of-network",
      direction: "Inbound",
      access: "Deny",
      protocol: "*",
      priority: 4000,
      sourceAddressPrefix: "VirtualNetwork",
      sourcePortRange: "*",
      destinationAddressPrefix: "*",
      destinationPortRange: "*",
    },
  ],
  tags,
} satisfies NetworkSecurityGroupArgs);

export const networkInterface = resource(types.networkInterface, {
  resourceGroupName: "g",
  enableIPForwarding: false,
  ipConfigurations: [{ name: "ip", subnet: { id: subnetId } }],
} satisfies NetworkInterfaceArgs);

export const roleAssignment = resource(types.roleAssignment, {
  scope: "/subscriptions/s/resourceGroups/g",
  principalId: "00000000-0000-0000-0000-000000000001",
  principalType: "ServicePrincipal",
  roleDefinitionId:
    "/subscriptions/s/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c",
} satisfies RoleAssignmentArgs);

export const federatedCredential = resource(types.federatedCredential, {
  resourceGroupName: "g",
  resourceName: "id",
  issuer: "https://eastus.oic.prod-aks.azure.com/tenant/cluster/",
  subject: "system:serviceaccount:train-vision:workload",
  audiences: ["api://AzureADTokenExchange"],
} satisfies FederatedIdentityCredentialArgs);

export const keyVault = resource(types.keyVault, {
  resourceGroupName: "g",
  location: "eastus",
  vaultName: "kv",
  properties: {
    tenantId: "00000000-0000-0000-0000-000000000001",
    sku: { family: "A", name: "standard" },
    enableRbacAuthorization: true,
    enablePurgeProtection: true,
    enableSoftDelete: true,
    softDeleteRetentionInDays: 90,
    publicNetworkAccess: "Enabled",
    networkAcls: { defaultAction: "Deny", bypass: "AzureServices" },
  },
} satisfies VaultArgs);

export const registry = resource(types.registry, {
  resourceGroupName: "g",
  location: "eastus",
  registryName: "cr",
  sku: { name: "Premium" },
  adminUserEnabled: false,
  anonymousPullEnabled: false,
  publicNetworkAccess: "Disabled",
} satisfies RegistryArgs);

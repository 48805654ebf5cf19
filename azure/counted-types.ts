/** Which quotas a resource of a type counts in. */
export interface CountedType {
  /** Namespace of the provider that lists them. */
  readonly provider: "Microsoft.Compute" | "Microsoft.Network" | "Microsoft.Storage" | "Microsoft.StorageCache";
  /** Names in its list of usages. Of several, Azure has some or all, and each counts. */
  readonly usages: readonly string[];
}

/**
 * Source: examples of Get-AzQuota for Microsoft.Network (https://learn.microsoft.com/powershell/module/az.quota/get-azquota); the names with IPv4:
 * microsoft/github-copilot-for-azure (skill azure-quotas, 2026). No reference page lists them.
 */
const network = (...usages: readonly string[]): CountedType => ({ provider: "Microsoft.Network", usages });

/**
 * Types whose number Azure limits by region and tells the use of. AKS limits clusters, too: no public page says how that quota is called.
 * Sources: as above; Azure/azure-rest-api-specs:specification/storage (Usages_ListByLocation) and
 * specification/storagecache/.../2026-01-01/examples/AscResourceUsages_Get.json
 */
export const countedTypes: Readonly<Record<string, CountedType>> = {
  "azure-native:network:VirtualNetwork": network("VirtualNetworks"),
  "azure-native:network:PublicIPAddress": network(
    "PublicIPAddresses",
    "StandardSkuPublicIpAddresses",
    "IPv4StandardSkuPublicIpAddresses",
  ),
  "azure-native:network:NatGateway": network("NatGateways"),
  "azure-native:network:NetworkSecurityGroup": network("NetworkSecurityGroups"),
  "azure-native:network:NetworkInterface": network("NetworkInterfaces"),
  "azure-native:network:PrivateEndpoint": network("PrivateEndpoints"),
  "azure-native:network:RouteTable": network("RouteTables"),
  "azure-native:storage:StorageAccount": { provider: "Microsoft.Storage", usages: ["StorageAccounts"] },
  "azure-native:storagecache:AmlFilesystem": { provider: "Microsoft.StorageCache", usages: ["AmlFilesystem"] },
  "azure-native:compute:VirtualMachineScaleSet": {
    provider: "Microsoft.Compute",
    usages: ["virtualMachineScaleSets"],
  },
  // Each pool is a scale set.
  "azure-native:containerservice:AgentPool": { provider: "Microsoft.Compute", usages: ["virtualMachineScaleSets"] },
};

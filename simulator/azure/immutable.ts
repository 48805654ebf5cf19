/** What happens when a property that Azure never changes is changed in the program. */
export interface ImmutableProperty {
  /** Path of the property; whatever lies below it counts too. `[]` stands for any element of a list. */
  readonly path: string;
  /**
   * `replace`: the provider knows, and plans a replacement. `refuse`: the provider does not know, plans an update, and
   * Azure refuses it when it is too late (traps.md P18).
   */
  readonly onChange: "replace" | "refuse";
  readonly source: string;
}

/** azure-native decides by this list and by `x-ms-mutability` in Azure's API specifications. */
const forceNew = "pulumi/pulumi-azure-native:provider/pkg/gen (forceNewMap)";
const mutability = "Azure/azure-rest-api-specs, x-ms-mutability [create, read]";
const aksPools = "https://learn.microsoft.com/azure/aks/create-node-pools (cannot be changed after creation)";
const bicepPools = "Azure/bicep-types-az:containerservice/2026-05-01 (text of the property)";
const aksNetworks = "https://learn.microsoft.com/azure/aks/configure-azure-cni";
const scaleSets =
  "https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-upgrade-policy";
const lustre =
  "https://learn.microsoft.com/azure/azure-managed-lustre/create-file-system-portal (assumed for the provider)";
const assumed = "assumption";

const replace = (source: string, ...paths: readonly string[]): ImmutableProperty[] =>
  paths.map((path) => ({ path, onChange: "replace", source }));
const refuse = (source: string, ...paths: readonly string[]): ImmutableProperty[] =>
  paths.map((path) => ({ path, onChange: "refuse", source }));

/**
 * By type token. What names a resource (the inputs in its ARM ID) and `location` replace it always and are not repeated
 * here; everything that is not listed is updated in place.
 */
const table: Readonly<Record<string, readonly ImmutableProperty[]>> = {
  "azure-native:containerservice:AgentPool": [
    ...replace(forceNew, "gpuInstanceProfile", "vmSize", "networkProfile.nodePublicIPTags"),
    ...refuse(
      aksPools,
      "osDiskType",
      "osDiskSizeGB",
      "osType",
      "vnetSubnetID",
      "podSubnetID",
      "availabilityZones",
      "maxPods",
      "kubeletConfig",
      "linuxOSConfig",
      "type",
    ),
    ...refuse(bicepPools, "gpuProfile.driver", "scaleSetPriority", "scaleSetEvictionPolicy", "kubeletDiskType"),
    ...refuse(bicepPools, "proximityPlacementGroupID", "capacityReservationGroupID", "hostGroupID", "enableUltraSSD"),
  ],
  "azure-native:containerservice:ManagedCluster": [
    ...replace(forceNew, "dnsPrefix", "fqdnSubdomain", "diskEncryptionSetID", "linuxProfile", "windowsProfile"),
    ...replace(forceNew, "nodeResourceGroup", "networkProfile.podCidr", "networkProfile.podCidrs"),
    ...replace(forceNew, "networkProfile.serviceCidr", "networkProfile.serviceCidrs", "networkProfile.dnsServiceIP"),
    ...replace(forceNew, "networkProfile.networkPlugin", "networkProfile.networkPluginMode"),
    ...replace(forceNew, "networkProfile.networkDataplane", "networkProfile.networkPolicy"),
    ...replace(forceNew, "networkProfile.outboundType", "networkProfile.ipFamilies", "networkProfile.networkMode"),
    ...refuse(aksNetworks, "networkProfile.loadBalancerSku"),
    ...refuse(
      "https://learn.microsoft.com/azure/aks/private-clusters",
      "apiServerAccessProfile.enablePrivateCluster",
      "apiServerAccessProfile.privateDNSZone",
    ),
    ...refuse("https://learn.microsoft.com/azure/aks/api-server-vnet-integration", "apiServerAccessProfile.subnetId"),
    ...refuse(
      aksPools,
      "agentPoolProfiles[].vmSize",
      "agentPoolProfiles[].osDiskType",
      "agentPoolProfiles[].osDiskSizeGB",
    ),
    ...refuse(aksPools, "agentPoolProfiles[].vnetSubnetID", "agentPoolProfiles[].availabilityZones"),
  ],
  "azure-native:compute:VirtualMachineScaleSet": [
    ...refuse(scaleSets, "orchestrationMode", "platformFaultDomainCount", "zones", "proximityPlacementGroup"),
    ...refuse(
      scaleSets,
      "virtualMachineProfile.osProfile.computerNamePrefix",
      "virtualMachineProfile.osProfile.adminUsername",
      "virtualMachineProfile.storageProfile.imageReference.publisher",
      "virtualMachineProfile.storageProfile.imageReference.offer",
      "virtualMachineProfile.storageProfile.osDisk.diffDiskSettings",
      "virtualMachineProfile.storageProfile.osDisk.osType",
      "virtualMachineProfile.priority",
      "virtualMachineProfile.securityProfile.securityType",
    ),
  ],
  "azure-native:network:PrivateEndpoint": [
    ...replace(forceNew, "subnet"),
    ...refuse(
      assumed,
      "privateLinkServiceConnections[].privateLinkServiceId",
      "privateLinkServiceConnections[].groupIds",
    ),
  ],
  "azure-native:network:PublicIPAddress": [
    ...replace(forceNew, "publicIPAddressVersion", "publicIPPrefix", "sku"),
    ...refuse("https://learn.microsoft.com/azure/virtual-network/ip-services/public-ip-addresses", "zones"),
  ],
  "azure-native:network:NatGateway": [
    ...refuse("https://learn.microsoft.com/azure/nat-gateway/nat-availability-zones", "zones", "sku"),
  ],
  "azure-native:network:VirtualNetworkPeering": [...refuse(assumed, "remoteVirtualNetwork")],
  "azure-native:privatedns:VirtualNetworkLink": [...refuse(assumed, "virtualNetwork")],
  "azure-native:storage:StorageAccount": [
    ...replace(forceNew, "isHnsEnabled"),
    ...replace(mutability, "enableNfsV3", "dnsEndpointType"),
    // Only old kinds can be raised to StorageV2, which nothing here starts from.
    ...refuse("https://learn.microsoft.com/azure/storage/common/storage-account-upgrade", "kind"),
  ],
  "azure-native:storagecache:AmlFilesystem": [
    ...replace(lustre, "sku", "storageCapacityTiB", "zones", "filesystemSubnet"),
  ],
  "azure-native:authorization:RoleAssignment": [
    ...replace(forceNew, "principalId"),
    ...refuse(
      "https://learn.microsoft.com/azure/role-based-access-control/troubleshooting (RoleAssignmentUpdateNotPermitted)",
      "roleDefinitionId",
      "principalType",
    ),
  ],
};

/** Properties of a type that Azure never changes, without its names and location. */
export function immutableProperties(type: string): readonly ImmutableProperty[] {
  return table[type] ?? [];
}

/** Types that the table speaks of. */
export const typesWithImmutableProperties: readonly string[] = Object.keys(table);

/** The first row that covers a path such as `agentPoolProfiles[0].vmSize`. */
export function immutableAt(type: string, path: string): ImmutableProperty | undefined {
  const plain = path.replace(/\[\d+\]/g, "[]");
  return immutableProperties(type).find(
    (it) => plain === it.path || plain.startsWith(`${it.path}.`) || plain.startsWith(`${it.path}[`),
  );
}

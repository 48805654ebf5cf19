/** Rule for the name of a resource. */
export interface NameRule {
  readonly min: number;
  readonly max: number;
  readonly pattern: RegExp;
}

/** How ARM addresses a resource that Pulumi makes. */
export interface ArmType {
  /** ARM type, for example `Microsoft.Network/virtualNetworks/subnets`. */
  readonly arm: string;
  /** Inputs that name the resource, in the order of the ARM ID: group or scope first, own name last. */
  readonly names: readonly string[];
  /** Names that are always the same, by type segment: a blob container hangs under `blobServices/default`. */
  readonly fixedNames: Readonly<Record<string, string>>;
  /** Rule for the own name, `null` when no source gives one. */
  readonly name: NameRule | null;
}

const group = "resourceGroupName";

/**
 * Name rules. Those that the ARM types carry come from Azure/bicep-types-az (2026-08-20); the network and identity ones,
 * which it leaves out, from MicrosoftDocs/azure-docs:articles/azure-resource-manager/management/resource-name-rules.md.
 */
const network = (min: number, max: number): NameRule => ({ min, max, pattern: /^[a-zA-Z0-9]([\w.-]*\w)?$/ });
const isDefault: NameRule = { min: 7, max: 7, pattern: /^default$/ };
const aksName: NameRule = {
  min: 1,
  max: 63,
  pattern: /^[a-zA-Z0-9]$|^[a-zA-Z0-9][-_a-zA-Z0-9]{0,61}[a-zA-Z0-9]$/,
};

/** ARM types by Pulumi token without API version. Source: Azure/bicep-types-az (2026-08-20), azure-native 3.28.0. */
export const armTypes: ReadonlyMap<string, ArmType> = new Map([
  row("resources:ResourceGroup", "Microsoft.Resources/resourceGroups", [group], {
    min: 1,
    max: 90,
    pattern: /^[-\w._()]*[-\w_()]$/,
  }),

  row("network:VirtualNetwork", "Microsoft.Network/virtualNetworks", [group, "virtualNetworkName"], network(2, 64)),
  row(
    "network:Subnet",
    "Microsoft.Network/virtualNetworks/subnets",
    [group, "virtualNetworkName", "subnetName"],
    network(1, 80),
  ),
  row(
    "network:VirtualNetworkPeering",
    "Microsoft.Network/virtualNetworks/virtualNetworkPeerings",
    [group, "virtualNetworkName", "virtualNetworkPeeringName"],
    network(1, 80),
  ),
  row("network:NatGateway", "Microsoft.Network/natGateways", [group, "natGatewayName"], null),
  row("network:PublicIPAddress", "Microsoft.Network/publicIPAddresses", [group, "publicIpAddressName"], network(1, 80)),
  row("network:PublicIPPrefix", "Microsoft.Network/publicIPPrefixes", [group, "publicIpPrefixName"], network(1, 80)),
  row(
    "network:NetworkSecurityGroup",
    "Microsoft.Network/networkSecurityGroups",
    [group, "networkSecurityGroupName"],
    network(1, 80),
  ),
  row("network:PrivateEndpoint", "Microsoft.Network/privateEndpoints", [group, "privateEndpointName"], null),
  row(
    "network:PrivateDnsZoneGroup",
    "Microsoft.Network/privateEndpoints/privateDnsZoneGroups",
    [group, "privateEndpointName", "privateDnsZoneGroupName"],
    null,
  ),
  row("privatedns:PrivateZone", "Microsoft.Network/privateDnsZones", [group, "privateZoneName"], {
    min: 1,
    max: 63,
    pattern: /^[\w-]+(\.[\w-]+){1,33}$/,
  }),
  row(
    "privatedns:VirtualNetworkLink",
    "Microsoft.Network/privateDnsZones/virtualNetworkLinks",
    [group, "privateZoneName", "virtualNetworkLinkName"],
    network(1, 80),
  ),

  row(
    "containerservice:ManagedCluster",
    "Microsoft.ContainerService/managedClusters",
    [group, "resourceName"],
    aksName,
  ),
  row(
    "containerservice:AgentPool",
    "Microsoft.ContainerService/managedClusters/agentPools",
    [group, "resourceName", "agentPoolName"],
    { min: 1, max: 12, pattern: /^[a-z][a-z0-9]{0,11}$/ },
  ),
  row(
    "containerservice:MaintenanceConfiguration",
    "Microsoft.ContainerService/managedClusters/maintenanceConfigurations",
    [group, "resourceName", "configName"],
    null,
  ),

  row("compute:VirtualMachineScaleSet", "Microsoft.Compute/virtualMachineScaleSets", [group, "vmScaleSetName"], null),
  row(
    "compute:ProximityPlacementGroup",
    "Microsoft.Compute/proximityPlacementGroups",
    [group, "proximityPlacementGroupName"],
    null,
  ),
  row(
    "compute:CapacityReservationGroup",
    "Microsoft.Compute/capacityReservationGroups",
    [group, "capacityReservationGroupName"],
    null,
  ),
  row(
    "compute:CapacityReservation",
    "Microsoft.Compute/capacityReservationGroups/capacityReservations",
    [group, "capacityReservationGroupName", "capacityReservationName"],
    null,
  ),

  row("storage:StorageAccount", "Microsoft.Storage/storageAccounts", [group, "accountName"], {
    min: 3,
    max: 24,
    pattern: /^[a-z0-9]+$/,
  }),
  row(
    "storage:BlobServiceProperties",
    "Microsoft.Storage/storageAccounts/blobServices",
    [group, "accountName", "blobServicesName"],
    isDefault,
  ),
  row(
    "storage:BlobContainer",
    "Microsoft.Storage/storageAccounts/blobServices/containers",
    [group, "accountName", "containerName"],
    { min: 3, max: 63, pattern: /^[a-z0-9]+(-[a-z0-9]+)*$/ },
    { blobServices: "default" },
  ),
  row(
    "storage:ManagementPolicy",
    "Microsoft.Storage/storageAccounts/managementPolicies",
    [group, "accountName", "managementPolicyName"],
    isDefault,
  ),
  row("storagecache:AmlFilesystem", "Microsoft.StorageCache/amlFilesystems", [group, "amlFilesystemName"], {
    min: 2,
    max: 80,
    pattern: /^[0-9a-zA-Z][-0-9a-zA-Z_]{0,78}[0-9a-zA-Z]$/,
  }),

  row(
    "managedidentity:UserAssignedIdentity",
    "Microsoft.ManagedIdentity/userAssignedIdentities",
    [group, "resourceName"],
    null,
  ),
  row(
    "managedidentity:FederatedIdentityCredential",
    "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials",
    [group, "resourceName", "federatedIdentityCredentialResourceName"],
    { min: 3, max: 120, pattern: /^[a-zA-Z0-9][a-zA-Z0-9-_]{2,119}$/ },
  ),
  // An extension resource: it hangs on the scope, not on a group. Azure wants a UUID as its name.
  row("authorization:RoleAssignment", "Microsoft.Authorization/roleAssignments", ["scope", "roleAssignmentName"], {
    min: 36,
    max: 36,
    pattern: /^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/,
  }),
]);

function row(
  token: string,
  arm: string,
  names: readonly string[],
  name: NameRule | null,
  fixedNames: Readonly<Record<string, string>> = {},
): readonly [string, ArmType] {
  return [`azure-native:${token}`, { arm, names, fixedNames, name }];
}

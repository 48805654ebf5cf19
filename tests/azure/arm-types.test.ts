import { describe, expect, it } from "vitest";
import { armTypes, findArmType, isAzureNative, plainToken } from "../../azure/arm-types";
import { wanted } from "../../azure/generate/wanted-types";
import { allowsName } from "../../azure/name-rule";
import { nameRuleOf } from "../../azure/rows";
import { sdkType } from "../../azure/sdk-type";
import published from "../../azure/types.json";

/** Written by hand from Azure's REST reference: token, ARM type, names in the order of the ID, fixed names. */
const expected: readonly (readonly [token: string, arm: string, names: string, fixed?: string])[] = [
  ["resources:ResourceGroup", "Microsoft.Resources/resourceGroups", "resourceGroupName"],
  ["network:VirtualNetwork", "Microsoft.Network/virtualNetworks", "resourceGroupName virtualNetworkName"],
  ["network:Subnet", "Microsoft.Network/virtualNetworks/subnets", "resourceGroupName virtualNetworkName subnetName"],
  [
    "network:VirtualNetworkPeering",
    "Microsoft.Network/virtualNetworks/virtualNetworkPeerings",
    "resourceGroupName virtualNetworkName virtualNetworkPeeringName",
  ],
  ["network:NatGateway", "Microsoft.Network/natGateways", "resourceGroupName natGatewayName"],
  ["network:PublicIPAddress", "Microsoft.Network/publicIPAddresses", "resourceGroupName publicIpAddressName"],
  ["network:PublicIPPrefix", "Microsoft.Network/publicIPPrefixes", "resourceGroupName publicIpPrefixName"],
  [
    "network:NetworkSecurityGroup",
    "Microsoft.Network/networkSecurityGroups",
    "resourceGroupName networkSecurityGroupName",
  ],
  ["network:PrivateEndpoint", "Microsoft.Network/privateEndpoints", "resourceGroupName privateEndpointName"],
  [
    "network:PrivateDnsZoneGroup",
    "Microsoft.Network/privateEndpoints/privateDnsZoneGroups",
    "resourceGroupName privateEndpointName privateDnsZoneGroupName",
  ],
  ["privatedns:PrivateZone", "Microsoft.Network/privateDnsZones", "resourceGroupName privateZoneName"],
  [
    "privatedns:VirtualNetworkLink",
    "Microsoft.Network/privateDnsZones/virtualNetworkLinks",
    "resourceGroupName privateZoneName virtualNetworkLinkName",
  ],
  ["containerservice:ManagedCluster", "Microsoft.ContainerService/managedClusters", "resourceGroupName resourceName"],
  [
    "containerservice:AgentPool",
    "Microsoft.ContainerService/managedClusters/agentPools",
    "resourceGroupName resourceName agentPoolName",
  ],
  [
    "containerservice:MaintenanceConfiguration",
    "Microsoft.ContainerService/managedClusters/maintenanceConfigurations",
    "resourceGroupName resourceName configName",
  ],
  ["compute:VirtualMachineScaleSet", "Microsoft.Compute/virtualMachineScaleSets", "resourceGroupName vmScaleSetName"],
  [
    "compute:ProximityPlacementGroup",
    "Microsoft.Compute/proximityPlacementGroups",
    "resourceGroupName proximityPlacementGroupName",
  ],
  [
    "compute:CapacityReservationGroup",
    "Microsoft.Compute/capacityReservationGroups",
    "resourceGroupName capacityReservationGroupName",
  ],
  [
    "compute:CapacityReservation",
    "Microsoft.Compute/capacityReservationGroups/capacityReservations",
    "resourceGroupName capacityReservationGroupName capacityReservationName",
  ],
  ["storage:StorageAccount", "Microsoft.Storage/storageAccounts", "resourceGroupName accountName"],
  [
    "storage:BlobServiceProperties",
    "Microsoft.Storage/storageAccounts/blobServices",
    "resourceGroupName accountName blobServicesName",
  ],
  [
    "storage:BlobContainer",
    "Microsoft.Storage/storageAccounts/blobServices/containers",
    "resourceGroupName accountName containerName",
    "blobServices/default",
  ],
  [
    "storage:ManagementPolicy",
    "Microsoft.Storage/storageAccounts/managementPolicies",
    "resourceGroupName accountName managementPolicyName",
  ],
  ["storagecache:AmlFilesystem", "Microsoft.StorageCache/amlFilesystems", "resourceGroupName amlFilesystemName"],
  [
    "managedidentity:UserAssignedIdentity",
    "Microsoft.ManagedIdentity/userAssignedIdentities",
    "resourceGroupName resourceName",
  ],
  [
    "managedidentity:FederatedIdentityCredential",
    "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials",
    "resourceGroupName resourceName federatedIdentityCredentialResourceName",
  ],
  ["authorization:RoleAssignment", "Microsoft.Authorization/roleAssignments", "scope roleAssignmentName"],
  ["monitor:AzureMonitorWorkspace", "Microsoft.Monitor/accounts", "resourceGroupName azureMonitorWorkspaceName"],
  [
    "monitor:DataCollectionEndpoint",
    "Microsoft.Insights/dataCollectionEndpoints",
    "resourceGroupName dataCollectionEndpointName",
  ],
  ["monitor:DataCollectionRule", "Microsoft.Insights/dataCollectionRules", "resourceGroupName dataCollectionRuleName"],
  [
    "monitor:DataCollectionRuleAssociation",
    "Microsoft.Insights/dataCollectionRuleAssociations",
    "resourceUri associationName",
  ],
  [
    "alertsmanagement:PrometheusRuleGroup",
    "Microsoft.AlertsManagement/prometheusRuleGroups",
    "resourceGroupName ruleGroupName",
  ],
];

describe("the generated types", () => {
  it.each(expected)("have %s as the reference has it", (token, arm, names, fixed = "") => {
    const type = findArmType(`azure-native:${token}`);
    expect(type?.arm).toBe(arm);
    expect(type?.names.join(" ")).toBe(names);
    expect(Object.entries(type?.fixedNames ?? {}).map((it) => it.join("/"))).toEqual(fixed === "" ? [] : [fixed]);
  });

  it("are those that were asked for, and say where they come from", () => {
    const tokens = Object.entries(wanted).flatMap(([namespace, { classes }]) =>
      classes
        .trim()
        .split(/\s+/)
        .map((it) => `azure-native:${namespace}:${it}`),
    );
    expect([...armTypes.keys()].sort()).toEqual(tokens.sort());
    expect(published.source.repository).toBe("https://github.com/Azure/bicep-types-az");
    expect(published.source.commit).toMatch(/^[0-9a-f]{40}$/);
    expect(published.source.licence).toContain("MIT");
  });

  it.each([...armTypes])("%s: the SDK has it, and takes its names", (token, { names, path }) => {
    const type = sdkType(token);
    expect(type?.inputs).toEqual(expect.arrayContaining([...names]));
    expect(type?.outputs).toContain("azureApiVersion");
    expect(new Set(names).size).toBe(names.length);
    expect(path).toMatch(/^(\/|\{)/);
  });

  it("have name rules that can be used", () => {
    const rules = [...armTypes.values()].flatMap(({ name }) => (name === null ? [] : [name]));
    expect(rules.length).toBeGreaterThan(50);
    for (const rule of rules) expect(() => allowsName(rule, "x")).not.toThrow();
  });
});

describe("a type token", () => {
  it.each([
    ["azure-native:containerservice:AgentPool", "azure-native:containerservice:AgentPool"],
    ["azure-native:containerservice/v20260501:AgentPool", "azure-native:containerservice:AgentPool"],
    ["azure-native_compute_v20240701:compute:VirtualMachine", "azure-native:compute:VirtualMachine"],
    ["azure-native_storage_v20240101:storage/v20240101:StorageAccount", "azure-native:storage:StorageAccount"],
    ["azure-native_network_v20240101preview:network:Subnet", "azure-native:network:Subnet"],
  ])("%s is %s, whichever API version the program fixed", (token, plain) => {
    expect([plainToken(token), isAzureNative(token)]).toEqual([plain, true]);
  });

  it.each(["kubernetes:core/v1:Pod", "azure:compute/virtualMachine:VirtualMachine", "azure-nativex:compute:Disk", ""])(
    "%s of another provider stays as it is",
    (token) => {
      expect([plainToken(token), isAzureNative(token)]).toEqual([token, false]);
    },
  );

  it("of nothing that is published has no ARM type", () => {
    expect(findArmType("azure-native:network:Nonsense")).toBeUndefined();
  });
});

it.each([
  ["containerservice:AgentPool", "h100a", true],
  ["containerservice:AgentPool", "H100", false],
  ["containerservice:AgentPool", "abcdefghijklm", false],
  ["storage:StorageAccount", "st-dash", false],
  ["storage:BlobContainer", "check--points", false],
  ["storage:BlobServiceProperties", "default", true],
  ["storage:BlobServiceProperties", "other", false],
  ["storagecache:AmlFilesystem", "amlfs-gpu", true],
  ["managedidentity:FederatedIdentityCredential", "ab", false],
  ["network:VirtualNetwork", "v", false],
  ["network:VirtualNetwork", "vnet-gpu-dev_", true],
  ["network:VirtualNetwork", "vnet-gpu-", false],
  ["resources:ResourceGroup", "rg-gpu.", false],
  ["privatedns:PrivateZone", "privatelink.blob.core.windows.net", true],
  ["authorization:RoleAssignment", "reader", false],
  ["compute:VirtualMachineScaleSet", "a".repeat(64), true],
  ["compute:VirtualMachineScaleSet", "a".repeat(65), false],
  ["compute:VirtualMachineScaleSet", "vmss-", false],
  ["managedidentity:UserAssignedIdentity", "a".repeat(129), false],
  ["managedidentity:UserAssignedIdentity", "id", false],
  ["network:PrivateEndpoint", "a".repeat(65), false],
  ["network:NatGateway", "a".repeat(81), false],
  ["monitor:DiagnosticSetting", "anything", undefined],
])("of %s: is %s a name? %s", (token, name, allowed) => {
  const rule = nameRuleOf(`azure-native:${token}`);
  expect(rule === null ? undefined : allowsName(rule, name)).toBe(allowed);
});

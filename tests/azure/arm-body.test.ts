import { expect, it } from "vitest";
import { armBody } from "../../azure/arm-body";
import { secret } from "../../core/property-marks";

it.each<[token: string, inputs: Readonly<Record<string, unknown>>, body: object]>([
  [
    "storage:StorageAccount",
    {
      accountName: "st",
      resourceGroupName: "rg",
      location: "eastus",
      kind: "StorageV2",
      sku: { name: "Standard_LRS" },
      enableHttpsTrafficOnly: true,
      networkRuleSet: { defaultAction: "Deny" },
    },
    {
      type: "Microsoft.Storage/storageAccounts",
      name: "st",
      location: "eastus",
      kind: "StorageV2",
      sku: { name: "Standard_LRS" },
      properties: { supportsHttpsTrafficOnly: true, networkAcls: { defaultAction: "Deny" } },
    },
  ],
  [
    // Whose properties the SDK leaves together.
    "keyvault:Vault",
    {
      vaultName: "kv",
      resourceGroupName: "rg",
      location: "eastus",
      properties: { enablePurgeProtection: true, sku: { name: "standard" } },
    },
    {
      type: "Microsoft.KeyVault/vaults",
      name: "kv",
      location: "eastus",
      properties: { enablePurgeProtection: true, sku: { name: "standard" } },
    },
  ],
  [
    "containerservice:AgentPool",
    {
      agentPoolName: "a10",
      resourceName: "aks",
      resourceGroupName: "rg",
      type: "VirtualMachineScaleSets",
      tags: { owner: "me" },
    },
    {
      type: "Microsoft.ContainerService/managedClusters/agentPools",
      name: "a10",
      properties: { type: "VirtualMachineScaleSets", tags: { owner: "me" } },
    },
  ],
  [
    "containerservice:ManagedCluster",
    {
      resourceName: "aks",
      resourceGroupName: "rg",
      identity: { type: "UserAssigned", userAssignedIdentities: ["/subscriptions/one/id"] },
      autoScalerProfile: { expander: "least-waste", maxNodeProvisionTime: "45m" },
      agentPoolProfiles: [{ name: "system", tags: { a: "b" } }],
    },
    {
      type: "Microsoft.ContainerService/managedClusters",
      name: "aks",
      identity: { type: "UserAssigned", userAssignedIdentities: { "/subscriptions/one/id": {} } },
      properties: {
        autoScalerProfile: { expander: "least-waste", "max-node-provision-time": "45m" },
        agentPoolProfiles: [{ name: "system", tags: { a: "b" } }],
      },
    },
  ],
  [
    "network:NetworkSecurityGroup",
    {
      networkSecurityGroupName: "nsg",
      resourceGroupName: "rg",
      securityRules: [{ name: "a", priority: 100, access: "Deny" }],
    },
    {
      type: "Microsoft.Network/networkSecurityGroups",
      name: "nsg",
      properties: { securityRules: [{ name: "a", properties: { priority: 100, access: "Deny" } }] },
    },
  ],
  [
    "compute:VirtualMachineScaleSet",
    {
      vmScaleSetName: "vmss",
      resourceGroupName: "rg",
      sku: { name: "Standard_D4ds_v5", capacity: 2 },
      virtualMachineProfile: {
        osProfile: { adminUsername: "u", customData: secret("hidden") },
        networkProfile: {
          networkInterfaceConfigurations: [
            { name: "nic", primary: true, ipConfigurations: [{ name: "ip", subnet: { id: "/s" } }] },
          ],
        },
      },
    },
    {
      type: "Microsoft.Compute/virtualMachineScaleSets",
      name: "vmss",
      sku: { name: "Standard_D4ds_v5", capacity: 2 },
      properties: {
        virtualMachineProfile: {
          osProfile: { adminUsername: "u" },
          networkProfile: {
            networkInterfaceConfigurations: [
              {
                name: "nic",
                properties: { primary: true, ipConfigurations: [{ name: "ip", properties: { subnet: { id: "/s" } } }] },
              },
            ],
          },
        },
      },
    },
  ],
  [
    "compute:VirtualMachineExtension",
    { vmExtensionName: "e", vmName: "vm", type: "AADSSHLoginForLinux" },
    {
      type: "Microsoft.Compute/virtualMachines/extensions",
      name: "e",
      properties: { type: "AADSSHLoginForLinux" },
    },
  ],
  [
    "resources:ResourceGroup",
    { resourceGroupName: "rg", location: "eastus" },
    { type: "Microsoft.Resources/resourceGroups", name: "rg", location: "eastus" },
  ],
])("%s", (token, inputs, body) => {
  expect(armBody(`azure-native:${token}`, inputs)).toEqual(body);
});

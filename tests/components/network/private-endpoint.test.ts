import { expect, it } from "vitest";
import { PrivateEndpoint } from "../../../components/network/private-endpoint";
import { idOf, only, recorded, scope, tree } from "../../recorded";

const subnetResourceId = idOf("Microsoft.Network/virtualNetworks/vnet/subnets/snet-endpoints");
const targetResourceId = idOf("Microsoft.Storage/storageAccounts/data");
const privateDnsZoneResourceId = idOf("Microsoft.Network/privateDnsZones/privatelink.blob.core.windows.net");

it("gives a service an address in the subnet and its name in the zone", async () => {
  const plan = await recorded(
    () =>
      new PrivateEndpoint("data-blob", {
        scope,
        subnetResourceId,
        targetResourceId,
        groupId: "blob",
        privateDnsZoneResourceId,
      }),
  );
  expect(tree(plan)).toEqual([
    "PrivateEndpoint data-blob",
    "PrivateEndpoint data-blob < PrivateEndpoint data-blob",
    "PrivateDnsZoneGroup data-blob < PrivateEndpoint data-blob",
  ]);
  const endpoint = only(plan, "azure-native:network:PrivateEndpoint");
  expect(endpoint.inputs).toEqual({
    resourceGroupName: "rg-test",
    location: "eastus",
    tags: scope.tags,
    privateEndpointName: "pep-gpu-dev-eastus-data-blob",
    // The second policy is a default of azure-native; Azure reads the ID of a referenced subnet alone.
    subnet: {
      id: subnetResourceId,
      privateEndpointNetworkPolicies: "Enabled",
      privateLinkServiceNetworkPolicies: "Enabled",
    },
    privateLinkServiceConnections: [{ name: "blob", privateLinkServiceId: targetResourceId, groupIds: ["blob"] }],
  });
  expect(endpoint.options).toEqual({
    replaceOnChanges: ["manualPrivateLinkServiceConnections", "privateLinkServiceConnections"],
    deleteBeforeReplace: true,
  });
  const zones = only(plan, "azure-native:network:PrivateDnsZoneGroup");
  expect(zones.inputs).toEqual({
    resourceGroupName: "rg-test",
    privateEndpointName: "pep-gpu-dev-eastus-data-blob",
    privateDnsZoneGroupName: "default",
    privateDnsZoneConfigs: [{ name: "blob", privateDnsZoneId: privateDnsZoneResourceId }],
  });
  expect(zones.options).toEqual({ deleteBeforeReplace: true });
  expect(zones.dependencies).toContain(endpoint.urn);
});

it("asks the owner of the service, who reads for what, where it may not let itself in", async () => {
  const plan = await recorded(
    () =>
      new PrivateEndpoint("images-registry", {
        scope,
        subnetResourceId,
        targetResourceId: idOf("Microsoft.ContainerRegistry/registries/images"),
        groupId: "registry",
        approval: "manual",
        privateDnsZoneResourceId: idOf("Microsoft.Network/privateDnsZones/privatelink.azurecr.io"),
      }),
  );
  const { inputs } = only(plan, "azure-native:network:PrivateEndpoint");
  expect(inputs).not.toHaveProperty("privateLinkServiceConnections");
  expect(inputs["manualPrivateLinkServiceConnections"]).toEqual([
    {
      name: "registry",
      privateLinkServiceId: idOf("Microsoft.ContainerRegistry/registries/images"),
      groupIds: ["registry"],
      requestMessage: "For gpu dev: pep-gpu-dev-eastus-images-registry",
    },
  ]);
});

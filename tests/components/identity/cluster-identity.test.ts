import { expect, it } from "vitest";
import { roles } from "../../../catalog/roles";
import { ClusterIdentity } from "../../../components/identity/cluster-identity";
import { allOf, idOf, only, recorded, scope, tree } from "../../recorded";

const vnet = idOf("Microsoft.Network/virtualNetworks/vnet");
const nodes = `${vnet}/subnets/snet-nodes`;
const apiServer = `${vnet}/subnets/snet-apiserver`;

it("may write to the subnets that it is given, and to nothing else", async () => {
  const plan = await recorded(() => new ClusterIdentity("aks", { scope, subnetResourceIds: { nodes, apiServer } }));
  expect(tree(plan).sort()).toEqual([
    "ClusterIdentity aks",
    "RoleAssignment aks-apiServer < RoleGrant aks-apiServer",
    "RoleAssignment aks-nodes < RoleGrant aks-nodes",
    "RoleGrant aks-apiServer < ClusterIdentity aks",
    "RoleGrant aks-nodes < ClusterIdentity aks",
    "UserAssignedIdentity aks < ClusterIdentity aks",
  ]);
  const identity = only(plan, "azure-native:managedidentity:UserAssignedIdentity");
  expect(identity.inputs).toEqual({
    resourceGroupName: "rg-test",
    location: "eastus",
    tags: scope.tags,
    resourceName: "id-gpu-dev-eastus-aks",
  });
  const grants = allOf(plan, "azure-native:authorization:RoleAssignment");
  expect(grants.map((it) => it.inputs["scope"])).toEqual([nodes, apiServer]);
  for (const { inputs } of grants) {
    expect(inputs["principalId"]).toBe(identity.outputs["principalId"]);
    expect(inputs["roleDefinitionId"]).toContain(roles["Network Contributor"].id);
  }
});

it("has the rights that AKS asks for when the API server's name stands in a zone that AKS does not make", async () => {
  const zoneResourceId = idOf("Microsoft.Network/privateDnsZones/gpu-dev.private.eastus.azmk8s.io");
  const apiServerZone = { zoneResourceId, virtualNetworkResourceId: vnet };
  const plan = await recorded(() => new ClusterIdentity("aks", { scope, subnetResourceIds: {}, apiServerZone }));
  const granted = allOf(plan, "azure-native:authorization:RoleAssignment").map(({ inputs }) => [
    inputs["scope"],
    String(inputs["roleDefinitionId"]).split("/").at(-1),
  ]);
  expect(granted).toEqual([
    [zoneResourceId, roles["Private DNS Zone Contributor"].id],
    [vnet, roles["Network Contributor"].id],
  ]);
});

it("may read the disk encryption set that AKS makes disks with", async () => {
  const diskEncryptionSetResourceId = idOf("Microsoft.Compute/diskEncryptionSets/disks");
  const args = { scope, subnetResourceIds: {}, diskEncryptionSetResourceId };
  const plan = await recorded(() => new ClusterIdentity("aks", args));
  expect(
    allOf(plan, "azure-native:authorization:RoleAssignment").map(({ inputs }) => [
      inputs["scope"],
      String(inputs["roleDefinitionId"]).split("/").at(-1),
    ]),
  ).toEqual([[diskEncryptionSetResourceId, roles.Reader.id]]);
});

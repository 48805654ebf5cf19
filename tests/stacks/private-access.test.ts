import { describe, expect, it } from "vitest";
import type { RecordedPlan } from "../../preview/recorded-plan";
import { record } from "../../preview/record";
import { roles } from "../../catalog/roles";
import { deploy } from "../../stacks/deploy";
import { readEnvironment } from "../../stacks/read-environment";
import { today } from "../stack-files";
import { allOf, only } from "../recorded";

const hub =
  "/subscriptions/5b1e4c5a-7d1f-4c0e-9a53-3f6f0d6a2b11/resourceGroups/hub/providers/Microsoft.Network/virtualNetworks/hub";

async function planned(apiServer: unknown, more: object = {}): Promise<RecordedPlan> {
  const sections = {
    environment: { kind: "dev", owner: "ml-platform", costCenter: "research" },
    network: {
      addressSpace: "10.64.0.0/16",
      podCidr: "10.96.0.0/14",
      serviceCidr: "10.112.0.0/16",
      peers: { hub: { virtualNetworkResourceId: hub, addressSpace: ["10.1.0.0/16"] } },
    },
    cluster: {
      kubernetesVersion: "1.36",
      apiServer,
      adminGroupObjectIds: ["11111111-1111-4111-8111-111111111111"],
      systemPool: {},
    },
    layers: ["infra"],
    ...more,
  };
  const values = Object.fromEntries(
    Object.entries(sections).map(([name, it]) => [`azure-gpu-cluster:${name}`, JSON.stringify(it)]),
  );
  const environment = readEnvironment({
    stack: "lab",
    values: { "azure-native:location": "eastus", "pulumi:disable-default-providers": '["kubernetes"]', ...values },
    today,
  });
  return record({ stack: "lab", program: () => deploy(environment) });
}

describe("the zone of a private API server", () => {
  it("is there, linked to the network and its peers and open to the identity, before the cluster", async () => {
    const plan = await planned({ privateDns: "own-zone" });
    const zone = only(plan, "azure-native:privatedns:PrivateZone");
    const links = allOf(plan, "azure-native:privatedns:VirtualNetworkLink");
    expect(zone.inputs["privateZoneName"]).toBe("gpu-lab.private.eastus.azmk8s.io");
    expect(links.map((it) => it.inputs["virtualNetwork"])).toEqual([
      { id: only(plan, "azure-native:network:VirtualNetwork").id },
      { id: hub },
    ]);
    const grants = allOf(plan, "azure-native:authorization:RoleAssignment").filter(
      (it) => it.inputs["scope"] === zone.id,
    );
    expect(grants).toHaveLength(1);
    const cluster = only(plan, "azure-native:containerservice:ManagedCluster");
    expect(cluster.inputs["apiServerAccessProfile"]).toMatchObject({ privateDNSZone: zone.id });
    expect(cluster.dependencies).toEqual(expect.arrayContaining([...links, ...grants].map((it) => it.urn)));
  });

  it("of somebody else is not made and not linked, and open to the identity", async () => {
    const zoneResourceId =
      "/subscriptions/5b1e4c5a-7d1f-4c0e-9a53-3f6f0d6a2b11/resourceGroups/hub/providers/Microsoft.Network/privateDnsZones/private.eastus.azmk8s.io";
    const plan = await planned({ privateDns: { zoneResourceId } });
    expect(allOf(plan, "azure-native:privatedns:PrivateZone")).toEqual([]);
    const scopes = allOf(plan, "azure-native:authorization:RoleAssignment").map((it) => it.inputs["scope"]);
    expect(scopes).toContain(zoneResourceId);
  });
});

describe("the runner of a stack", () => {
  it("may do everything in its cluster and nothing else, and the cluster's administrators may log in", async () => {
    const runner = {
      imageVersion: "24.04.202609040",
      sshPublicKeys: [`ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${"A".repeat(43)}`],
    };
    const plan = await planned("private", { runner });
    const cluster = only(plan, "azure-native:containerservice:ManagedCluster").id;
    const scaleSet = only(plan, "azure-native:compute:VirtualMachineScaleSet").id;
    const identity = only(plan, "azure-native:managedidentity:UserAssignedIdentity", "runner");
    const grants = allOf(plan, "azure-native:authorization:RoleAssignment").map(({ inputs }) => inputs);
    const rolesOf = (principalId: unknown): unknown[] =>
      grants
        .filter((it) => it["principalId"] === principalId)
        .map((it) => [it["scope"], String(it["roleDefinitionId"]).split("/").at(-1)]);
    expect(rolesOf(identity.outputs["principalId"])).toEqual([
      [cluster, roles["Azure Kubernetes Service Cluster User Role"].id],
      [cluster, roles["Azure Kubernetes Service RBAC Cluster Admin"].id],
    ]);
    expect(rolesOf("11111111-1111-4111-8111-111111111111")).toEqual([
      [scaleSet, roles["Virtual Machine Administrator Login"].id],
    ]);
    expect(plan.outputs["infra"]).toMatchObject({
      runner: { resourceId: scaleSet, identityClientId: identity.outputs["clientId"] },
    });
  });
});

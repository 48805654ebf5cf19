import { describe, expect, it } from "vitest";
import { record } from "../../preview/record";
import type { RecordedPlan } from "../../preview/recorded-plan";
import { projectName, type SectionsInput } from "../../stacks/config/sections";
import { deploy } from "../../stacks/deploy";
import type { Environment } from "../../stacks/environment";
import { readEnvironment } from "../../stacks/read-environment";
import { allOf, only, problemsOf } from "../recorded";
import { today } from "../stack-files";

const subscription = "/subscriptions/5f0c1c3e-8a51-4d0e-9c1c-0d6f3f7a2b11";
const resourceId = `${subscription}/resourceGroups/images/providers/Microsoft.ContainerRegistry/registries/labimages`;
const zone = `${subscription}/resourceGroups/dns/providers/Microsoft.Network/privateDnsZones/privatelink.azurecr.io`;
const spoke = `${subscription}/resourceGroups/spoke/providers/Microsoft.Network/virtualNetworks/spoke`;

const around = {
  environment: { kind: "dev", owner: "ml-platform", costCenter: "research" },
  layers: ["infra"],
  cluster: {
    kubernetesVersion: "1.36",
    adminGroupObjectIds: ["11111111-1111-4111-8111-111111111111"],
    systemPool: {},
  },
} satisfies SectionsInput;
const ranges = { podCidr: "10.96.0.0/16", serviceCidr: "10.112.0.0/16" };
const network = { ...ranges, addressSpace: "10.64.0.0/16" };
const existingNetwork = {
  ...ranges,
  virtualNetworkResourceId: spoke,
  addressSpace: ["10.20.0.0/16"],
  subnets: {
    nodes: { name: "aks", range: "10.20.0.0/20" },
    endpoints: { name: "endpoints", range: "10.20.16.0/29" },
    apiServer: { name: "api", range: "10.20.17.0/28", delegatedTo: "Microsoft.ContainerService/managedClusters" },
  },
  outbound: "routes",
} satisfies SectionsInput["existingNetwork"];

function read(sections: Partial<SectionsInput>): Environment {
  const values = Object.fromEntries(
    Object.entries({ ...around, ...sections }).map(([name, it]) => [`${projectName}:${name}`, JSON.stringify(it)]),
  );
  return readEnvironment({
    stack: "lab",
    values: { "azure-native:location": "eastus", "pulumi:disable-default-providers": '["kubernetes"]', ...values },
    today,
  });
}

async function planned(sections: Partial<SectionsInput>): Promise<RecordedPlan> {
  return record({ stack: "lab", program: () => deploy(read(sections)) });
}

const registries = { images: { resourceId, privateEndpoint: {} } };

describe("a registry with a private endpoint", () => {
  it("gets an address and its names in a network of ours, and the nodes the right to pull", async () => {
    const plan = await planned({ network, registries });
    const endpoint = only(plan, "azure-native:network:PrivateEndpoint", "images-registry");
    expect(endpoint.inputs).toMatchObject({
      privateEndpointName: "pep-gpu-lab-eastus-images-registry",
      subnet: { id: expect.stringMatching(/\/subnets\/snet-endpoints$/) as string },
      privateLinkServiceConnections: [{ name: "registry", privateLinkServiceId: resourceId, groupIds: ["registry"] }],
    });
    const { inputs } = only(plan, "azure-native:privatedns:PrivateZone");
    expect(inputs["privateZoneName"]).toBe("privatelink.azurecr.io");
    expect(only(plan, "azure-native:privatedns:VirtualNetworkLink").inputs["virtualNetwork"]).toEqual({
      id: expect.stringMatching(/\/virtualNetworks\/vnet-gpu-lab-eastus$/) as string,
    });
    const [grant] = allOf(plan, "azure-native:authorization:RoleAssignment").filter(
      (it) => it.inputs["scope"] === resourceId,
    );
    expect(grant?.inputs["roleDefinitionId"]).toMatch(/7f951dda-4ed3-4680-a7ca-43fe172d538d$/);
  });

  it("lets the owner of a registry in another subscription say yes", async () => {
    const manual = { images: { resourceId, privateEndpoint: { approval: "manual" as const } } };
    const { inputs } = only(await planned({ network, registries: manual }), "azure-native:network:PrivateEndpoint");
    expect(inputs).not.toHaveProperty("privateLinkServiceConnections");
    expect(inputs["manualPrivateLinkServiceConnections"]).toHaveLength(1);
  });

  it("stands in the subnet and the zone of somebody else, who has linked it", async () => {
    const theirs = { ...existingNetwork, privateDnsZones: [zone] };
    const plan = await planned({ existingNetwork: theirs, registries });
    expect(allOf(plan, "azure-native:privatedns:PrivateZone")).toEqual([]);
    expect(only(plan, "azure-native:network:PrivateEndpoint").inputs["subnet"]).toMatchObject({
      id: `${spoke}/subnets/endpoints`,
    });
    expect(only(plan, "azure-native:network:PrivateDnsZoneGroup").inputs["privateDnsZoneConfigs"]).toEqual([
      { name: "registry", privateDnsZoneId: zone },
    ]);
  });

  it("is refused where the subnet of the endpoints has no room", () => {
    const regions = { images: { resourceId, privateEndpoint: { regions: 3 } } };
    expect(problemsOf(() => read({ existingNetwork, registries: regions }))).toEqual([
      'existingNetwork.subnets.endpoints.range: must be a /28 or larger for 4 private endpoints of registries; got "10.20.16.0/29". Ask the owner of the network for a larger subnet',
    ]);
  });

  it("makes no zone and no endpoint where none is asked for", async () => {
    const plan = await planned({ network, registries: { images: { resourceId } } });
    expect(plan.resources.filter((it) => /privatedns|PrivateEndpoint/.test(it.type))).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import { projectName, type SectionsInput } from "../../stacks/config/sections";
import { deploy } from "../../stacks/deploy";
import { readEnvironment } from "../../stacks/read-environment";
import type { Environment } from "../../stacks/environment";
import { record } from "../../preview/record";
import type { RecordedPlan } from "../../preview/recorded-plan";
import { allOf, only, problemsOf } from "../recorded";
import { today } from "../stack-files";

const spoke =
  "/subscriptions/5f0c1c3e-8a51-4d0e-9c1c-0d6f3f7a2b11/resourceGroups/rg-spoke/providers/Microsoft.Network/virtualNetworks/vnet-spoke";
const subnets = {
  nodes: { name: "snet-aks", range: "10.20.0.0/20" },
  endpoints: { name: "snet-pe", range: "10.20.16.0/26" },
  apiServer: {
    name: "snet-api",
    range: "10.20.17.0/28",
    delegatedTo: "Microsoft.ContainerService/managedClusters",
  },
};
const existingNetwork = {
  virtualNetworkResourceId: spoke,
  addressSpace: ["10.20.0.0/16"],
  subnets: { ...subnets, lustre: { name: "snet-lustre", range: "10.20.20.0/24" } },
  outbound: "routes",
  podCidr: "10.96.0.0/16",
  serviceCidr: "10.112.0.0/16",
} satisfies SectionsInput["existingNetwork"];
const around = {
  environment: { kind: "dev", owner: "ml-platform", costCenter: "research" },
  layers: ["infra"],
  cluster: {
    kubernetesVersion: "1.36",
    adminGroupObjectIds: ["11111111-1111-4111-8111-111111111111"],
    systemPool: {},
  },
  gpuPools: { h100: { size: "Standard_ND96isr_H100_v5", nodes: 2 } },
  storage: { lustre: { tier: "AMLFS-Durable-Premium-250", sizeTiB: 16, zone: "1" }, blob: {} },
} satisfies SectionsInput;
const sections = { ...around, existingNetwork } satisfies SectionsInput;

function read(given: SectionsInput, provider: Readonly<Record<string, string>> = {}): Environment {
  const values = Object.fromEntries(
    Object.entries(given).map(([name, it]) => [`${projectName}:${name}`, JSON.stringify(it)]),
  );
  return readEnvironment({
    stack: "lab",
    values: {
      "azure-native:location": "eastus",
      "pulumi:disable-default-providers": '["kubernetes"]',
      ...provider,
      ...values,
    },
    today,
  });
}

async function planned(): Promise<RecordedPlan> {
  return record({ stack: "lab", program: () => deploy(read(sections)) });
}

describe("an environment in a network of somebody else", () => {
  it("makes no network, subnet, group, gateway or peering", async () => {
    const made = (await planned()).resources
      .map((it) => it.type)
      .filter((it) => it.startsWith("azure-native:network:"));
    expect([...new Set(made)].sort()).toEqual([
      "azure-native:network:PrivateDnsZoneGroup",
      "azure-native:network:PrivateEndpoint",
    ]);
  });

  it("puts everything into its subnets, and leaves by their routes", async () => {
    const plan = await planned();
    const cluster = only(plan, "azure-native:containerservice:ManagedCluster").inputs;
    expect(cluster).toMatchObject({
      networkProfile: { outboundType: "userDefinedRouting", podCidr: "10.96.0.0/16" },
      apiServerAccessProfile: { subnetId: `${spoke}/subnets/snet-api` },
      agentPoolProfiles: [{ vnetSubnetID: `${spoke}/subnets/snet-aks` }],
    });
    expect(only(plan, "azure-native:storagecache:AmlFilesystem").inputs["filesystemSubnet"]).toBe(
      `${spoke}/subnets/snet-lustre`,
    );
    for (const { inputs } of allOf(plan, "azure-native:network:PrivateEndpoint")) {
      expect(inputs["subnet"]).toMatchObject({ id: `${spoke}/subnets/snet-pe` });
    }
    for (const { inputs } of allOf(plan, "azure-native:privatedns:VirtualNetworkLink")) {
      expect(inputs["virtualNetwork"]).toEqual({ id: spoke });
    }
  });

  it("lets the cluster's identity write to its two subnets and to nothing else there", async () => {
    const scopes = allOf(await planned(), "azure-native:authorization:RoleAssignment").map((it) => it.inputs["scope"]);
    expect(scopes.filter((it) => String(it).startsWith(spoke))).toEqual([
      `${spoke}/subnets/snet-aks`,
      `${spoke}/subnets/snet-api`,
    ]);
  });

  it("is refused without a subnet for Lustre", () => {
    expect(problemsOf(() => read({ ...sections, existingNetwork: { ...existingNetwork, subnets } }))).toEqual([
      "existingNetwork.subnets.lustre: must be given: the subnet for addresses of 16 TiB of Lustre. Ask the owner of the network for one",
    ]);
  });

  it("is refused in another subscription, and in the group that the environment makes", () => {
    const subscription = { "azure-native:subscriptionId": "11111111-2222-4333-8444-555555555555" };
    expect(problemsOf(() => read(sections, subscription))).toEqual([
      'existingNetwork.virtualNetworkResourceId: must be in the subscription of the environment (11111111-2222-4333-8444-555555555555): a machine cannot be in a network of another; got "5f0c1c3e-8a51-4d0e-9c1c-0d6f3f7a2b11". Set azure-native:subscriptionId to the subscription of the network',
    ]);
    const virtualNetworkResourceId = spoke.replace("rg-spoke", "RG-gpu-lab-eastus");
    expect(
      problemsOf(() => read({ ...sections, existingNetwork: { ...existingNetwork, virtualNetworkResourceId } })),
    ).toEqual([
      expect.stringMatching(
        /must not be in the resource group rg-gpu-lab-eastus: the environment makes it, and destroys it/,
      ),
    ]);
  });

  it("has a private API server only with a zone that its DNS servers can ask", async () => {
    const dnsNetworks = { hub: spoke.replaceAll("spoke", "hub") };
    const withDns = (apiServer: SectionsInput["cluster"]): SectionsInput => ({
      ...sections,
      existingNetwork: { ...existingNetwork, dnsNetworks },
      cluster: { ...sections.cluster, ...apiServer },
    });
    const { cluster } = sections;
    for (const apiServer of ["private", { privateDns: "public-name" }, { privateDns: "system-zone" }] as const) {
      expect(problemsOf(() => read(withDns({ ...cluster, apiServer })))).toEqual([
        expect.stringMatching(
          /^cluster\.apiServer: must be \{ privateDns: own-zone \} or a zone of yours .* Write \{ privateDns: own-zone \}/,
        ),
      ]);
    }
    const own = read(withDns({ ...cluster, apiServer: { privateDns: "own-zone" } }));
    const plan = await record({ stack: "lab", program: () => deploy(own) });
    const links = allOf(plan, "azure-native:privatedns:VirtualNetworkLink").map((it) => it.inputs["virtualNetwork"]);
    // The zone of the API server, of blob and of dfs, each to the VNet and to the hub.
    expect(links.filter((it) => JSON.stringify(it).includes("vnet-hub"))).toHaveLength(3);
    expect(links).toHaveLength(6);
    expect(() => read(withDns({ ...cluster, apiServer: { authorizedIpRanges: ["203.0.113.0/28"] } }))).not.toThrow();
  });

  it("is refused beside a network of ours", () => {
    const network = { addressSpace: "10.64.0.0/16", podCidr: "10.96.0.0/16", serviceCidr: "10.112.0.0/16" };
    expect(problemsOf(() => read({ ...sections, network }))).toEqual([
      "existingNetwork: must be left out beside network: an environment is in one network. Remove one of the two",
    ]);
  });

  it("is asked for where there is none of ours", () => {
    expect(problemsOf(() => read(around))).toContain(
      "network: must be given: layer infra needs it, or existingNetwork. Add azure-gpu-cluster:network; stacks/Pulumi.dev.yaml has an example",
    );
  });
});

import { describe, expect, it } from "vitest";
import { planExistingNetwork } from "../../../../components/network/existing-network/plan";
import type { ExistingNetworkShape } from "../../../../components/network/existing-network/shape";
import type { NetworkUser, SubnetNeed } from "../../../../components/network/subnet-ref";
import { problemsOf } from "../../../recorded";

const spoke =
  "/subscriptions/5f0c1c3e-8a51-4d0e-9c1c-0d6f3f7a2b11/resourceGroups/rg-spoke/providers/Microsoft.Network/virtualNetworks/vnet-spoke";
const zones =
  "/subscriptions/5f0c1c3e-8a51-4d0e-9c1c-0d6f3f7a2b11/resourceGroups/rg-dns/providers/Microsoft.Network/privateDnsZones";
const blobZone = `${zones}/privatelink.blob.core.windows.net`;
const delegatedTo = "Microsoft.ContainerService/managedClusters";
const subnets = {
  nodes: { name: "snet-aks", range: "10.20.0.0/20" },
  endpoints: { name: "snet-private-endpoints", range: "10.20.16.0/26" },
  apiServer: { name: "snet-api", range: "10.20.17.0/28", delegatedTo },
} as const;
const shape: ExistingNetworkShape = {
  virtualNetworkResourceId: spoke,
  addressSpace: ["10.20.0.0/16", "10.30.0.0/24"],
  subnets,
  outbound: "routes",
  podCidr: "10.96.0.0/16",
  serviceCidr: "10.112.0.0/16",
};

function user(role: SubnetNeed["role"], addresses: number, what: string, infiniband = false): NetworkUser {
  return { infiniband, subnets: [{ role, addresses, what }] };
}
const users = [user("nodes", 40, "AKS nodes")];

describe("planExistingNetwork", () => {
  it("finds the subnets of a cluster in it", () => {
    expect(planExistingNetwork("net", shape, users)).toEqual({
      virtualNetworkResourceId: spoke,
      subnetResourceIds: {
        nodes: `${spoke}/subnets/snet-aks`,
        endpoints: `${spoke}/subnets/snet-private-endpoints`,
        apiServer: `${spoke}/subnets/snet-api`,
      },
      podCidr: "10.96.0.0/16",
      serviceCidr: "10.112.0.0/16",
      endpointCidr: "10.20.16.0/26",
      subnetRanges: { nodes: "10.20.0.0/20", endpoints: "10.20.16.0/26", apiServer: "10.20.17.0/28" },
      outboundType: "userDefinedRouting",
      foreignDns: false,
      peers: {},
      zoneLinks: {},
      privateDnsZones: [],
    });
  });

  it("takes private DNS zones that are there", () => {
    const plan = planExistingNetwork("net", { ...shape, privateDnsZones: [blobZone] }, users);
    expect(plan.privateDnsZones).toEqual([blobZone]);
  });

  it("takes a delegation in the spelling of another tool", () => {
    const apiServer = { ...subnets.apiServer, delegatedTo: "microsoft.containerservice/managedclusters" };
    expect(() => planExistingNetwork("net", { ...shape, subnets: { ...subnets, apiServer } }, users)).not.toThrow();
  });

  it("links zones to the networks whose DNS servers answer", () => {
    const dnsNetworks = { hub: spoke.replaceAll("spoke", "hub") };
    const { foreignDns, peers, zoneLinks } = planExistingNetwork("net", { ...shape, dnsNetworks }, users);
    expect([foreignDns, peers, zoneLinks]).toEqual([true, dnsNetworks, dnsNetworks]);
  });

  it("takes a NAT gateway that the subnets have, and a subnet in another range of the VNet", () => {
    const lustre = { name: "snet-lustre", range: "10.30.0.0/24" };
    const more = { ...shape, outbound: "natGateway" as const, subnets: { ...subnets, lustre } };
    const plan = planExistingNetwork("net", more, [...users, user("lustre", 251, "addresses of Lustre")]);
    expect([plan.outboundType, plan.subnetResourceIds.lustre]).toEqual([
      "userAssignedNATGateway",
      `${spoke}/subnets/snet-lustre`,
    ]);
  });
});

const refused: [string, Partial<ExistingNetworkShape>, readonly NetworkUser[], unknown[]][] = [
  [
    "no subnet for what is put into it",
    {},
    [user("lustre", 10, "addresses of Lustre"), user("scaleSets", 4, "scale-set nodes")],
    [
      "subnets.scaleSets: must be given: the subnet for scale-set nodes. Ask the owner of the network for one",
      "subnets.lustre: must be given: the subnet for addresses of Lustre. Ask the owner of the network for one",
    ],
  ],
  [
    "no subnet at all",
    { subnets: {} },
    users,
    [
      "subnets.nodes: must be given: the subnet for AKS nodes. Ask the owner of the network for one",
      "subnets.endpoints: must be given: the subnet for private endpoints. Ask the owner of the network for one",
      "subnets.apiServer: must be given: the subnet for the API server. Ask the owner of the network for one",
    ],
  ],
  [
    "subnets that are too small",
    {
      subnets: {
        nodes: { name: "snet-aks", range: "10.20.0.0/27" },
        endpoints: { name: "snet-private-endpoints", range: "10.20.16.0/30" },
        apiServer: { name: "snet-api", range: "10.20.17.0/29", delegatedTo },
      },
    },
    users,
    [
      'subnets.nodes.range: must be a /26 or larger for 40 AKS nodes; got "10.20.0.0/27". Ask the owner of the network for a larger subnet',
      'subnets.endpoints.range: must be a /29 or larger; got "10.20.16.0/30". Ask the owner of the network for a larger subnet',
      'subnets.apiServer.range: must be a /28 or larger; got "10.20.17.0/29". Ask the owner of the network for a larger subnet',
    ],
  ],
  [
    "delegations that do not fit",
    {
      subnets: {
        ...subnets,
        nodes: { ...subnets.nodes, delegatedTo: "Microsoft.NetApp/volumes" },
        apiServer: { name: "snet-api", range: "10.20.17.0/28" },
      },
    },
    users,
    [
      'subnets.nodes.delegatedTo: must be left out: a delegated subnet takes nothing else; got "Microsoft.NetApp/volumes". Write what the subnet has, and have its owner change it',
      `subnets.apiServer.delegatedTo: must be ${delegatedTo}; got nothing. Write what the subnet has, and have its owner change it`,
    ],
  ],
  [
    "a subnet outside the VNet, one with host bits and one that Azure would not call so",
    {
      subnets: {
        nodes: { name: "snet-aks", range: "10.21.0.0/20" },
        endpoints: { name: "snet-private-endpoints", range: "10.20.16.1/26" },
        apiServer: { name: "-api", range: "10.20.17.0/28", delegatedTo },
      },
    },
    users,
    [
      'subnets.nodes.range: must be inside addressSpace; got "10.21.0.0/20". Write all ranges of the VNet in addressSpace',
      expect.stringMatching(/^subnets\.endpoints\.range: must be an IPv4 range/),
      expect.stringMatching(/^subnets\.apiServer\.name: must be a name that Azure takes for network:Subnet/),
    ],
  ],
  [
    "one subnet for two purposes",
    { subnets: { ...subnets, endpoints: { name: "snet-aks", range: "10.20.0.0/20" } } },
    users,
    [
      'subnets.endpoints.range: must not overlap subnets.nodes.range (10.20.0.0/20); got "10.20.0.0/20". Each purpose has a subnet of its own',
    ],
  ],
  [
    "pods on the VNet and services on what it is connected to",
    { podCidr: "10.20.128.0/17", serviceCidr: "10.50.4.0/24", connectedRanges: ["10.50.0.0/16"] },
    users,
    [
      'podCidr: must not overlap addressSpace[0] (10.20.0.0/16); got "10.20.128.0/17". 10.0.0.0/17 would fit',
      'serviceCidr: must not overlap connectedRanges[0] (10.50.0.0/16); got "10.50.4.0/24". 10.0.0.0/24 would fit',
    ],
  ],
  [
    "a VNet where InfiniBand has its own addresses",
    {
      addressSpace: ["172.16.0.0/16", "10.20.0.0/16"],
    },
    [user("nodes", 40, "AKS nodes", true)],
    ['addressSpace[0]: must not overlap 172.16.0.0/16: InfiniBand uses it for IP over InfiniBand; got "172.16.0.0/16"'],
  ],
  [
    "too few addresses for pods",
    { podCidr: "10.96.0.0/20" },
    users,
    ['podCidr: must hold a /24 for each of 40 nodes, and has room for 16; got "10.96.0.0/20". Use a /18 or larger'],
  ],
  [
    "an ID of a subnet",
    { virtualNetworkResourceId: `${spoke}/subnets/snet-aks` },
    users,
    [expect.stringMatching(/^virtualNetworkResourceId: must be the ARM ID of a virtual network; got /)],
  ],
  [
    "zones that are no zones of private endpoints, and one twice",
    { privateDnsZones: [`${zones}/contoso.internal`, blobZone, blobZone.toUpperCase(), spoke] },
    users,
    [
      expect.stringMatching(
        /^privateDnsZones\[0\]: must be a zone of private endpoints: .*; got "contoso.internal". Leave it out$/,
      ),
      expect.stringMatching(/^privateDnsZones\[2\]: must not be a second zone of one name; got /),
      expect.stringMatching(/^privateDnsZones\[3\]: must be the ARM ID of a private DNS zone; got /),
      expect.stringMatching(/^privateDnsZones\[3\]: must be a zone of private endpoints/),
    ],
  ],
  [
    "one subnet for two purposes, by its name",
    { subnets: { ...subnets, endpoints: { name: "SNET-AKS", range: "10.20.16.0/26" } } },
    users,
    [
      'subnets.endpoints.name: must not be the subnet of subnets.nodes; got "SNET-AKS". Each purpose has a subnet of its own',
    ],
  ],
  [
    "subnets of Azure's gateways",
    { subnets: { ...subnets, endpoints: { name: "GatewaySubnet", range: "10.20.16.0/26" } } },
    users,
    [
      `subnets.endpoints.name: must not be a subnet of Azure's gateways; got "GatewaySubnet". Ask the owner of the network for one of your own`,
    ],
  ],
  [
    "a subnet that others have filled",
    { subnets: { ...subnets, nodes: { name: "snet-aks", range: "10.20.0.0/24", takenAddresses: 212 } } },
    users,
    [
      'subnets.nodes.range: must be a /23 or larger for 40 AKS nodes and 212 addresses that others take; got "10.20.0.0/24". Ask the owner of the network for a larger subnet',
    ],
  ],
  [
    "a range of the VNet that is part of another",
    { addressSpace: ["10.20.0.0/16", "10.20.4.0/24"] },
    users,
    [
      'addressSpace[1]: must not overlap addressSpace[0] (10.20.0.0/16); got "10.20.4.0/24". Azure has no address twice: leave out the range that is part of the other',
    ],
  ],
  [
    "ranges that no VNet has",
    { addressSpace: ["10.20.0.0/16", "127.0.0.0/16", "224.1.0.0/16", "168.63.129.0/24"] },
    users,
    [
      'addressSpace[1]: must not overlap 127.0.0.0/8: Azure takes no loopback addresses; got "127.0.0.0/16"',
      'addressSpace[2]: must not overlap 224.0.0.0/4: Azure takes no multicast addresses; got "224.1.0.0/16"',
      `addressSpace[3]: must not overlap 168.63.129.16/32: Azure's own DNS and health probes are there; got "168.63.129.0/24"`,
    ],
  ],
  [
    "the default route as a range that is connected",
    { connectedRanges: ["0.0.0.0/0"] },
    users,
    [
      'connectedRanges[0]: must not be the default route: it says where the rest goes, and not what is there; got "0.0.0.0/0". Write the ranges that are used, such as 10.0.0.0/8',
    ],
  ],
  [
    "a VNet where bare nodes have the bridge of Docker",
    {
      addressSpace: ["172.17.0.0/16", "10.20.0.0/16"],
      subnets: { ...subnets, scaleSets: { name: "slurm", range: "172.17.0.0/24" } },
    },
    [...users, user("scaleSets", 4, "scale-set nodes")],
    [
      'addressSpace[0]: must not overlap 172.17.0.0/16: Docker, which the HPC image starts, has its bridge there, and bare nodes would reach nothing else in it; got "172.17.0.0/16"',
    ],
  ],
  [
    "DNS servers in the VNet itself, and in what is no network",
    { dnsNetworks: { here: spoke.toUpperCase(), there: "10.1.0.5" } },
    users,
    [
      expect.stringMatching(/^dnsNetworks\.here: must not be the VNet itself, to which every zone is linked; got /),
      expect.stringMatching(/^dnsNetworks\.there: must be the ARM ID of a virtual network; got "10\.1\.0\.5"/),
    ],
  ],
  [
    "another way out",
    { outbound: "firewall" as "routes" },
    users,
    ['outbound: must be one of natGateway, routes; got "firewall". Write natGateway or routes'],
  ],
];

it.each(refused)("refuses %s", (_, more, put, lines) => {
  expect(problemsOf(() => planExistingNetwork("net", { ...shape, ...more }, put))).toEqual(lines);
});

it("does without the addresses of InfiniBand where nothing has it", () => {
  const old = { ...shape, addressSpace: ["172.16.0.0/16", "10.20.0.0/16"] };
  expect(planExistingNetwork("net", old, users).virtualNetworkResourceId).toBe(spoke);
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reservedRanges } from "../../../../catalog/reserved-ranges";
import { addressCount, formatCidr, overlaps, parseCidr, type Cidr } from "../../../../core/cidr";
import { MisconfiguredError } from "../../../../core/problems";
import { planClusterNetwork, type ClusterNetworkPlan } from "../../../../components/network/cluster-network/plan";
import type { ClusterNetworkShape } from "../../../../components/network/cluster-network/shape";
import { securityRules } from "../../../../components/network/cluster-network/security-rules";
import { subnetRange } from "../../../../components/network/cluster-network/subnet-layout";
import { subnetSlots, type NetworkUser, type SubnetNeed } from "../../../../components/network/subnet-ref";
import { place, problemsOf } from "../../../recorded";

const shape: ClusterNetworkShape = {
  addressSpace: "10.64.0.0/18",
  podCidr: "10.96.0.0/18",
  serviceCidr: "10.112.0.0/16",
};
/** What is put into the network, by how much it needs. */
interface Demand {
  readonly clusterNodes: number;
  readonly scaleSetNodes: number;
  readonly lustreAddresses: number;
  readonly infiniband: boolean;
}
const demand: Demand = { clusterNodes: 7, scaleSetNodes: 0, lustreAddresses: 0, infiniband: false };

function users({ clusterNodes, scaleSetNodes, lustreAddresses, infiniband }: Demand): NetworkUser[] {
  const need = (role: SubnetNeed["role"], addresses: number, what: string): NetworkUser[] =>
    addresses === 0 ? [] : [{ infiniband, subnets: [{ role, addresses, what }] }];
  return [
    { infiniband, subnets: [] },
    // Lustre before the scale sets: the order in which users come decides nothing.
    ...need("lustre", lustreAddresses, "addresses of Lustre"),
    ...need("scaleSets", scaleSetNodes, "scale-set nodes"),
    ...need("nodes", clusterNodes, "AKS nodes"),
  ];
}

function planned(network: ClusterNetworkShape, wanted: Demand): ClusterNetworkPlan {
  return planClusterNetwork("net", network, place, users(wanted));
}

/** Role and range of each subnet. */
function subnetsOf(plan: ClusterNetworkPlan): object[] {
  return plan.subnets.map(({ role, outbound, subnet }) => ({
    role,
    outbound,
    addressPrefix: subnet.addressPrefix,
    ...(subnet.delegations !== undefined && { delegations: subnet.delegations }),
  }));
}
const subscription = "/subscriptions/5f0c1c3e-8a51-4d0e-9c1c-0d6f3f7a2b11";
const hub = `${subscription}/resourceGroups/hub/providers/Microsoft.Network/virtualNetworks/hub`;
const edge = `${subscription}/resourceGroups/hub/providers/Microsoft.Network/virtualNetworks/edge`;

function cidr(text: string): Cidr {
  const range = parseCidr(text);
  if (range === undefined) throw new Error(text);
  return range;
}

describe("planClusterNetwork", () => {
  it("gives a cluster alone three subnets", () => {
    const plan = planned(shape, demand);
    expect(subnetsOf(plan)).toEqual([
      { role: "nodes", addressPrefix: "10.64.0.0/19", outbound: true },
      { role: "endpoints", addressPrefix: "10.64.52.0/24", outbound: false },
      {
        role: "apiServer",
        addressPrefix: "10.64.53.0/26",
        delegations: [{ name: "owner", serviceName: "Microsoft.ContainerService/managedClusters" }],
        outbound: false,
      },
    ]);
    const { podCidr, serviceCidr, endpointCidr, peerings } = plan;
    expect({ podCidr, serviceCidr, endpointCidr, peerings }).toEqual({
      podCidr: "10.96.0.0/18",
      serviceCidr: "10.112.0.0/16",
      endpointCidr: "10.64.52.0/24",
      peerings: {},
    });
  });

  it("gives a second network and all around it names of their own", () => {
    const { virtualNetwork, wayOut, subnets } = planClusterNetwork("edge", shape, place, []);
    expect([
      virtualNetwork.virtualNetworkName,
      wayOut.natGateway?.natGatewayName,
      wayOut.natGateway === null ? undefined : wayOut.publicAddresses["nat-1"]?.publicIpAddressName,
      subnets[0]?.securityGroup.networkSecurityGroupName,
    ]).toEqual([
      "vnet-gpu-dev-eastus-edge",
      "ng-gpu-dev-eastus-edge",
      "pip-gpu-dev-eastus-edge-nat-1",
      "nsg-gpu-dev-eastus-edge-nodes",
    ]);
  });

  it("adds scale sets, and Lustre without delegation", () => {
    const wanted = { ...demand, scaleSetNodes: 2, lustreAddresses: 27 };
    expect(subnetsOf(planned(shape, wanted)).slice(3)).toEqual([
      { role: "scaleSets", addressPrefix: "10.64.32.0/20", outbound: true },
      { role: "lustre", addressPrefix: "10.64.48.0/22", outbound: true },
    ]);
  });

  it("guards each subnet with rules that know the others, the pods, the head nodes and the peers", () => {
    const peers = {
      hub: { virtualNetworkResourceId: hub, addressSpace: ["10.1.0.0/16"], mayReach: ["lustre" as const] },
    };
    const wanted = { ...demand, scaleSetNodes: 2, lustreAddresses: 27 };
    const plan = planned({ ...shape, peers, headNodeRanges: ["10.2.0.0/24"] }, wanted);
    const where = {
      subnets: new Map(plan.subnets.map(({ role }) => [role, formatCidr(subnetRange(cidr(shape.addressSpace), role))])),
      podCidr: shape.podCidr,
      headNodeRanges: ["10.2.0.0/24"],
      peers: Object.values(peers),
    };
    for (const { role, securityGroup } of plan.subnets) {
      expect(securityGroup.securityRules).toEqual(securityRules(role, where));
    }
  });

  const firewall = { firewall: { nextHopAddress: "10.1.0.4" } };
  const twoPeers = {
    hub: { virtualNetworkResourceId: hub, addressSpace: ["10.1.0.0/16"] },
    edge: { virtualNetworkResourceId: edge, addressSpace: ["10.2.0.0/16"] },
  };

  it("leaves through a NAT gateway unless told otherwise", () => {
    const { outboundType, wayOut } = planned(shape, demand);
    expect([outboundType, wayOut.routeTable]).toEqual(["userAssignedNATGateway", null]);
  });

  it("sends everything to a firewall in a peer, which may hand on what comes back", () => {
    const plan = planned({ ...shape, peers: twoPeers, outbound: firewall }, demand);
    expect([plan.outboundType, plan.wayOut]).toEqual([
      "userDefinedRouting",
      {
        natGateway: null,
        routeTable: {
          location: "eastus",
          routeTableName: "rt-gpu-dev-eastus",
          disableBgpRoutePropagation: true,
          routes: [
            {
              name: "to-firewall",
              addressPrefix: "0.0.0.0/0",
              nextHopType: "VirtualAppliance",
              nextHopIpAddress: "10.1.0.4",
            },
          ],
        },
      },
    ]);
    expect(Object.values(plan.peerings).map((it) => it.allowForwardedTraffic)).toEqual([true, false]);
  });

  it("tells the nodes of DNS servers, and gives these the names of the private endpoints", () => {
    expect(planned(shape, demand).virtualNetwork).not.toHaveProperty("dhcpOptions");
    const dnsServers = ["10.1.0.5", "168.63.129.16"];
    const plan = planned({ ...shape, peers: twoPeers, dnsServers }, demand);
    expect(plan.virtualNetwork.dhcpOptions).toEqual({ dnsServers });
    expect(plan.foreignDns).toBe(true);
    expect(planned({ ...shape, dnsServers: ["10.64.0.9"] }, demand).foreignDns).toBe(false);
    expect(plan.zoneLinks).toEqual({ hub });
  });

  it("gives a peer that may reach the private endpoints their names, and no other peer", () => {
    const peers = { ...twoPeers, edge: { ...twoPeers.edge, mayReach: ["endpoints" as const] } };
    expect(planned({ ...shape, peers }, demand).zoneLinks).toEqual({ edge });
  });

  it("moves no subnet when something is added, in whatever order things come", () => {
    const roles = Object.keys(subnetSlots) as SubnetNeed["role"][];
    const consumers = fc.array(
      fc.record({ role: fc.constantFrom(...roles), addresses: fc.integer({ min: 0, max: 8 }), what: fc.string() }),
      { maxLength: 12 },
    );
    const at = (plan: ClusterNetworkPlan): Map<string, unknown> =>
      new Map(plan.subnets.map(({ role, subnet }) => [role, subnet.addressPrefix]));
    fc.assert(
      fc.property(fc.integer({ min: 8, max: 16 }), consumers, fc.nat(), fc.boolean(), (prefixLength, all, cut, ib) => {
        const space = { base: 10 * 2 ** 24, prefixLength };
        const network = { addressSpace: formatCidr(space), podCidr: "172.24.0.0/14", serviceCidr: "192.168.0.0/16" };
        const lay = (needs: readonly SubnetNeed[]): ClusterNetworkPlan =>
          planClusterNetwork("net", network, place, [...needs.map((it) => ({ infiniband: ib, subnets: [it] }))]);
        const after = at(lay(all));
        for (const [role, prefix] of at(lay(all.slice(cut % (all.length + 1))))) expect(after.get(role)).toBe(prefix);
        expect([...at(lay(all.toReversed()))]).toEqual([...after]);
        for (const role of roles.filter((it) => after.has(it))) {
          expect(after.get(role)).toBe(formatCidr(subnetRange(space, role)));
        }
        // Nothing else is made: what every network has, and what somebody asked for.
        const asked = new Set([...all.map((it) => it.role), "nodes", "endpoints", "apiServer"]);
        expect(new Set(after.keys())).toEqual(asked);
      }),
    );
  });

  it("adds up what shares a subnet", () => {
    const half = { infiniband: false, subnets: [{ role: "nodes", addresses: 1022, what: "AKS nodes" }] } as const;
    const room = { ...shape, addressSpace: "10.64.0.0/20", podCidr: "10.128.0.0/11" };
    expect(problemsOf(() => planClusterNetwork("net", room, place, [half, half]))).toEqual([
      'addressSpace: must give 2044 AKS nodes a /20, and gives a /21; got "10.64.0.0/20". Use a /19 or larger',
    ]);
  });

  it.each([
    ["the largest space", { addressSpace: "10.0.0.0/8", podCidr: "172.24.0.0/14", serviceCidr: "192.168.0.0/16" }],
    ["the smallest space", { addressSpace: "10.64.0.0/20" }],
    ["shared address space for pods", { podCidr: "100.64.0.0/16" }],
    ["the largest service range", { serviceCidr: "10.112.0.0/13", podCidr: "10.96.0.0/18" }],
    ["a small service range", { serviceCidr: "10.112.0.0/27" }],
    ["16 outbound addresses", { natAddresses: 16 }],
    [
      "peers side by side",
      {
        peers: {
          a: { virtualNetworkResourceId: hub, addressSpace: ["10.1.0.0/16"] },
          b: { virtualNetworkResourceId: edge, addressSpace: ["10.2.0.0/16", "8.8.8.0/24"] },
        },
      },
    ],
  ] satisfies [string, Partial<ClusterNetworkShape>][])("takes %s", (_, more) => {
    expect(Object.keys(planned({ ...shape, ...more }, demand).peerings)).toEqual(
      "peers" in more ? Object.keys(more.peers) : [],
    );
  });

  it("takes 172.16.0.0/16 only where nothing uses InfiniBand", () => {
    const old = { ...shape, addressSpace: "172.16.0.0/18" };
    expect(planned(old, demand).subnets[0]?.subnet.addressPrefix).toBe("172.16.0.0/19");
    expect(problemsOf(() => planned(old, { ...demand, infiniband: true }))).toEqual([
      'addressSpace: must not overlap 172.16.0.0/16: InfiniBand uses it for IP over InfiniBand; got "172.16.0.0/18". 10.0.0.0/18 would fit',
    ]);
  });
});

const notARange = "must be an IPv4 range such as 10.64.0.0/16, with all host bits zero and no leading zeros";
const notPrivate = "must be private (10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16)";
const hides = "must be private or within 100.64.0.0/10: pods could not reach the public addresses that it hides";
const notAnId = "must be the ARM ID of a virtual network";
const idForm = "Write /subscriptions/<UUID>/resourceGroups/<name>/providers/Microsoft.Network/virtualNetworks/<name>";
const apart = "Azure refuses the second peering: leave one out, or give that network other addresses";
const tooWide = "must be a /17 or smaller: all of it reaches every port of the scale sets";
const machine = "must be the address of a machine: Azure keeps the first four of a range and the last";
const dnsServer =
  "must be a private IPv4 address in addressSpace or in the range of a peer, or 168.63.129.16 (Azure's own)";
const notPrivateHead = "must be a private IPv4 range such as 10.1.0.0/24, with all host bits zero and no leading zeros";

describe("planClusterNetwork fails", () => {
  it("under one subject", () => {
    expect(() => planned({ ...shape, natAddresses: 0 }, demand)).toThrow(
      "Cluster network 'net' is misconfigured:\n  natAddresses: must be a whole number from 1 to 16; got 0. Use 1",
    );
  });

  it.each([
    [
      "pods on the VNet",
      { podCidr: "10.64.0.0/18" },
      ['podCidr: must not overlap addressSpace (10.64.0.0/18); got "10.64.0.0/18". 10.0.0.0/18 would fit'],
    ],
    [
      "services on the VNet",
      { serviceCidr: "10.64.32.0/24" },
      ['serviceCidr: must not overlap addressSpace (10.64.0.0/18); got "10.64.32.0/24". 10.0.0.0/24 would fit'],
    ],
    [
      "services around the pods",
      { serviceCidr: "10.96.0.0/16" },
      ['serviceCidr: must not overlap podCidr (10.96.0.0/18); got "10.96.0.0/16". 10.0.0.0/16 would fit'],
    ],
    [
      "a peer on the VNet, and our range is the one to move",
      {
        peers: { hub: { virtualNetworkResourceId: hub, addressSpace: ["10.0.0.0/16", "10.64.0.0/16"] } },
      },
      [
        'addressSpace: must not overlap peers.hub.addressSpace[1] (10.64.0.0/16); got "10.64.0.0/18". 10.1.0.0/18 would fit',
      ],
    ],
    [
      "a peer on the pods",
      { peers: { hub: { virtualNetworkResourceId: hub, addressSpace: ["10.96.0.0/24"] } } },
      ['podCidr: must not overlap peers.hub.addressSpace[0] (10.96.0.0/24); got "10.96.0.0/18". 10.0.0.0/18 would fit'],
    ],
    [
      "pods on 172.30",
      { podCidr: "172.30.0.0/18" },
      ['podCidr: must not overlap 172.30.0.0/16: AKS reserves it; got "172.30.0.0/18". 10.0.0.0/18 would fit'],
    ],
    [
      "services on 172.31",
      { serviceCidr: "172.31.4.0/24" },
      ['serviceCidr: must not overlap 172.31.0.0/16: AKS reserves it; got "172.31.4.0/24". 10.0.0.0/24 would fit'],
    ],
    [
      "pods on link-local addresses",
      { podCidr: "169.254.0.0/18" },
      [
        `podCidr: ${hides}; got "169.254.0.0/18". Use a range in 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16`,
        'podCidr: must not overlap 169.254.0.0/16: AKS reserves it (link-local addresses); got "169.254.0.0/18". 10.0.0.0/18 would fit',
      ],
    ],
    [
      "services on documentation addresses",
      { serviceCidr: "192.0.2.0/24" },
      [
        `serviceCidr: ${hides}; got "192.0.2.0/24". Use a range in 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16`,
        'serviceCidr: must not overlap 192.0.2.0/24: AKS reserves it (addresses for documentation); got "192.0.2.0/24". 10.0.0.0/24 would fit',
      ],
    ],
    [
      "host bits",
      { addressSpace: "10.64.0.1/18" },
      [`addressSpace: ${notARange}; got "10.64.0.1/18". 10.64.0.0/18 would be one`],
    ],
    [
      "IPv6",
      { podCidr: "fd00::/48" },
      [`podCidr: ${notARange}; got "fd00::/48". Write four numbers, a slash and the length of the prefix`],
    ],
    [
      "an address for a range",
      { serviceCidr: "10.0.0.10" },
      [`serviceCidr: ${notARange}; got "10.0.0.10". Write four numbers, a slash and the length of the prefix`],
    ],
    [
      "a hidden character",
      { addressSpace: "10.64.0.0/18\u200b" },
      [
        `addressSpace: ${notARange}; got "10.64.0.0/18\\u200b". Write four numbers, a slash and the length of the prefix`,
      ],
    ],
    [
      "a peer with host bits",
      { peers: { hub: { virtualNetworkResourceId: hub, addressSpace: ["10.0.0.1/16"] } } },
      [`peers.hub.addressSpace[0]: ${notARange}; got "10.0.0.1/16". 10.0.0.0/16 would be one`],
    ],
    [
      "a public space",
      { addressSpace: "8.8.0.0/18" },
      [`addressSpace: ${notPrivate}; got "8.8.0.0/18". 10.64.0.0/16 is one`],
    ],
    [
      "a space that is only partly private",
      { addressSpace: "192.128.0.0/9" },
      [`addressSpace: ${notPrivate}; got "192.128.0.0/9". 10.64.0.0/16 is one`],
    ],
    [
      "public pods",
      { podCidr: "8.8.0.0/18" },
      [`podCidr: ${hides}; got "8.8.0.0/18". Use a range in 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16`],
    ],
    [
      "public services",
      { serviceCidr: "20.0.0.0/16" },
      [`serviceCidr: ${hides}; got "20.0.0.0/16". Use a range in 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16`],
    ],
    [
      "a space too small to lay out",
      { addressSpace: "10.64.0.0/21" },
      [
        'addressSpace: must be a /8 to /20: a smaller one has no room for the subnets; got "10.64.0.0/21". A /16 holds 32,000 nodes',
      ],
    ],
    [
      "services above /12",
      { serviceCidr: "10.192.0.0/12" },
      ['serviceCidr: must be a /13 to /27; got "10.192.0.0/12". A /16 holds 65,536 services'],
    ],
    [
      "services below /27",
      { serviceCidr: "10.112.0.0/28" },
      ['serviceCidr: must be a /13 to /27; got "10.112.0.0/28". A /16 holds 65,536 services'],
    ],
    [
      "too many outbound addresses",
      { natAddresses: 17 },
      ["natAddresses: must be a whole number from 1 to 16; got 17. Use 16"],
    ],
    [
      "half an outbound address",
      { natAddresses: 1.5 },
      ["natAddresses: must be a whole number; got 1.5 (number). Use 1 or 2"],
    ],
    [
      "a peer that is no VNet",
      { peers: { hub: { virtualNetworkResourceId: "hub", addressSpace: ["10.1.0.0/16"] } } },
      [`peers.hub.virtualNetworkResourceId: ${notAnId}; got "hub". ${idForm}`],
    ],
    [
      "a peer in something that is no resource group",
      {
        peers: {
          hub: { virtualNetworkResourceId: hub.replace("resourceGroups", "groups"), addressSpace: ["10.1.0.0/16"] },
        },
      },
      [`peers.hub.virtualNetworkResourceId: ${notAnId}; got "${hub.replace("resourceGroups", "groups")}". ${idForm}`],
    ],
    [
      "a peer with an impossible subscription, group and name",
      {
        peers: {
          hub: {
            virtualNetworkResourceId:
              "/subscriptions/s/resourceGroups/hub./providers/Microsoft.Network/virtualNetworks/-hub",
            addressSpace: ["10.1.0.0/16"],
          },
        },
      },
      [
        'peers.hub.virtualNetworkResourceId: must name a subscription by its UUID, not all zeros; got "s". az account show --query id says yours',
        expect.stringMatching(/^peers\.hub\.virtualNetworkResourceId: must be a name that Azure takes for resources:/),
        expect.stringMatching(/^peers\.hub\.virtualNetworkResourceId: must be a name that Azure takes for network:/),
      ],
    ],
    [
      "a firewall that nobody reaches, with addresses of a NAT gateway",
      { outbound: { firewall: { nextHopAddress: "10.9.0.4" } }, natAddresses: 2 },
      [
        'outbound.firewall.nextHopAddress: must be a private IPv4 address in the range of a peer; got "10.9.0.4". Peer with the network of the firewall',
        "natAddresses: must be left out: with a firewall there is no NAT gateway; got 2. Leave it out",
      ],
    ],
    [
      "a firewall that is a range",
      {
        peers: { hub: { virtualNetworkResourceId: hub, addressSpace: ["10.1.0.0/16"] } },
        outbound: { firewall: { nextHopAddress: "10.1.0.4/32" } },
      },
      [
        'outbound.firewall.nextHopAddress: must be a private IPv4 address in the range of a peer; got "10.1.0.4/32". Peer with the network of the firewall',
      ],
    ],
    [
      "DNS servers that are public, out of reach, written as octal or there twice",
      { dnsServers: ["8.8.8.8", "10.9.0.4", "10.64.0.010", "10.64.0.9", "10.64.0.9"] },
      [
        `dnsServers[0]: ${dnsServer}; got "8.8.8.8". Peer with the network of the server`,
        `dnsServers[1]: ${dnsServer}; got "10.9.0.4". Peer with the network of the server`,
        `dnsServers[2]: ${dnsServer}; got "10.64.0.010". Peer with the network of the server`,
        'dnsServers[4]: must not stand twice; got "10.64.0.9". Leave one out',
      ],
    ],
    [
      "a firewall and DNS servers where Azure keeps the addresses",
      {
        peers: { hub: { virtualNetworkResourceId: hub, addressSpace: ["10.1.0.0/16"] } },
        dnsServers: ["10.64.0.3", "10.1.0.4"],
        outbound: { firewall: { nextHopAddress: "10.1.255.255" } },
      },
      [
        `dnsServers[0]: ${machine}; got "10.64.0.3". az network nic list shows the addresses of machines`,
        `outbound.firewall.nextHopAddress: ${machine}; got "10.1.255.255". az network nic list shows the addresses of machines`,
      ],
    ],
    [
      "a default route in the place of a peer's ranges",
      { peers: { hub: { virtualNetworkResourceId: hub, addressSpace: ["0.0.0.0/0"] } } },
      [
        'peers.hub.addressSpace[0]: must not be the default route: it says where the rest goes, and not what is there; got "0.0.0.0/0". Write the ranges that are used, such as 10.0.0.0/8',
      ],
    ],
    [
      "more DNS servers than a network may have",
      { dnsServers: Array.from({ length: 21 }, (_, at) => `10.64.0.${at + 4}`) },
      ["dnsServers: must be at most 20; got 21. Two answer when one is down"],
    ],
    [
      "one VNet peered twice, in other letters",
      {
        peers: {
          a: { virtualNetworkResourceId: hub, addressSpace: ["10.1.0.0/16"] },
          b: { virtualNetworkResourceId: hub.toUpperCase(), addressSpace: ["10.2.0.0/16"] },
        },
      },
      [
        expect.stringMatching(
          /^peers\.b\.virtualNetworkResourceId: must not be the network of peers\.a: .*Give peers\.a all of its ranges$/,
        ),
      ],
    ],
    [
      "peers that overlap each other, and a peer that overlaps itself",
      {
        peers: {
          a: { virtualNetworkResourceId: hub, addressSpace: ["10.1.0.0/16"] },
          b: { virtualNetworkResourceId: edge, addressSpace: ["10.1.4.0/24", "10.2.0.0/16", "10.2.8.0/24"] },
        },
      },
      [
        `peers.b.addressSpace[0]: must not overlap peers.a.addressSpace[0] (10.1.0.0/16); got "10.1.4.0/24". ${apart}`,
        `peers.b.addressSpace[2]: must not overlap peers.b.addressSpace[1] (10.2.0.0/16); got "10.2.8.0/24". ${apart}`,
      ],
    ],
    [
      "a peer that may reach what is not there, or one thing twice",
      {
        peers: {
          hub: {
            virtualNetworkResourceId: hub,
            addressSpace: ["10.1.0.0/16"],
            mayReach: ["lustre", "endpoints", "endpoints"],
          },
        },
      },
      [
        'peers.hub.mayReach[0]: must be a subnet that this network has; got "lustre". Leave it out',
        'peers.hub.mayReach[2]: must not stand twice; got "endpoints". Leave it out',
      ],
    ],
    [
      "a peer that may reach everything",
      {
        peers: {
          hub: { virtualNetworkResourceId: hub, addressSpace: ["10.1.0.0/16"], mayReach: ["everything" as "nodes"] },
        },
      },
      [
        'peers.hub.mayReach[0]: must be one of nodes, apiServer, endpoints, lustre, runner; got "everything". Write nodes or apiServer or endpoints or lustre or runner',
      ],
    ],
    [
      "numbers with leading zeros, which some read as octal",
      { podCidr: "010.096.0.0/18", serviceCidr: "10.112.0.0/016" },
      [
        `podCidr: ${notARange}; got "010.096.0.0/18". 10.96.0.0/18 would be one`,
        `serviceCidr: ${notARange}; got "10.112.0.0/016". 10.112.0.0/16 would be one`,
      ],
    ],
    [
      "head nodes in a whole private class, and one range twice",
      { headNodeRanges: ["192.168.0.0/16", "10.1.0.0/24", "10.1.0.0/24"] },
      [
        `headNodeRanges[0]: ${tooWide}; got "192.168.0.0/16". Name the subnet of the head nodes`,
        'headNodeRanges[2]: must not stand twice; got "10.1.0.0/24". Leave one out',
      ],
    ],
    [
      "head nodes that have the addresses of pods",
      { headNodeRanges: ["10.96.4.0/24"] },
      [
        'headNodeRanges[0]: must not overlap podCidr (10.96.0.0/18); got "10.96.4.0/24". Name the subnet of the head nodes: to a scale set a pod has the address of its node',
      ],
    ],
    [
      "head nodes everywhere",
      { headNodeRanges: ["10.1.0.0/24", "0.0.0.0/0"] },
      [`headNodeRanges[1]: ${notPrivateHead}; got "0.0.0.0/0". Name the subnet of the head nodes`],
    ],
    [
      "a head node with host bits",
      { headNodeRanges: ["10.1.0.1/24"] },
      [`headNodeRanges[0]: ${notPrivateHead}; got "10.1.0.1/24". 10.1.0.0/24 would be one`],
    ],
    [
      "several things at once",
      { addressSpace: "10.64.0.0/21", podCidr: "x", natAddresses: -1 },
      [
        'addressSpace: must be a /8 to /20: a smaller one has no room for the subnets; got "10.64.0.0/21". A /16 holds 32,000 nodes',
        `podCidr: ${notARange}; got "x". Write four numbers, a slash and the length of the prefix`,
        "natAddresses: must be a whole number from 1 to 16; got -1. Use 1",
      ],
    ],
  ] satisfies [string, Partial<ClusterNetworkShape>, string[]][])("%s", (_, more, lines) => {
    expect(problemsOf(() => planned({ ...shape, ...more }, demand))).toEqual(lines);
  });

  const small = { addressSpace: "10.64.0.0/20", podCidr: "10.128.0.0/11" };
  it.each([
    [
      "2,044 nodes",
      { clusterNodes: 2044 },
      small,
      ['addressSpace: must give 2044 AKS nodes a /20, and gives a /21; got "10.64.0.0/20". Use a /19 or larger'],
    ],
    [
      "1,020 bare nodes",
      { scaleSetNodes: 1020 },
      small,
      ['addressSpace: must give 1020 scale-set nodes a /21, and gives a /22; got "10.64.0.0/20". Use a /19 or larger'],
    ],
    [
      "507 addresses of Lustre",
      { lustreAddresses: 507 },
      small,
      [
        'addressSpace: must give 507 addresses of Lustre a /23, and gives a /24; got "10.64.0.0/20". Use a /19 or larger',
      ],
    ],
    [
      "65 nodes in a pod range of 64",
      { clusterNodes: 65 },
      {},
      ['podCidr: must hold a /24 for each of 65 nodes, and has room for 64; got "10.96.0.0/18". Use a /17 or larger'],
    ],
  ] satisfies [string, Partial<Demand>, Partial<ClusterNetworkShape>, string[]][])(
    "without room for %s",
    (_, more, ranges, lines) => {
      expect(problemsOf(() => planned({ ...shape, ...ranges }, { ...demand, ...more }))).toEqual(lines);
    },
  );

  it.each([
    ["2,043 nodes", { clusterNodes: 2043 }, small],
    ["1,019 bare nodes", { scaleSetNodes: 1019 }, small],
    ["251 addresses of Lustre", { lustreAddresses: 251 }, small],
    ["64 nodes in a pod range of 64", { clusterNodes: 64 }, {}],
  ] satisfies [string, Partial<Demand>, Partial<ClusterNetworkShape>][])("not yet for %s", (_, more, ranges) => {
    const plan = planned({ ...shape, ...ranges }, { ...demand, ...more });
    expect(plan.subnets.length).toBeGreaterThanOrEqual(3);
  });

  it("and offers a range that is free of everything, whatever is taken", () => {
    const peerRanges = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 255 }), fc.constantFrom(9, 12, 16)).map(([second, prefixLength]) => {
        const size = addressCount({ base: 0, prefixLength });
        return formatCidr({ base: 10 * 2 ** 24 + Math.floor((second * 2 ** 16) / size) * size, prefixLength });
      }),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(peerRanges, (taken) => {
        const peers = { hub: { virtualNetworkResourceId: hub, addressSpace: taken } };
        let problems: MisconfiguredError["problems"] = [];
        try {
          planned({ ...shape, peers }, { ...demand, infiniband: true });
        } catch (error) {
          if (error instanceof MisconfiguredError) problems = error.problems;
        }
        // Ranges of peers can also overlap each other here: what is offered is for ours.
        for (const { remedy } of problems.filter(({ path }) => !path.startsWith("peers."))) {
          const free = cidr(/^(\S+) would fit$/.exec(remedy ?? "")?.[1] ?? "");
          const others = [...taken, shape.addressSpace, shape.podCidr, shape.serviceCidr];
          const kept = reservedRanges.map((it) => it.cidr);
          expect([...others, ...kept].filter((it) => overlaps(cidr(it), free))).toEqual([]);
        }
      }),
    );
  });

  it("more peerings than a network may have, quickly, and takes as many as that", () => {
    const many = (count: number): ClusterNetworkShape["peers"] =>
      Object.fromEntries(
        Array.from({ length: count }, (_, at) => [
          `p${at}`,
          {
            virtualNetworkResourceId: `${hub}-${at}`,
            addressSpace: [`172.${20 + Math.floor(at / 256)}.${at % 256}.0/24`],
          },
        ]),
      );
    expect(Object.keys(planned({ ...shape, peers: many(500) }, demand).peerings)).toHaveLength(500);
    const before = process.cpuUsage();
    expect(problemsOf(() => planned({ ...shape, peers: many(501) }, demand))).toEqual([
      "peers: must be at most 500: Azure takes no more peerings of one network; got 501. Reach some of them through a hub",
    ]);
    expect(process.cpuUsage(before).user).toBeLessThan(5e6);
  });

  it("more ranges of peers than one security group takes", () => {
    const ranges = Array.from({ length: 4001 }, (_, at) => `172.${20 + Math.floor(at / 256)}.${at % 256}.0/24`).slice(
      0,
      2800,
    );
    const more = Array.from({ length: 1300 }, (_, at) => `192.168.${Math.floor(at / 16)}.${(at % 16) * 16}/28`);
    const open = (mayReach: ("apiServer" | "nodes")[]): ClusterNetworkShape["peers"] => ({
      a: { virtualNetworkResourceId: hub, addressSpace: ranges, mayReach },
      b: { virtualNetworkResourceId: edge, addressSpace: more, mayReach },
    });
    expect(problemsOf(() => planned({ ...shape, peers: open(["apiServer"]) }, demand))).toEqual([
      "peers: must have at most 4000 ranges that may reach apiServer, head nodes and our own included; got 4104. Name wider ranges, or let fewer peers in",
    ]);
    expect(() => planned({ ...shape, peers: open([]) }, demand)).not.toThrow();
  });

  it("a peer that InfiniBand hides, where there is InfiniBand", () => {
    const peers = { hub: { virtualNetworkResourceId: hub, addressSpace: ["10.1.0.0/16", "172.16.8.0/24"] } };
    expect(Object.keys(planned({ ...shape, peers }, demand).peerings)).toEqual(["hub"]);
    expect(problemsOf(() => planned({ ...shape, peers }, { ...demand, infiniband: true }))).toEqual([
      'peers.hub.addressSpace[1]: is hidden by 172.16.0.0/16: InfiniBand uses it for IP over InfiniBand; got "172.16.8.0/24". Leave the range out: no node with InfiniBand reaches it',
    ]);
  });

  it("and is quick about it when only /32 of a full /8 is asked for", () => {
    const peers = {
      hub: { virtualNetworkResourceId: hub, addressSpace: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/32"] },
    };
    const before = process.cpuUsage();
    expect(problemsOf(() => planned({ ...shape, peers, podCidr: "192.168.0.0/32" }, demand))).toContain(
      'podCidr: must not overlap peers.hub.addressSpace[2] (192.168.0.0/32); got "192.168.0.0/32". 192.168.0.1/32 would fit',
    );
    expect(process.cpuUsage(before).user).toBeLessThan(5e6);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reservedRanges } from "../../../catalog/reserved-ranges";
import { addressCount, formatCidr, overlaps, parseCidr, type Cidr } from "../../../core/cidr";
import { MisconfiguredError } from "../../../core/problems";
import type { ClusterNetworkShape, NetworkDemand } from "../../../components/network/cluster-network-shape";
import { planClusterNetwork } from "../../../components/network/plan-cluster-network";
import { layOutSubnets } from "../../../components/network/subnet-layout";
import { problemsOf } from "../../recorded";

const shape: ClusterNetworkShape = {
  addressSpace: "10.64.0.0/18",
  podCidr: "10.96.0.0/18",
  serviceCidr: "10.112.0.0/16",
};
const demand: NetworkDemand = { clusterNodes: 7, scaleSetNodes: 0, lustreTiB: 0, infiniband: false };
const hub = "/subscriptions/s/resourceGroups/hub/providers/Microsoft.Network/virtualNetworks/hub";

function cidr(text: string): Cidr {
  const range = parseCidr(text);
  if (range === undefined) throw new Error(text);
  return range;
}

describe("planClusterNetwork", () => {
  it("gives a cluster alone three subnets", () => {
    expect(planClusterNetwork(shape, demand)).toEqual({
      addressSpace: "10.64.0.0/18",
      peers: {},
      natAddresses: 1,
      subnets: [
        { role: "nodes", addressPrefix: "10.64.0.0/19", outbound: true, securityRules: [] },
        { role: "endpoints", addressPrefix: "10.64.52.0/24", outbound: false, securityRules: [] },
        {
          role: "apiServer",
          addressPrefix: "10.64.53.0/26",
          delegation: "Microsoft.ContainerService/managedClusters",
          outbound: false,
          securityRules: [],
        },
      ],
    });
  });

  it("adds scale sets, closed to the rest of the network, and Lustre without delegation", () => {
    const inbound = {
      direction: "Inbound",
      protocol: "*",
      destinationPortRange: "*",
      destinationAddressPrefix: "10.64.32.0/20",
    };
    const own = {
      ...inbound,
      name: "allow-own-nodes",
      priority: 100,
      access: "Allow",
      sourceAddressPrefixes: ["10.64.32.0/20"],
    };
    const rest = {
      ...inbound,
      name: "deny-rest-of-network",
      priority: 4000,
      access: "Deny",
      sourceAddressPrefixes: ["VirtualNetwork"],
    };
    const wanted = { ...demand, scaleSetNodes: 2, lustreTiB: 16 };
    expect(planClusterNetwork(shape, wanted).subnets.slice(3)).toEqual([
      { role: "scaleSets", addressPrefix: "10.64.32.0/20", outbound: true, securityRules: [own, rest] },
      { role: "lustre", addressPrefix: "10.64.48.0/22", outbound: true, securityRules: [] },
    ]);

    const headNodeRanges = ["10.1.0.0/24", "192.168.7.0/24"];
    const withHead = planClusterNetwork({ ...shape, headNodeRanges }, wanted);
    expect(withHead.subnets[3]?.securityRules).toEqual([
      own,
      { ...inbound, name: "allow-head-nodes", priority: 110, access: "Allow", sourceAddressPrefixes: headNodeRanges },
      rest,
    ]);
  });

  it("places a subnet by the address space alone, whatever else is asked for", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 8, max: 20 }),
        fc.integer({ min: 1, max: 2000 }),
        fc.integer({ min: 0, max: 1000 }),
        fc.integer({ min: 0, max: 49 }),
        fc.boolean(),
        (prefixLength, clusterNodes, scaleSetNodes, lustreSteps, infiniband) => {
          const space = { base: 10 * 2 ** 24, prefixLength };
          const plan = planClusterNetwork(
            {
              addressSpace: formatCidr(space),
              podCidr: "172.24.0.0/14",
              serviceCidr: "192.168.0.0/16",
            },
            { clusterNodes: Math.min(clusterNodes, 1024), scaleSetNodes, lustreTiB: lustreSteps * 4, infiniband },
          );
          const layout = layOutSubnets(space);
          for (const { role, addressPrefix } of plan.subnets) expect(addressPrefix).toBe(formatCidr(layout[role]));
          const roles = plan.subnets.map((it) => it.role);
          expect(roles.includes("scaleSets")).toBe(scaleSetNodes > 0);
          expect(roles.includes("lustre")).toBe(lustreSteps > 0);
        },
      ),
    );
  });

  it.each([
    ["the largest space", { addressSpace: "10.0.0.0/8", podCidr: "172.24.0.0/14", serviceCidr: "192.168.0.0/16" }],
    ["the smallest space", { addressSpace: "10.64.0.0/20" }],
    ["shared address space for pods", { podCidr: "100.64.0.0/16" }],
    ["the largest service range", { serviceCidr: "10.112.0.0/13", podCidr: "10.96.0.0/18" }],
    ["a small service range", { serviceCidr: "10.112.0.0/27" }],
    ["16 outbound addresses", { natAddresses: 16 }],
    [
      "peers that overlap each other",
      {
        peers: {
          a: { virtualNetworkResourceId: hub, addressSpace: ["10.1.0.0/16"] },
          b: { virtualNetworkResourceId: hub, addressSpace: ["10.1.0.0/16", "8.8.8.0/24"] },
        },
      },
    ],
  ] satisfies [string, Partial<ClusterNetworkShape>][])("takes %s", (_, more) => {
    expect(planClusterNetwork({ ...shape, ...more }, demand).peers).toEqual("peers" in more ? more.peers : {});
  });

  it("takes 172.16.0.0/16 only where nothing uses InfiniBand", () => {
    const old = { ...shape, addressSpace: "172.16.0.0/18" };
    expect(planClusterNetwork(old, demand).subnets[0]?.addressPrefix).toBe("172.16.0.0/19");
    expect(problemsOf(() => planClusterNetwork(old, { ...demand, infiniband: true }))).toEqual([
      'addressSpace: must not overlap 172.16.0.0/16: InfiniBand uses it for IP over InfiniBand; got "172.16.0.0/18". 10.0.0.0/18 would fit',
    ]);
  });
});

const notARange = "must be an IPv4 range such as 10.64.0.0/16, with all host bits zero";
const notPrivate = "must be private (10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16)";
const hides = "must be private or within 100.64.0.0/10: pods could not reach the public addresses that it hides";
const notPrivateHead = "must be a private IPv4 range such as 10.1.0.0/24, with all host bits zero";

describe("planClusterNetwork fails", () => {
  it("under one subject", () => {
    expect(() => planClusterNetwork({ ...shape, natAddresses: 0 }, demand)).toThrow(
      "The cluster network is misconfigured:\n  natAddresses: must be a whole number from 1 to 16; got 0",
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
        `podCidr: ${hides}; got "169.254.0.0/18"`,
        'podCidr: must not overlap 169.254.0.0/16: AKS reserves it (link-local addresses); got "169.254.0.0/18". 10.0.0.0/18 would fit',
      ],
    ],
    [
      "services on documentation addresses",
      { serviceCidr: "192.0.2.0/24" },
      [
        `serviceCidr: ${hides}; got "192.0.2.0/24"`,
        'serviceCidr: must not overlap 192.0.2.0/24: AKS reserves it (addresses for documentation); got "192.0.2.0/24". 10.0.0.0/24 would fit',
      ],
    ],
    ["host bits", { addressSpace: "10.64.0.1/18" }, [`addressSpace: ${notARange}; got "10.64.0.1/18"`]],
    ["IPv6", { podCidr: "fd00::/48" }, [`podCidr: ${notARange}; got "fd00::/48"`]],
    ["an address for a range", { serviceCidr: "10.0.0.10" }, [`serviceCidr: ${notARange}; got "10.0.0.10"`]],
    [
      "a hidden character",
      { addressSpace: "10.64.0.0/18\u200b" },
      [`addressSpace: ${notARange}; got "10.64.0.0/18\\u200b"`],
    ],
    [
      "a peer with host bits",
      { peers: { hub: { virtualNetworkResourceId: hub, addressSpace: ["10.0.0.1/16"] } } },
      [`peers.hub.addressSpace[0]: ${notARange}; got "10.0.0.1/16"`],
    ],
    ["a public space", { addressSpace: "8.8.0.0/18" }, [`addressSpace: ${notPrivate}; got "8.8.0.0/18"`]],
    [
      "a space that is only partly private",
      { addressSpace: "192.128.0.0/9" },
      [`addressSpace: ${notPrivate}; got "192.128.0.0/9"`],
    ],
    ["public pods", { podCidr: "8.8.0.0/18" }, [`podCidr: ${hides}; got "8.8.0.0/18"`]],
    ["public services", { serviceCidr: "20.0.0.0/16" }, [`serviceCidr: ${hides}; got "20.0.0.0/16"`]],
    [
      "a space too small to lay out",
      { addressSpace: "10.64.0.0/21" },
      ['addressSpace: must be a /8 to /20: a smaller one has no room for the subnets; got "10.64.0.0/21"'],
    ],
    [
      "services above /12",
      { serviceCidr: "10.192.0.0/12" },
      ['serviceCidr: must be a /13 to /27; got "10.192.0.0/12"'],
    ],
    [
      "services below /27",
      { serviceCidr: "10.112.0.0/28" },
      ['serviceCidr: must be a /13 to /27; got "10.112.0.0/28"'],
    ],
    [
      "too many outbound addresses",
      { natAddresses: 17 },
      ["natAddresses: must be a whole number from 1 to 16; got 17"],
    ],
    ["half an outbound address", { natAddresses: 1.5 }, ["natAddresses: must be a whole number from 1 to 16; got 1.5"]],
    [
      "a peer that is no VNet",
      { peers: { hub: { virtualNetworkResourceId: "hub", addressSpace: [] } } },
      ['peers.hub.virtualNetworkResourceId: must be the ARM ID of a virtual network; got "hub"'],
    ],
    [
      "head nodes everywhere",
      { headNodeRanges: ["10.1.0.0/24", "0.0.0.0/0"] },
      [`headNodeRanges[1]: ${notPrivateHead}; got "0.0.0.0/0"`],
    ],
    [
      "a head node with host bits",
      { headNodeRanges: ["10.1.0.1/24"] },
      [`headNodeRanges[0]: ${notPrivateHead}; got "10.1.0.1/24"`],
    ],
    [
      "several things at once",
      { addressSpace: "10.64.0.0/21", podCidr: "x", natAddresses: -1 },
      [
        `podCidr: ${notARange}; got "x"`,
        'addressSpace: must be a /8 to /20: a smaller one has no room for the subnets; got "10.64.0.0/21"',
        "natAddresses: must be a whole number from 1 to 16; got -1",
      ],
    ],
  ] satisfies [string, Partial<ClusterNetworkShape>, string[]][])("%s", (_, more, lines) => {
    expect(problemsOf(() => planClusterNetwork({ ...shape, ...more }, demand))).toEqual(lines);
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
      "200 TiB of Lustre",
      { lustreTiB: 200 },
      small,
      ['addressSpace: must give 200 TiB of Lustre a /23, and gives a /24; got "10.64.0.0/20". Use a /19 or larger'],
    ],
    [
      "more Lustre than any source tells of",
      { lustreTiB: 404 },
      {},
      [
        "addressSpace: cannot be checked: no source says how large a subnet 404 TiB of Lustre need. Ask Azure's getRequiredAmlFSSubnetsSize, and split the data over environments",
      ],
    ],
    [
      "65 nodes in a pod range of 64",
      { clusterNodes: 65 },
      {},
      ['podCidr: must hold a /24 for each of 65 nodes, and has room for 64; got "10.96.0.0/18". Use a /17 or larger'],
    ],
  ] satisfies [string, Partial<NetworkDemand>, Partial<ClusterNetworkShape>, string[]][])(
    "without room for %s",
    (_, more, ranges, lines) => {
      expect(problemsOf(() => planClusterNetwork({ ...shape, ...ranges }, { ...demand, ...more }))).toEqual(lines);
    },
  );

  it.each([
    ["2,043 nodes", { clusterNodes: 2043 }, small],
    ["1,019 bare nodes", { scaleSetNodes: 1019 }, small],
    ["196 TiB of Lustre", { lustreTiB: 196 }, small],
    ["64 nodes in a pod range of 64", { clusterNodes: 64 }, {}],
  ] satisfies [string, Partial<NetworkDemand>, Partial<ClusterNetworkShape>][])("not yet for %s", (_, more, ranges) => {
    const plan = planClusterNetwork({ ...shape, ...ranges }, { ...demand, ...more });
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
          planClusterNetwork({ ...shape, peers }, { ...demand, infiniband: true });
        } catch (error) {
          if (error instanceof MisconfiguredError) problems = error.problems;
        }
        for (const { remedy } of problems) {
          const free = cidr(/^(\S+) would fit$/.exec(remedy ?? "")?.[1] ?? "");
          const others = [...taken, shape.addressSpace, shape.podCidr, shape.serviceCidr];
          const kept = reservedRanges.map((it) => it.cidr);
          expect([...others, ...kept].filter((it) => overlaps(cidr(it), free))).toEqual([]);
        }
      }),
    );
  });

  it("and is quick about it when only /32 of a full /8 is asked for", () => {
    const peers = {
      hub: { virtualNetworkResourceId: hub, addressSpace: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/32"] },
    };
    const before = performance.now();
    expect(problemsOf(() => planClusterNetwork({ ...shape, peers, podCidr: "192.168.0.0/32" }, demand))).toContain(
      'podCidr: must not overlap peers.hub.addressSpace[2] (192.168.0.0/32); got "192.168.0.0/32". 192.168.0.1/32 would fit',
    );
    expect(performance.now() - before).toBeLessThan(500);
  });
});

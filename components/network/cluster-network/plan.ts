import type { NetworkSecurityGroupArgs } from "@pulumi/azure-native/network/networkSecurityGroup";
import type { SubnetArgs } from "@pulumi/azure-native/network/subnet";
import type { VirtualNetworkArgs } from "@pulumi/azure-native/network/virtualNetwork";
import type { VirtualNetworkPeeringArgs } from "@pulumi/azure-native/network/virtualNetworkPeering";
import type { z } from "zod";
import { checkName } from "../../../azure/check-name";
import { limits } from "../../../catalog/limits";
import type { Place } from "../../../catalog/place";
import { contains, formatCidr, parseAddress, type Cidr } from "../../../core/cidr";
import { physicalName, roleOf } from "../../../core/names";
import { Problems } from "../../../core/problems";
import { readShape } from "../../../core/shape";
import { checkZoneIds } from "../check-ids";
import { checkOverlaps, checkPodRange, type NamedRange } from "../check-ranges";
import { machinesOf, needsOf, prefixFor } from "../needs";
import type { NetworkPlan } from "../network-plan";
import { outboundTypeOf } from "../outbound";
import { subnetSlots, type NetworkUser, type SubnetNeed, type SubnetRole } from "../subnet-ref";
import { checkPeers } from "./check-peers";
import { checkAddresses, readRanges } from "./read-ranges";
import { securityRules, type Whereabouts } from "./security-rules";
import { clusterNetworkShape, type ClusterNetworkShape } from "./shape";
import { longestAddressSpacePrefix, spaceFor, subnetRange } from "./subnet-layout";
import type { Unplaced } from "./unplaced";
import { planWayOut, type WayOut } from "./way-out";

/** One subnet of the plan, with the group that guards it. */
export interface SubnetPlan {
  readonly role: SubnetRole;
  /** Whether the network's way out is its own. */
  readonly outbound: boolean;
  readonly securityGroup: Unplaced<NetworkSecurityGroupArgs>;
  readonly subnet: Omit<
    SubnetArgs,
    "resourceGroupName" | "virtualNetworkName" | "networkSecurityGroup" | "natGateway" | "routeTable"
  >;
}

/** A checked network: what to ask of Azure, and what others have to know of it. */
export interface ClusterNetworkPlan extends NetworkPlan {
  readonly virtualNetwork: Unplaced<VirtualNetworkArgs> & { readonly virtualNetworkName: string };
  readonly wayOut: WayOut;
  /** In the order in which they are made. */
  readonly subnets: readonly SubnetPlan[];
  /** Bodies of the peerings, by name of the peer. */
  readonly peerings: Readonly<
    Record<string, Omit<VirtualNetworkPeeringArgs, "resourceGroupName" | "virtualNetworkName">>
  >;
}

type Shape = z.output<typeof clusterNetworkShape>;

/**
 * Plans subnets for what is put into the network, and checks every range against every other.
 * @throws MisconfiguredError with every problem of the shape
 */
export function planClusterNetwork(
  name: string,
  given: ClusterNetworkShape,
  { location, names }: Place,
  users: readonly NetworkUser[],
): ClusterNetworkPlan {
  const subject = `Cluster network '${name}'`;
  const shape = readShape(clusterNetworkShape, given, subject);
  const problems = new Problems();
  const own = roleOf(name, "net");
  const named = (type: string, ...roles: readonly string[]): string =>
    physicalName(type, names, [...(own === undefined ? [] : [own]), ...roles].join("-") || undefined);
  const virtualNetworkName = named("vnet");
  checkName("network:VirtualNetwork", virtualNetworkName, problems);

  const machines = machinesOf(users);
  const needs = needsOf(users);
  const ranges = readRanges(shape, problems);
  checkOverlaps(ranges, machines, problems);
  const space = ranges.find((it) => it.path === "addressSpace")?.cidr;
  if (space !== undefined) checkRoom(space, needs, problems);
  checkPodRange(ranges, needs.find((it) => it.role === "nodes")?.addresses ?? 0, problems);
  problems.requireWhole("natAddresses", shape.natAddresses, [1, limits.natGatewayAddresses.value]);
  checkAddresses(shape, ranges, problems);
  checkZoneIds(shape.privateDnsZones, problems);
  checkPeers(shape, { ranges, infiniband: machines.infiniband, subnets: needs.map(({ role }) => role) }, problems);
  problems.throwIfAny(subject);
  if (space === undefined) throw new Error(`${subject}: the checks let a network without a range pass`);

  const prefixOf = (role: SubnetRole): string => formatCidr(subnetRange(space, role));
  const { podCidr, serviceCidr, dnsServers, outbound } = shape;
  const where: Whereabouts = {
    subnets: new Map(needs.map(({ role }) => [role, prefixOf(role)])),
    asked: new Map(needs.map(({ role, opensTo = [] }) => [role, opensTo])),
    podCidr,
    headNodeRanges: shape.headNodeRanges,
    peers: Object.values(shape.peers),
  };
  const groups = needs.map(({ role }) => ({ role, rules: securityRules(role, where) }));
  for (const { role, rules } of groups) {
    const named = rules.reduce(
      (sum, it) => sum + (Array.isArray(it.sourceAddressPrefixes) ? it.sourceAddressPrefixes.length : 1),
      0,
    );
    const most = limits.securityGroupPrefixes.value;
    problems.require(
      named <= most,
      "peers",
      `must have at most ${most} ranges that may reach ${role}, head nodes and our own included`,
      {
        got: named,
        remedy: "Name wider ranges, or let fewer peers in",
      },
    );
  }
  problems.throwIfAny(subject);
  const rulesOf = new Map(groups.map(({ role, rules }) => [role, rules]));
  return {
    podCidr,
    serviceCidr,
    endpointCidr: prefixOf("endpoints"),
    subnetRanges: Object.fromEntries(where.subnets),
    outboundType: outboundTypeOf(outbound),
    peers: Object.fromEntries(
      Object.entries(shape.peers).map(([peer, { virtualNetworkResourceId }]) => [peer, virtualNetworkResourceId]),
    ),
    foreignDns: dnsServers.some((server) => Object.keys(shape.peers).some((peer) => holds(peer, server, ranges))),
    zoneLinks: zoneLinks(shape, ranges),
    privateDnsZones: shape.privateDnsZones,
    // No `subnets`, not even []: subnets listed here and made on their own delete each other
    // (pulumi/pulumi-azure-native#611).
    virtualNetwork: {
      location,
      virtualNetworkName,
      addressSpace: { addressPrefixes: [shape.addressSpace] },
      ...(dnsServers.length > 0 && { dhcpOptions: { dnsServers: [...dnsServers] } }),
    },
    wayOut: planWayOut(shape, location, named),
    subnets: needs.map(({ role }) => {
      const { delegation, outbound } = subnetSlots[role];
      return {
        role,
        outbound,
        securityGroup: {
          location,
          networkSecurityGroupName: named("nsg", role.toLowerCase()),
          securityRules: rulesOf.get(role) ?? [],
        },
        subnet: {
          subnetName: `snet-${role.toLowerCase()}`,
          addressPrefix: prefixOf(role),
          defaultOutboundAccess: false,
          privateEndpointNetworkPolicies: "Enabled",
          ...(delegation !== null && { delegations: [{ name: "owner", serviceName: delegation }] }),
        },
      };
    }),
    peerings: Object.fromEntries(
      Object.entries(shape.peers).map(([peer, { virtualNetworkResourceId }]) => [
        peer,
        {
          virtualNetworkPeeringName: peer,
          remoteVirtualNetwork: { id: virtualNetworkResourceId },
          allowVirtualNetworkAccess: true,
          // What a firewall hands on comes from elsewhere.
          allowForwardedTraffic: outbound !== "natGateway" && holds(peer, outbound.firewall.nextHopAddress, ranges),
          allowGatewayTransit: false,
          useRemoteGateways: false,
        },
      ]),
    ),
  };
}

/** Peers that need the names of private endpoints: to reach these, or because a DNS server there answers for all. */
function zoneLinks({ peers, dnsServers }: Shape, ranges: readonly NamedRange[]): NetworkPlan["zoneLinks"] {
  return Object.fromEntries(
    Object.entries(peers)
      .filter(
        ([name, { mayReach }]) =>
          mayReach.includes("endpoints") || dnsServers.some((server) => holds(name, server, ranges)),
      )
      .map(([name, { virtualNetworkResourceId }]) => [name, virtualNetworkResourceId]),
  );
}

/** Whether an address is a peer's. */
function holds(peer: string, address: string, ranges: readonly NamedRange[]): boolean {
  const one = parseAddress(address);
  return ranges.some(({ path, cidr }) => path.startsWith(`peers.${peer}.`) && one !== undefined && contains(cidr, one));
}

/** Whether each subnet is large enough for what shares it. */
function checkRoom(space: Cidr, needs: readonly SubnetNeed[], problems: Problems): void {
  if (space.prefixLength > longestAddressSpacePrefix) return;
  for (const need of needs) {
    const { role, addresses, what } = need;
    if (addresses === 0) continue;
    const has = subnetRange(space, role).prefixLength;
    const needed = prefixFor(need);
    problems.require(
      has <= needed,
      "addressSpace",
      `must give ${addresses} ${what} a /${needed}, and gives a /${has}`,
      { got: formatCidr(space), remedy: `Use a /${spaceFor(role, needed)} or larger` },
    );
  }
}

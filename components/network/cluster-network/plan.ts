import type { NatGatewayArgs } from "@pulumi/azure-native/network/natGateway";
import type { NetworkSecurityGroupArgs } from "@pulumi/azure-native/network/networkSecurityGroup";
import type { PublicIPAddressArgs } from "@pulumi/azure-native/network/publicIPAddress";
import type { SubnetArgs } from "@pulumi/azure-native/network/subnet";
import type { VirtualNetworkArgs } from "@pulumi/azure-native/network/virtualNetwork";
import type { VirtualNetworkPeeringArgs } from "@pulumi/azure-native/network/virtualNetworkPeering";
import { checkName } from "../../../azure/check-name";
import { limits } from "../../../catalog/limits";
import type { Place } from "../../../catalog/place";
import { formatCidr, prefixLengthFor, type Cidr } from "../../../core/cidr";
import { physicalName, roleOf } from "../../../core/names";
import { Problems } from "../../../core/problems";
import { readShape } from "../../../core/shape";
import { reservedAddresses, subnetSlots, type NetworkUser, type SubnetNeed, type SubnetRole } from "../subnet-ref";
import { checkPeers } from "./check-peers";
import { checkOverlaps, checkPodRange, readRanges } from "./check-ranges";
import { securityRules, type Whereabouts } from "./security-rules";
import { clusterNetworkShape, type ClusterNetworkShape } from "./shape";
import { longestAddressSpacePrefix, spaceFor, subnetRange } from "./subnet-layout";

/** One subnet of the plan, with the group that guards it. */
export interface SubnetPlan {
  readonly role: SubnetRole;
  /** Whether it is connected to the NAT gateway. */
  readonly outbound: boolean;
  readonly securityGroup: Unplaced<NetworkSecurityGroupArgs>;
  readonly subnet: Omit<SubnetArgs, "resourceGroupName" | "virtualNetworkName" | "networkSecurityGroup" | "natGateway">;
}

/** A checked network: what to ask of Azure, and what others have to know of it. */
export interface ClusterNetworkPlan {
  readonly virtualNetwork: Unplaced<VirtualNetworkArgs> & { readonly virtualNetworkName: string };
  readonly natGateway: Omit<Unplaced<NatGatewayArgs>, "publicIpAddresses">;
  /** Bodies of the public addresses of the NAT gateway, by logical role. */
  readonly publicAddresses: Readonly<Record<string, Unplaced<PublicIPAddressArgs>>>;
  /** In the order in which they are made. */
  readonly subnets: readonly SubnetPlan[];
  /** Bodies of the peerings, by name of the peer. */
  readonly peerings: Readonly<
    Record<string, Omit<VirtualNetworkPeeringArgs, "resourceGroupName" | "virtualNetworkName">>
  >;
  readonly podCidr: string;
  readonly serviceCidr: string;
  /** Range of the private endpoints. */
  readonly endpointCidr: string;
}

/** A body without its group and tags. */
type Unplaced<Args> = Omit<Args, "resourceGroupName" | "tags">;

/** What every network has, whatever is put into it: the cluster's subnets and that of the private endpoints. */
const always: readonly SubnetNeed[] = [
  { role: "nodes", addresses: 0, what: "AKS nodes" },
  { role: "endpoints", addresses: 0, what: "private endpoints" },
  { role: "apiServer", addresses: 0, what: "the API server" },
];

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

  const infiniband = users.some((it) => it.infiniband);
  const needs = together([...always, ...users.flatMap((it) => it.subnets)]);
  const ranges = readRanges(shape, problems);
  checkOverlaps(ranges, infiniband, problems);
  const space = ranges.find((it) => it.path === "addressSpace")?.cidr;
  const pods = ranges.find((it) => it.path === "podCidr")?.cidr;
  const nodes = needs.find((it) => it.role === "nodes")?.addresses ?? 0;
  if (space !== undefined) checkRoom(space, needs, problems);
  if (pods !== undefined) checkPodRange(pods, nodes, problems);
  problems.requireWhole("natAddresses", shape.natAddresses, [1, limits.natGatewayAddresses.value]);
  checkPeers(shape, { ranges, infiniband, subnets: needs.map(({ role }) => role) }, problems);
  problems.throwIfAny(subject);
  if (space === undefined) throw new Error(`${subject}: the checks let a network without a range pass`);

  const prefixOf = (role: SubnetRole): string => formatCidr(subnetRange(space, role));
  const where: Whereabouts = {
    subnets: new Map(needs.map(({ role }) => [role, prefixOf(role)])),
    podCidr: shape.podCidr,
    headNodeRanges: shape.headNodeRanges,
    peers: Object.values(shape.peers),
  };
  const sku = { name: "Standard" } as const;
  return {
    podCidr: shape.podCidr,
    serviceCidr: shape.serviceCidr,
    endpointCidr: prefixOf("endpoints"),
    // No `subnets`, not even []: subnets listed here and made on their own delete each other
    // (pulumi/pulumi-azure-native#611).
    virtualNetwork: { location, virtualNetworkName, addressSpace: { addressPrefixes: [shape.addressSpace] } },
    natGateway: { location, sku, natGatewayName: named("ng"), idleTimeoutInMinutes: 10 },
    publicAddresses: Object.fromEntries(
      Array.from({ length: shape.natAddresses }, (_, at) => `nat-${at + 1}`).map((role) => [
        role,
        { location, sku, publicIpAddressName: named("pip", role), publicIPAllocationMethod: "Static" },
      ]),
    ),
    subnets: needs.map(({ role }) => {
      const { delegation, outbound } = subnetSlots[role];
      return {
        role,
        outbound,
        securityGroup: {
          location,
          networkSecurityGroupName: named("nsg", role.toLowerCase()),
          securityRules: securityRules(role, where),
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
          allowForwardedTraffic: false,
          allowGatewayTransit: false,
          useRemoteGateways: false,
        },
      ]),
    ),
  };
}

/** Needs of one role added up: what every network has first, then the others in the order of their slots. */
function together(needs: readonly SubnetNeed[]): SubnetNeed[] {
  const byRole = new Map<SubnetRole, SubnetNeed>();
  for (const need of needs) {
    const before = byRole.get(need.role);
    byRole.set(need.role, before === undefined ? need : { ...need, addresses: before.addresses + need.addresses });
  }
  const order = Object.keys(subnetSlots);
  const rank = ({ role }: SubnetNeed): number => (always.some((it) => it.role === role) ? -1 : order.indexOf(role));
  return [...byRole.values()].sort((a, b) => rank(a) - rank(b));
}

/** Whether each subnet is large enough for what shares it. */
function checkRoom(space: Cidr, needs: readonly SubnetNeed[], problems: Problems): void {
  if (space.prefixLength > longestAddressSpacePrefix) return;
  for (const { role, addresses, what } of needs) {
    if (addresses === 0) continue;
    const has = subnetRange(space, role).prefixLength;
    const needed = prefixLengthFor(addresses + reservedAddresses);
    problems.require(
      has <= needed,
      "addressSpace",
      `must give ${addresses} ${what} a /${needed}, and gives a /${has}`,
      { got: formatCidr(space), remedy: `Use a /${spaceFor(role, needed)} or larger` },
    );
  }
}

import { limits } from "../../catalog/limits";
import { lustreSubnetPrefixLength } from "../../catalog/lustre-tiers";
import { formatCidr, prefixLengthFor, type Cidr } from "../../core/cidr";
import { Problems } from "../../core/problems";
import { checkOverlaps, checkPodRange, readRanges } from "./check-ranges";
import type { ClusterNetworkShape, NetworkDemand, PeerShape } from "./cluster-network-shape";
import {
  layOutSubnets,
  longestAddressSpacePrefix,
  reservedAddresses,
  spaceFor,
  type SubnetRole,
} from "./subnet-layout";

/** One subnet of the plan. */
export interface SubnetPlan {
  readonly role: SubnetRole;
  readonly addressPrefix: string;
  /** Service that owns the subnet, `undefined` when none does. */
  readonly delegation?: string;
  /** Whether outbound traffic goes through the NAT gateway. */
  readonly outbound: boolean;
  readonly securityRules: readonly SecurityRulePlan[];
}

/** One rule of a network security group, in the words of Azure. */
export interface SecurityRulePlan {
  readonly name: string;
  readonly priority: number;
  readonly direction: "Inbound" | "Outbound";
  readonly access: "Allow" | "Deny";
  readonly protocol: "*" | "Tcp";
  readonly sourceAddressPrefixes: readonly string[];
  readonly destinationPortRange: string;
  readonly destinationAddressPrefix: string;
}

/** A checked network: what to ask of Azure. */
export interface ClusterNetworkPlan {
  readonly addressSpace: string;
  readonly subnets: readonly SubnetPlan[];
  readonly peers: Readonly<Record<string, PeerShape>>;
  readonly natAddresses: number;
}

/**
 * Plans subnets and checks every range against every other.
 * @throws MisconfiguredError with every problem of the shape
 */
export function planClusterNetwork(shape: ClusterNetworkShape, demand: NetworkDemand): ClusterNetworkPlan {
  const problems = new Problems();
  const ranges = readRanges(shape, problems);
  checkOverlaps(ranges, demand, problems);

  const space = ranges.find((it) => it.path === "addressSpace")?.cidr;
  const subnets = space === undefined ? [] : planSubnets(space, shape, demand, problems);
  const pods = ranges.find((it) => it.path === "podCidr")?.cidr;
  if (pods !== undefined) checkPodRange(pods, demand.clusterNodes, problems);
  const natAddresses = shape.natAddresses ?? 1;
  problems.requireWhole("natAddresses", natAddresses, [1, limits.natGatewayAddresses.value]);
  for (const [name, peer] of Object.entries(shape.peers ?? {})) {
    const id = peer.virtualNetworkResourceId;
    problems.require(
      /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Network\/virtualNetworks\/[^/]+$/i.test(
        id,
      ),
      `peers.${name}.virtualNetworkResourceId`,
      "must be the ARM ID of a virtual network",
      { got: id },
    );
  }
  problems.throwIfAny("The cluster network");
  return { addressSpace: shape.addressSpace, subnets, peers: shape.peers ?? {}, natAddresses };
}

function planSubnets(space: Cidr, shape: ClusterNetworkShape, demand: NetworkDemand, problems: Problems): SubnetPlan[] {
  if (space.prefixLength > longestAddressSpacePrefix) return [];
  const layout = layOutSubnets(space);
  const needs = (role: SubnetRole, prefixLength: number, what: string): void => {
    const has = layout[role].prefixLength;
    problems.require(has <= prefixLength, "addressSpace", `must give ${what} a /${prefixLength}, and gives a /${has}`, {
      got: formatCidr(space),
      remedy: `Use a /${spaceFor(role, prefixLength)} or larger`,
    });
  };
  needs("nodes", prefixLengthFor(demand.clusterNodes + reservedAddresses), `${demand.clusterNodes} AKS nodes`);

  const subnets: SubnetPlan[] = [
    { role: "nodes", addressPrefix: formatCidr(layout.nodes), outbound: true, securityRules: [] },
    { role: "endpoints", addressPrefix: formatCidr(layout.endpoints), outbound: false, securityRules: [] },
    {
      role: "apiServer",
      addressPrefix: formatCidr(layout.apiServer),
      delegation: "Microsoft.ContainerService/managedClusters",
      outbound: false,
      securityRules: [],
    },
  ];
  if (demand.scaleSetNodes > 0) {
    needs(
      "scaleSets",
      prefixLengthFor(demand.scaleSetNodes + reservedAddresses),
      `${demand.scaleSetNodes} scale-set nodes`,
    );
    subnets.push({
      role: "scaleSets",
      addressPrefix: formatCidr(layout.scaleSets),
      outbound: true,
      securityRules: scaleSetRules(formatCidr(layout.scaleSets), shape.headNodeRanges ?? []),
    });
  }
  if (demand.lustreTiB > 0) {
    const prefixLength = lustreSubnetPrefixLength(demand.lustreTiB);
    if (prefixLength === null) {
      problems.require(
        false,
        "addressSpace",
        `cannot be checked: no source says how large a subnet ${demand.lustreTiB} TiB of Lustre need`,
        {
          remedy: "Ask Azure's getRequiredAmlFSSubnetsSize, and split the data over environments",
        },
      );
    } else needs("lustre", prefixLength, `${demand.lustreTiB} TiB of Lustre`);
    // Alone and without delegation: the service takes the addresses by itself.
    subnets.push({ role: "lustre", addressPrefix: formatCidr(layout.lustre), outbound: true, securityRules: [] });
  }
  return subnets;
}

/** MPI between the nodes, any port from head nodes (Slurm, Ray and MPI choose theirs), nothing else from the network. */
function scaleSetRules(subnet: string, headNodeRanges: readonly string[]): SecurityRulePlan[] {
  const inbound = {
    direction: "Inbound",
    protocol: "*",
    destinationPortRange: "*",
    destinationAddressPrefix: subnet,
  } as const;
  return [
    { ...inbound, name: "allow-own-nodes", priority: 100, access: "Allow", sourceAddressPrefixes: [subnet] },
    ...(headNodeRanges.length === 0
      ? []
      : [
          {
            ...inbound,
            name: "allow-head-nodes",
            priority: 110,
            access: "Allow",
            sourceAddressPrefixes: headNodeRanges,
          } as const,
        ]),
    {
      ...inbound,
      name: "deny-rest-of-network",
      priority: 4000,
      access: "Deny",
      sourceAddressPrefixes: ["VirtualNetwork"],
    },
  ];
}

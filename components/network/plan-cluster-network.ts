import { limits } from "../catalog/limits";
import { lustreSubnetPrefixLength } from "../catalog/lustre-tiers";
import { reservedRanges } from "../catalog/reserved-ranges";
import {
  addressCount,
  contains,
  firstFree,
  formatCidr,
  overlaps,
  parseCidr,
  prefixLengthFor,
  privateRanges,
  type Cidr,
} from "../core/cidr";
import { Problems } from "../core/problems";
import {
  layOutSubnets,
  longestAddressSpacePrefix,
  reservedAddresses,
  spaceFor,
  type SubnetRole,
} from "./subnet-layout";

/** What decides how the network looks: plain values, no wiring. */
export interface ClusterNetworkShape {
  /** Address space of the VNet, /8 to /20, private. Azure moves no subnet that is in use: another one is another environment. */
  readonly addressSpace: string;
  /**
   * Range of pod addresses, one /24 per node. Never routed, but must not meet anything the pods want to reach. Changing it
   * replaces the cluster.
   */
  readonly podCidr: string;
  /** Range of Kubernetes services, /13 to /27. Changing it replaces the cluster. */
  readonly serviceCidr: string;
  /** Networks to peer with, by name. @default none */
  readonly peers?: Readonly<Record<string, PeerShape>>;
  /** Ranges of head nodes that may reach the scale sets, for example a Slurm scheduler's. @default none */
  readonly headNodeRanges?: readonly string[];
  /** Public addresses of the NAT gateway, 1 to 16: 64,512 outbound flows to one destination each. @default 1 */
  readonly natAddresses?: number;
}

/** A network to peer with. */
export interface PeerShape {
  /** ARM ID of the other VNet. */
  readonly virtualNetworkResourceId: string;
  /** Its address space. */
  readonly addressSpace: readonly string[];
}

/** What the environment puts into the network. */
export interface NetworkDemand {
  /** AKS nodes at most, surge included. */
  readonly clusterNodes: number;
  /** Nodes of all scale sets without Kubernetes. */
  readonly scaleSetNodes: number;
  /** Size of the Managed Lustre file system in TiB, 0 without one. */
  readonly lustreTiB: number;
  /** Whether anything uses InfiniBand, which keeps 172.16.0.0/16 for itself. */
  readonly infiniband: boolean;
}

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
  const most = limits.natGatewayAddresses.value;
  problems.require(
    Number.isInteger(natAddresses) && natAddresses >= 1 && natAddresses <= most,
    "natAddresses",
    `must be a whole number from 1 to ${most}`,
    { got: natAddresses },
  );
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

interface NamedRange {
  readonly path: string;
  readonly cidr: Cidr;
}

function readRanges(shape: ClusterNetworkShape, problems: Problems): NamedRange[] {
  const texts: [path: string, text: string][] = [
    ["addressSpace", shape.addressSpace],
    ["podCidr", shape.podCidr],
    ["serviceCidr", shape.serviceCidr],
    ...Object.entries(shape.peers ?? {}).flatMap(([name, peer]) =>
      peer.addressSpace.map((text, at): [string, string] => [`peers.${name}.addressSpace[${at}]`, text]),
    ),
  ];
  const found: NamedRange[] = [];
  for (const [path, text] of texts) {
    const cidr = parseCidr(text);
    if (cidr === undefined)
      problems.require(false, path, "must be an IPv4 range such as 10.64.0.0/16, with all host bits zero", {
        got: text,
      });
    else found.push({ path, cidr });
  }
  (shape.headNodeRanges ?? []).forEach((text, at) => {
    const cidr = parseCidr(text);
    problems.require(
      cidr !== undefined && isPrivate(cidr),
      `headNodeRanges[${at}]`,
      "must be a private IPv4 range such as 10.1.0.0/24, with all host bits zero",
      { got: text },
    );
  });
  const space = found.find((it) => it.path === "addressSpace");
  if (space !== undefined) {
    const { prefixLength } = space.cidr;
    problems.require(
      isPrivate(space.cidr),
      "addressSpace",
      "must be private (10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16)",
      { got: shape.addressSpace },
    );
    problems.require(
      prefixLength >= 8 && prefixLength <= longestAddressSpacePrefix,
      "addressSpace",
      `must be a /8 to /${longestAddressSpacePrefix}: a smaller one has no room for the subnets`,
      { got: shape.addressSpace },
    );
  }
  for (const { path, cidr } of found.filter((it) => it.path === "podCidr" || it.path === "serviceCidr")) {
    problems.require(
      isPrivate(cidr) || contains(sharedRange, cidr),
      path,
      "must be private or within 100.64.0.0/10: pods could not reach the public addresses that it hides",
      { got: formatCidr(cidr) },
    );
  }
  const services = found.find((it) => it.path === "serviceCidr");
  if (services !== undefined) {
    const { prefixLength } = services.cidr;
    // AKS takes a range "smaller than /12". Source: MicrosoftDocs/azure-aks-docs configure-azure-cni.md
    problems.require(prefixLength >= 13 && prefixLength <= 27, "serviceCidr", "must be a /13 to /27", {
      got: shape.serviceCidr,
    });
  }
  return found;
}

/** Shared address space of RFC 6598: nobody's on the internet, but peers of some networks. */
const sharedRange: Cidr = { base: 100 * 2 ** 24 + 64 * 2 ** 16, prefixLength: 10 };

/** Whether every address of a range is private: a range that only meets private space holds addresses of others. */
function isPrivate(cidr: Cidr): boolean {
  return privateRanges.some((it) => contains(it, cidr));
}

function checkOverlaps(ranges: readonly NamedRange[], demand: NetworkDemand, problems: Problems): void {
  const taken = ranges.map((it) => it.cidr);
  const reserved = reservedRanges.filter((it) => it.appliesTo === "aks" || demand.infiniband);
  const forbidden = reserved.flatMap((it) => parseCidr(it.cidr) ?? []);
  const suggest = (cidr: Cidr): string | undefined => {
    const free = firstFree(privateRanges, cidr.prefixLength, [...taken, ...forbidden]);
    return free === undefined ? undefined : `${formatCidr(free)} would fit`;
  };
  ranges.forEach((range, at) => {
    for (const other of ranges.slice(at + 1)) {
      // Peers are somebody else's business among themselves.
      if (range.path.startsWith("peers.") && other.path.startsWith("peers.")) continue;
      if (!overlaps(range.cidr, other.cidr)) continue;
      // A peer is there already: the range that can still move is ours.
      const [moves, stays] = other.path.startsWith("peers.") ? [range, other] : [other, range];
      problems.require(false, moves.path, `must not overlap ${stays.path} (${formatCidr(stays.cidr)})`, {
        got: formatCidr(moves.cidr),
        remedy: suggest(moves.cidr),
      });
    }
    for (const { cidr, reason } of reserved) {
      const kept = parseCidr(cidr);
      if (kept === undefined || range.path.startsWith("peers.") || !overlaps(range.cidr, kept)) continue;
      problems.require(false, range.path, `must not overlap ${cidr}: ${reason}`, {
        got: formatCidr(range.cidr),
        remedy: suggest(range.cidr),
      });
    }
  });
}

function checkPodRange(pods: Cidr, clusterNodes: number, problems: Problems): void {
  const perNode = 32 - limits.overlayPrefixPerNode.value;
  const room = Math.floor(addressCount(pods) / 2 ** perNode);
  problems.require(
    room >= clusterNodes,
    "podCidr",
    `must hold a /${limits.overlayPrefixPerNode.value} for each of ${clusterNodes} nodes, and has room for ${room}`,
    {
      got: formatCidr(pods),
      remedy: `Use a /${prefixLengthFor(clusterNodes * 2 ** perNode)} or larger`,
    },
  );
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

import type { network } from "@pulumi/azure-native/types/input";
import type { SubnetRole } from "../subnet-ref";
import { flows, type Flow } from "./flows";

/** Where everybody of the table of flows is, as ranges. */
export interface Whereabouts {
  /** Ranges of the subnets that exist. */
  readonly subnets: ReadonlyMap<SubnetRole, string>;
  readonly podCidr: string;
  /** Subnets from which a subnet asks to be reached. @default none */
  readonly asked?: ReadonlyMap<SubnetRole, readonly SubnetRole[]>;
  /** Ranges of head nodes. */
  readonly headNodeRanges: readonly string[];
  readonly peers: readonly { readonly addressSpace: readonly string[]; readonly mayReach: readonly Flow["to"][] }[];
}

/** Priority of the last rule, after which come Azure's own: these let in the network, and nobody else. */
const last = 4000;

/**
 * Rules of the group that guards a subnet: a rule for each flow into it, then nothing more from the network and its peers.
 * What comes from the internet Azure denies by itself. Nothing is said of what goes out.
 */
export function securityRules(role: SubnetRole, where: Whereabouts): network.SecurityRuleArgs[] {
  const subnet = where.subnets.get(role);
  if (subnet === undefined) throw new Error(`There is no subnet for ${role}.`);
  const allowed = flows.flatMap(({ from, to, protocol, ports, why, asked }, at): network.SecurityRuleArgs[] => {
    if (asked === true && where.asked?.get(role)?.some((it) => it === from) !== true) return [];
    const senders = rangesOf(from, to, where);
    // Traffic between pods crosses the network as it is, and the group of the nodes sees it.
    const guarded = to === role || (to === "pods" && role === "nodes");
    if (!guarded || senders.length === 0) return [];
    return [
      {
        name:
          from === to && to !== "pods" ? "allow-own-subnet" : `allow-${kebab(from)}${to === "pods" ? "-to-pods" : ""}`,
        description: why,
        priority: 100 + 10 * at,
        direction: "Inbound",
        access: "Allow",
        protocol,
        sourcePortRange: "*",
        ...sourcesOf(senders),
        destinationAddressPrefix: to === "pods" ? where.podCidr : subnet,
        ...portsOf(ports),
      },
    ];
  });
  return [
    ...allowed,
    {
      name: "deny-rest-of-network",
      description: "Whoever is not named above, in this network or a peer",
      priority: last,
      direction: "Inbound",
      access: "Deny",
      protocol: "*",
      sourcePortRange: "*",
      sourceAddressPrefix: "VirtualNetwork",
      destinationAddressPrefix: subnet,
      destinationPortRange: "*",
    },
  ];
}

/** Ranges of a sender, none where there is no such sender. */
function rangesOf(from: Flow["from"], to: Flow["to"], where: Whereabouts): readonly string[] {
  switch (from) {
    case "pods":
      return [where.podCidr];
    case "headNodes":
      return where.headNodeRanges;
    case "peers":
      return where.peers.flatMap(({ addressSpace, mayReach }) => (mayReach.includes(to) ? addressSpace : []));
    case "loadBalancer":
      return ["AzureLoadBalancer"];
    case "azureMonitor":
      return ["AzureMonitor"];
    default: {
      const range = where.subnets.get(from);
      return range === undefined ? [] : [range];
    }
  }
}

/** Azure takes one prefix here and several there, and never both. */
function sourcesOf(ranges: readonly string[]): Partial<network.SecurityRuleArgs> {
  const [first = "", ...more] = ranges;
  return more.length === 0 ? { sourceAddressPrefix: first } : { sourceAddressPrefixes: [...ranges] };
}

/** As for prefixes: one port here, several there. */
function portsOf(ports: readonly string[]): Partial<network.SecurityRuleArgs> {
  const [first = "", ...more] = ports;
  return more.length === 0 ? { destinationPortRange: first } : { destinationPortRanges: [...ports] };
}

function kebab(word: string): string {
  return word.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

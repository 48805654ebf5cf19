import type { TeamNamespacePlan } from "../../../components/tenancy/team-namespace/plan";
import { contains, parseCidr } from "../../../core/cidr";

/** Something on the network: a pod where it has a namespace. */
export interface Host {
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly address: string;
  /** What Cilium knows it as. */
  readonly entity?: string;
}

/** A way that is asked for. */
export interface Way {
  readonly from: Host;
  readonly to: Host;
  readonly port: number;
}

type Direction = "ingress" | "egress";

/**
 * Whether policies let a connection through: both ends must, and an end that no policy looks at does. Addresses of pods count as those of
 * other hosts do, which is more than Cilium lets through.
 * Source: https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export function isOpen({ from, to, port }: Way, plans: readonly TeamNamespacePlan[]): boolean {
  return opens("egress", from, to, port, plans) && opens("ingress", to, from, port, plans);
}

function opens(
  direction: Direction,
  own: Host,
  peer: Host,
  port: number,
  plans: readonly TeamNamespacePlan[],
): boolean {
  const plan = plans.find((it) => it.namespace.metadata.name === own.namespace);
  if (plan === undefined) return true;
  const entities =
    direction === "egress" ? (plan.apiServerPolicy?.spec.egress.flatMap((it) => it.toEntities) ?? []) : [];
  if (peer.entity !== undefined && entities.includes(peer.entity)) return true;
  return plan.networkPolicies.some((policy) => {
    const { spec } = JSON.parse(JSON.stringify(policy)) as { readonly spec: Spec };
    return (spec[direction] ?? []).some(({ ports = [], to, from }) => {
      const peers = (direction === "egress" ? to : from) ?? [];
      return (ports.length === 0 || ports.some((it) => it.port === port)) && peers.some((it) => isPeer(it, own, peer));
    });
  });
}

/** What the policies of teams use of their kind. */
type Spec = { readonly [D in Direction]?: readonly Rule[] };
interface Rule {
  readonly ports?: readonly { readonly port: number }[];
  readonly to?: readonly Peer[];
  readonly from?: readonly Peer[];
}
interface Peer {
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
  readonly namespaceSelector?: Selector;
  readonly podSelector?: Selector;
}
interface Selector {
  readonly matchLabels?: Readonly<Record<string, string>>;
}

function isPeer({ ipBlock, namespaceSelector, podSelector }: Peer, own: Host, peer: Host): boolean {
  if (ipBlock !== undefined) {
    const { cidr, except = [] } = ipBlock;
    return inRange(cidr, peer.address) && !except.some((it) => inRange(it, peer.address));
  }
  if (peer.namespace === undefined) return false;
  const ofNamespace =
    namespaceSelector === undefined
      ? peer.namespace === own.namespace
      : matches(namespaceSelector, { "kubernetes.io/metadata.name": peer.namespace });
  return ofNamespace && matches(podSelector ?? {}, peer.labels ?? {});
}

function matches({ matchLabels = {} }: Selector, labels: Readonly<Record<string, string>>): boolean {
  return Object.entries(matchLabels).every(([label, value]) => labels[label] === value);
}

function inRange(range: string, address: string): boolean {
  const [outer, inner] = [parseCidr(range), parseCidr(`${address}/32`)];
  if (outer === undefined || inner === undefined) throw new Error(`No range and address: ${range}, ${address}`);
  return contains(outer, inner);
}

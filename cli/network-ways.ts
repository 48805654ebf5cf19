import type { TeamNamespacePlan } from "../components/tenancy/team-namespace/plan";
import { covers } from "../core/host-patterns";
import { contains, parseCidr } from "../core/cidr";

/** Something on the network: a pod where it has a namespace. */
export interface Host {
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly address: string;
  /** What Cilium knows it as beside its address. */
  readonly entity?: string;
  /** Name by which a pod asks for it. */
  readonly name?: string;
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
  if (
    direction === "egress" &&
    plan.ciliumNetworkPolicies.some(({ spec }) => spec.egress.some((it) => leadsTo(it, peer, port)))
  )
    return true;
  return plan.networkPolicies.some((policy) => {
    const { spec } = JSON.parse(JSON.stringify(policy)) as { readonly spec: Spec };
    return (spec[direction] ?? []).some(({ ports = [], to, from }) => {
      const peers = (direction === "egress" ? to : from) ?? [];
      return (ports.length === 0 || ports.some((it) => it.port === port)) && peers.some((it) => isPeer(it, own, peer));
    });
  });
}

/** Whether a rule of Cilium's own kind lets a connection out. */
function leadsTo(
  { toEntities, toEndpoints, toFQDNs, toPorts }: CiliumRule,
  { entity, name, ...peer }: Host,
  port: number,
): boolean {
  const named = (toFQDNs ?? []).map((it) => ("matchName" in it ? it.matchName : it.matchPattern));
  const selected = (toEndpoints ?? []).some(({ matchLabels }) =>
    Object.entries(matchLabels).every(([label, value]) =>
      label === "k8s:io.kubernetes.pod.namespace"
        ? peer.namespace === value
        : peer.labels?.[label.replace(/^k8s:/, "")] === value,
    ),
  );
  const isPeer =
    (entity !== undefined && toEntities?.includes(entity) === true) ||
    (name !== undefined && covers(named, name)) ||
    selected;
  return isPeer && (toPorts === undefined || toPorts.some(({ ports }) => ports.some((it) => it.port === String(port))));
}

type CiliumRule = TeamNamespacePlan["ciliumNetworkPolicies"][number]["spec"]["egress"][number];

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

import { privateDnsZone } from "../../../azure/rows";
import { entraAddresses, entraHost } from "../../../catalog/entra";
import type * as k8s from "@pulumi/kubernetes/types/input";
import { volumeKindNames, volumeKinds } from "../volumes/volume-kinds";
import { clusterDomain } from "./host-name";

type NetworkPolicySpec = k8s.networking.v1.NetworkPolicySpec;

/** Services beyond the namespace that its pods may reach, each by a rule of its own. */
export const reachable = ["apiServer", "entra"] as const;
export type Reachable = (typeof reachable)[number];

/** What decides the ways in and out of a namespace. */
export interface NetworkPaths {
  /** How far pods reach, or the hosts that they reach. */
  readonly egress: EgressMode | readonly string[];
  readonly reach: readonly Reachable[];
  /** Namespaces whose pods may come in, on every port: operators, gateways, monitoring. */
  readonly ingressFrom: readonly string[];
  /** Range of the private endpoints, null without any. */
  readonly endpointCidr: string | null;
}

/** How far pods of a namespace reach beyond it. `https` is any public address on port 443. */
export const egressModes = ["closed", "https"] as const;
export type EgressMode = (typeof egressModes)[number];

/** Instance metadata: a pod that reaches it can act as the node. */
const instanceMetadata = "169.254.169.254/32";

/**
 * Where the platform talks to each machine, by a public address that leads nowhere else.
 * Source: https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16
 */
const wireServer = "168.63.129.16/32";

/**
 * Everything is denied both ways, then the few allowed ways are named. Network policies do not see InfiniBand: tenants
 * that must not reach each other there need pools of their own.
 */
export function namespaceNetworkPolicies({
  egress,
  reach,
  ingressFrom,
  endpointCidr,
}: NetworkPaths): Readonly<Record<string, NetworkPolicySpec>> {
  const port443 = [{ protocol: "TCP", port: 443 }];
  return {
    "default-deny": { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
    // Where hosts are named, the policy that names them says which names may be looked up: this one would let all be.
    ...(typeof egress === "string" && {
      "allow-dns": {
        podSelector: {},
        policyTypes: ["Egress"],
        egress: [
          {
            to: [
              {
                namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
                podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
              },
            ],
            ports: [
              { protocol: "UDP", port: 53 },
              { protocol: "TCP", port: 53 },
            ],
          },
        ],
      },
    }),
    // All ports: rendezvous, the NCCL bootstrap, MPI and model routers choose theirs at run time.
    "allow-own-namespace": {
      podSelector: {},
      policyTypes: ["Ingress", "Egress"],
      ingress: [{ from: [{ podSelector: {} }] }],
      egress: [{ to: [{ podSelector: {} }] }],
    },
    ...(endpointCidr !== null && {
      "allow-private-endpoints": {
        podSelector: {},
        policyTypes: ["Egress"],
        egress: [{ to: [{ ipBlock: { cidr: endpointCidr } }], ports: port443 }],
      },
    }),
    ...(reach.includes("entra") && {
      "allow-entra": {
        podSelector: {},
        policyTypes: ["Egress"],
        egress: [{ to: entraAddresses.map((cidr) => ({ ipBlock: { cidr } })), ports: port443 }],
      },
    }),
    ...(ingressFrom.length > 0 && {
      "allow-from-namespaces": {
        podSelector: {},
        policyTypes: ["Ingress"],
        ingress: [
          {
            from: ingressFrom.map((it) => ({
              namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": it } },
            })),
          },
        ],
      },
    }),
    ...(egress === "https" && {
      "allow-https": {
        podSelector: {},
        policyTypes: ["Egress"],
        egress: [
          {
            to: [
              {
                ipBlock: {
                  cidr: "0.0.0.0/0",
                  except: [
                    "10.0.0.0/8",
                    "172.16.0.0/12",
                    "192.168.0.0/16",
                    "100.64.0.0/10",
                    instanceMetadata,
                    wireServer,
                  ],
                },
              },
            ],
            ports: port443,
          },
        ],
      },
    }),
  };
}

/** A CiliumNetworkPolicy without its namespace. */
export interface CiliumNetworkPolicy {
  readonly metadata: { readonly name: string };
  /** What we use of its spec. */
  readonly spec: { readonly endpointSelector: object; readonly egress: readonly CiliumEgress[] };
}

interface CiliumEgress {
  readonly toEntities?: readonly string[];
  readonly toEndpoints?: readonly { readonly matchLabels: Readonly<Record<string, string>> }[];
  readonly toFQDNs?: readonly NamePattern[];
  readonly toPorts?: readonly {
    readonly ports: readonly { readonly port: string; readonly protocol: "TCP" | "ANY" }[];
    readonly rules?: { readonly dns: readonly NamePattern[] };
  }[];
}

type NamePattern = { readonly matchName: string } | { readonly matchPattern: string };

/** What only Cilium's own kind of policy can say: where the API server is, and which host a name is. */
export function ciliumNetworkPolicies(
  paths: Pick<NetworkPaths, "reach" | "egress" | "endpointCidr">,
): readonly CiliumNetworkPolicy[] {
  const { reach, egress } = paths;
  return [
    // It knows the server as an entity, while its address is known to no plan and may change.
    // Source: https://docs.cilium.io/en/stable/security/policy/language/#entities-based
    ...(reach.includes("apiServer") ? [policyOf("allow-api-server", [{ toEntities: ["kube-apiserver"] }])] : []),
    ...(typeof egress === "string" ? [] : [policyOf("allow-hosts", toHosts(egress, paths))]),
  ];
}

function policyOf(name: string, egress: readonly CiliumEgress[]): CiliumNetworkPolicy {
  return { metadata: { name }, spec: { endpointSelector: {}, egress } };
}

/**
 * Hosts by their names, on port 443, which instance metadata and wire server do not have, wherever a name leads. Cilium learns the
 * addresses of a name from the answers that pods get, so a look-up has to be allowed as well; all others are refused, and so no name can
 * carry anything out.
 * Source: MicrosoftDocs/azure-aks-docs:articles/aks/how-to-apply-fqdn-filtering-policies.md (2024-07-30)
 */
function toHosts(
  hosts: readonly string[],
  { endpointCidr }: Pick<NetworkPaths, "endpointCidr">,
): readonly CiliumEgress[] {
  const dns = [
    ...searched.flatMap((domain) => below(domain, searchedLabels)),
    entraHost,
    ...(endpointCidr === null ? [] : storageZones),
    ...hosts,
  ].map(patternOf);
  return [
    {
      toEndpoints: [{ matchLabels: { "k8s:io.kubernetes.pod.namespace": "kube-system", "k8s:k8s-app": "kube-dns" } }],
      toPorts: [{ ports: [{ port: "53", protocol: "ANY" }], rules: { dns } }],
    },
    { toFQDNs: hosts.map(patternOf), toPorts: [{ ports: [{ port: "443", protocol: "TCP" }] }] },
  ];
}

/**
 * Domains that a pod's resolver tries behind every name: those of the cluster, and that of Azure's machines. A refusal would end the
 * search of some resolvers before they come to the name itself, so what these domains do not have the servers say. Nobody outside answers
 * for them.
 * Source: https://docs.cilium.io/en/stable/security/policy/language/#dns-policy-and-ip-discovery (search lists)
 */
const searched = [clusterDomain, "internal.cloudapp.net"] as const;

/** Labels before such a domain: of a pod behind a service, or of a host with four labels and what the search puts behind it. */
const searchedLabels = 7;

/** Names of storage at private endpoints. */
const storageZones = [
  ...new Set(
    volumeKindNames.flatMap((kind) =>
      volumeKinds[kind].privateEndpoints.map((group) => privateDnsZone(group).replace(/^privatelink/, "*")),
    ),
  ),
];

/** Every name below a domain, since a wildcard stands for one label. */
function below(domain: string, labels: number): string[] {
  return Array.from({ length: labels }, (_, more) => `${"*.".repeat(more + 1)}${domain}`);
}

function patternOf(name: string): NamePattern {
  return name.includes("*") ? { matchPattern: name } : { matchName: name };
}

import { entraAddresses } from "../../../catalog/entra";
import type * as k8s from "@pulumi/kubernetes/types/input";

type NetworkPolicySpec = k8s.networking.v1.NetworkPolicySpec;

/** Services beyond the namespace that its pods may reach, each by a rule of its own. */
export const reachable = ["apiServer", "entra"] as const;
export type Reachable = (typeof reachable)[number];

/** What decides the ways in and out of a namespace. */
export interface NetworkPaths {
  readonly egress: EgressMode;
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

/**
 * The way to the API server, null where the team has none. Cilium's own kind of policy: it knows the server as an entity, while its
 * address is known to no plan and may change.
 * Source: https://docs.cilium.io/en/stable/security/policy/language/#entities-based
 */
export function apiServerPolicy({ reach }: Pick<NetworkPaths, "reach">): CiliumNetworkPolicySpec | null {
  return reach.includes("apiServer") ? { endpointSelector: {}, egress: [{ toEntities: ["kube-apiserver"] }] } : null;
}

/** What we use of a CiliumNetworkPolicy. */
export interface CiliumNetworkPolicySpec {
  readonly endpointSelector: object;
  readonly egress: readonly { readonly toEntities: readonly string[] }[];
}

import type * as k8s from "@pulumi/kubernetes/types/input";

type NetworkPolicySpec = k8s.networking.v1.NetworkPolicySpec;

/** How far pods of a namespace reach beyond it. `https` is any public address on port 443. */
export const egressModes = ["closed", "https"] as const;
export type EgressMode = (typeof egressModes)[number];

/** Instance metadata: a pod that reaches it can act as the node. */
const instanceMetadata = "169.254.169.254/32";

/**
 * Everything is denied both ways, then the few allowed ways are named. Network policies do not see InfiniBand: tenants
 * that must not reach each other there need pools of their own.
 */
export function namespaceNetworkPolicies(
  egressMode: EgressMode,
  endpointCidr: string | null,
): Readonly<Record<string, NetworkPolicySpec>> {
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
    ...(egressMode === "https" && {
      "allow-https": {
        podSelector: {},
        policyTypes: ["Egress"],
        egress: [
          {
            to: [
              {
                ipBlock: {
                  cidr: "0.0.0.0/0",
                  except: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", instanceMetadata],
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

import { describe, expect, it } from "vitest";
import { egressModes, namespaceNetworkPolicies } from "../../../../components/tenancy/team-namespace/network-rules";

const port443 = [{ protocol: "TCP", port: 443 }];
const always = {
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
  "allow-own-namespace": {
    podSelector: {},
    policyTypes: ["Ingress", "Egress"],
    ingress: [{ from: [{ podSelector: {} }] }],
    egress: [{ to: [{ podSelector: {} }] }],
  },
};
const privateEndpoints = {
  "allow-private-endpoints": {
    podSelector: {},
    policyTypes: ["Egress"],
    egress: [{ to: [{ ipBlock: { cidr: "10.64.52.0/24" } }], ports: port443 }],
  },
};
const https = {
  "allow-https": {
    podSelector: {},
    policyTypes: ["Egress"],
    egress: [
      {
        to: [
          {
            ipBlock: {
              cidr: "0.0.0.0/0",
              except: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.169.254/32"],
            },
          },
        ],
        ports: port443,
      },
    ],
  },
};

describe("namespaceNetworkPolicies", () => {
  it.each([
    ["closed", null, always],
    ["closed", "10.64.52.0/24", { ...always, ...privateEndpoints }],
    ["https", null, { ...always, ...https }],
    ["https", "10.64.52.0/24", { ...always, ...privateEndpoints, ...https }],
  ] as const)("with egress %s and endpoints in %s names every way out, and no other", (mode, cidr, policies) => {
    expect(namespaceNetworkPolicies(mode, cidr)).toEqual(policies);
  });

  it.each(egressModes)("never lets anybody in from outside the namespace, with egress %s", (mode) => {
    const policies = Object.values(namespaceNetworkPolicies(mode, "10.64.52.0/24"));
    const ingress = policies.map((it) => it.ingress).filter((it) => it !== undefined);
    expect(ingress).toEqual([[{ from: [{ podSelector: {} }] }]]);
  });
});

import { describe, expect, it } from "vitest";
import {
  apiServerPolicy,
  egressModes,
  namespaceNetworkPolicies,
  type NetworkPaths,
} from "../../../../components/tenancy/team-namespace/network-rules";

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
              except: [
                "10.0.0.0/8",
                "172.16.0.0/12",
                "192.168.0.0/16",
                "100.64.0.0/10",
                "169.254.169.254/32",
                "168.63.129.16/32",
              ],
            },
          },
        ],
        ports: port443,
      },
    ],
  },
};

const entra = {
  "allow-entra": {
    podSelector: {},
    policyTypes: ["Egress"],
    egress: [
      {
        to: ["20.20.32.0/19", "20.190.128.0/18", "20.231.128.0/19", "40.126.0.0/18"].map((cidr) => ({
          ipBlock: { cidr },
        })),
        ports: port443,
      },
    ],
  },
};
const fromNamespaces = {
  "allow-from-namespaces": {
    podSelector: {},
    policyTypes: ["Ingress"],
    ingress: [
      {
        from: ["ray-system", "monitoring"].map((it) => ({
          namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": it } },
        })),
      },
    ],
  },
};
const closed: NetworkPaths = { egress: "closed", reach: [], ingressFrom: [], endpointCidr: null };

describe("namespaceNetworkPolicies", () => {
  it.each([
    [{}, always],
    [{ endpointCidr: "10.64.52.0/24" }, { ...always, ...privateEndpoints }],
    [{ egress: "https" }, { ...always, ...https }],
    [
      { egress: "https", endpointCidr: "10.64.52.0/24" },
      { ...always, ...privateEndpoints, ...https },
    ],
    [{ reach: ["entra"] }, { ...always, ...entra }],
    [{ reach: ["apiServer"] }, always],
    [{ ingressFrom: ["ray-system", "monitoring"] }, { ...always, ...fromNamespaces }],
  ] satisfies [Partial<NetworkPaths>, object][])("with %j names every way, and no other", (paths, policies) => {
    expect(namespaceNetworkPolicies({ ...closed, ...paths })).toEqual(policies);
  });

  it.each(egressModes)("never lets anybody in whom nobody named, with egress %s", (egress) => {
    const policies = namespaceNetworkPolicies({ ...closed, egress, reach: ["apiServer", "entra"] });
    const ingress = Object.values(policies).flatMap((it) => (it.ingress === undefined ? [] : [it.ingress]));
    expect(ingress).toEqual([[{ from: [{ podSelector: {} }] }]]);
  });
});

it("opens the API server only to a team that reaches it", () => {
  expect(apiServerPolicy({ reach: ["entra"] })).toBeNull();
  expect(apiServerPolicy({ reach: ["apiServer"] })).toEqual({
    endpointSelector: {},
    egress: [{ toEntities: ["kube-apiserver"] }],
  });
});

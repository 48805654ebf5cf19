import { describe, expect, it } from "vitest";
import {
  ciliumNetworkPolicies,
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
    // Names are looked up by another policy's leave.
    [
      { egress: ["pypi.org"] },
      { "default-deny": always["default-deny"], "allow-own-namespace": always["allow-own-namespace"] },
    ],
  ] satisfies [Partial<NetworkPaths>, object][])("with %j names every way, and no other", (paths, policies) => {
    expect(namespaceNetworkPolicies({ ...closed, ...paths })).toEqual(policies);
  });

  it.each(egressModes)("never lets anybody in whom nobody named, with egress %s", (egress) => {
    const policies = namespaceNetworkPolicies({ ...closed, egress, reach: ["apiServer", "entra"] });
    const ingress = Object.values(policies).flatMap((it) => (it.ingress === undefined ? [] : [it.ingress]));
    expect(ingress).toEqual([[{ from: [{ podSelector: {} }] }]]);
  });
});

describe("ciliumNetworkPolicies", () => {
  const named = { reach: [], endpointCidr: null } as const;

  it("opens the API server only to a team that reaches it", () => {
    expect(ciliumNetworkPolicies({ ...named, egress: "https", reach: ["entra"] })).toEqual([]);
    expect(ciliumNetworkPolicies({ ...named, egress: "closed", reach: ["apiServer"] })).toEqual([
      {
        metadata: { name: "allow-api-server" },
        spec: { endpointSelector: {}, egress: [{ toEntities: ["kube-apiserver"] }] },
      },
    ]);
  });

  it("opens hosts by name on port 443, and the look-up of those and of names that nobody outside answers for", () => {
    const [policy, ...more] = ciliumNetworkPolicies({ ...named, egress: ["pypi.org", "*.hf.co"] });
    expect(more).toEqual([]);
    const inside = ["cluster.local", "internal.cloudapp.net"].flatMap((domain) =>
      [1, 2, 3, 4, 5, 6, 7].map((labels) => ({ matchPattern: `${"*.".repeat(labels)}${domain}` })),
    );
    const hosts = [{ matchName: "pypi.org" }, { matchPattern: "*.hf.co" }];
    expect(policy).toEqual({
      metadata: { name: "allow-hosts" },
      spec: {
        endpointSelector: {},
        egress: [
          {
            toEndpoints: [
              { matchLabels: { "k8s:io.kubernetes.pod.namespace": "kube-system", "k8s:k8s-app": "kube-dns" } },
            ],
            toPorts: [
              {
                ports: [{ port: "53", protocol: "ANY" }],
                rules: { dns: [...inside, { matchName: "login.microsoftonline.com" }, ...hosts] },
              },
            ],
          },
          { toFQDNs: hosts, toPorts: [{ ports: [{ port: "443", protocol: "TCP" }] }] },
        ],
      },
    });
  });

  it("lets names of storage be looked up where there are private endpoints, and opens no way to it by them", () => {
    const [policy] = ciliumNetworkPolicies({ ...named, egress: ["pypi.org"], endpointCidr: "10.64.52.0/24" });
    const [lookUp, hosts] = policy?.spec.egress ?? [];
    expect(lookUp?.toPorts?.[0]?.rules?.dns.slice(-3)).toEqual([
      { matchPattern: "*.blob.core.windows.net" },
      { matchPattern: "*.dfs.core.windows.net" },
      { matchName: "pypi.org" },
    ]);
    expect(hosts?.toFQDNs).toEqual([{ matchName: "pypi.org" }]);
  });

  it("names no pattern that is every name, which AKS refuses", () => {
    const [policy] = ciliumNetworkPolicies({ ...named, egress: ["pypi.org"] });
    const patterns = (policy?.spec.egress[0]?.toPorts?.[0]?.rules?.dns ?? []).flatMap((it) =>
      "matchPattern" in it ? [it.matchPattern] : [],
    );
    expect(patterns.filter((it) => !/\.(cluster\.local|internal\.cloudapp\.net)$/.test(it))).toEqual([]);
  });
});

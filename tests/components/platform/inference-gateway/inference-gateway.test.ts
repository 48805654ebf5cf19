import { beforeAll, describe, expect, it } from "vitest";
import { addOns } from "../../../../components/platform/add-ons";
import { admissionPolicy } from "../../../../components/platform/admission-policy";
import { routeRules } from "../../../../components/platform/inference-gateway/route-rules";
import { planPlatform, type PlatformPlan } from "../../../../components/platform/plan-platform";
import { read } from "../../../../core/property-tree";
import { toProps } from "../../../../core/property-value";
import { problemsOf } from "../../../recorded";
import { type ChartSource, chartInModule, unknownPaths } from "../chart-values";

const { certManager, gatewayApi, inferencePools, inferenceGatewayKinds, inferenceGateway } = addOns;
const { leaderWorkerSet, kServeKinds, kServeController } = addOns;
const rows = { inferenceGateway, inferenceGatewayKinds, inferencePools, gatewayApi, certManager };
const hostName = "*.models.example.com";
const own = { hostName, tls: { secret: "wildcard" } };

const planOf = (choices: object, more: object = {}): PlatformPlan =>
  planPlatform(rows, { ...choices }, { kubernetesVersion: "1.36", pools: [], ...more });

const gatewayOf = (choice: object, others: object = {}): PlatformPlan["addOns"][number] | undefined =>
  planOf({ ...others, inferenceGateway: choice }).addOns.find(({ key }) => key === "inferenceGateway");

describe("the gateway of models", () => {
  it("is installed with its kinds and those of the Gateway API, in their order", () => {
    expect(planOf({ inferenceGateway: own }).addOns.map(({ key, after }) => [key, after])).toEqual([
      ["gatewayApi", []],
      ["inferencePools", []],
      ["inferenceGatewayKinds", []],
      ["inferenceGateway", ["gatewayApi", "inferencePools", "inferenceGatewayKinds"]],
    ]);
  });

  it("tells models its name and how many pods answer", () => {
    expect(planOf({ inferenceGateway: own }).handsOver).toEqual({
      modelGateway: { namespace: "inference-gateway", name: "models", hostName: own.hostName, replicas: 2 },
    });
  });

  it("is two charts, in a namespace that is closed but for what it opens", () => {
    const [kinds, gateway] = planOf({ inferenceGateway: own }).addOns.slice(2);
    expect(kinds).toEqual({
      key: "inferenceGatewayKinds",
      name: "inference-gateway-kinds",
      aliases: [],
      after: [],
      namespace: {
        apiVersion: "v1",
        kind: "Namespace",
        metadata: {
          name: "inference-gateway",
          labels: {
            "pod-security.kubernetes.io/enforce": "restricted",
            "pod-security.kubernetes.io/warn": "restricted",
            "pod-security.kubernetes.io/audit": "restricted",
            "pod-security.kubernetes.io/enforce-version": "v1.36",
            "azure-gpu-cluster/workload": "platform",
          },
        },
      },
      ingress: {
        apiVersion: "networking.k8s.io/v1",
        kind: "NetworkPolicy",
        metadata: { name: "ingress", namespace: "inference-gateway" },
        spec: { podSelector: {}, policyTypes: ["Ingress"] },
      },
      release: {
        name: "agentgateway-crds",
        namespace: "inference-gateway",
        chart: "oci://cr.agentgateway.dev/charts/agentgateway-crds",
        version: "v1.4.1",
        atomic: true,
        timeout: 600,
        values: {},
      },
      crds: {},
      objects: {},
      handsOver: {},
    });
    expect(gateway?.release).toEqual({
      name: "agentgateway",
      namespace: "inference-gateway",
      chart: "oci://cr.agentgateway.dev/charts/agentgateway",
      version: "v1.4.1",
      atomic: true,
      timeout: 600,
      values: {
        inferenceExtension: { enabled: true },
        discoveryNamespaceSelectors: [
          { matchLabels: { "azure-gpu-cluster/workload": "inference" } },
          { matchLabels: { "kubernetes.io/metadata.name": "inference-gateway" } },
        ],
        controller: { replicaCount: 2, podDisruptionBudget: { minAvailable: 1 } },
        podSecurityContext: { seccompProfile: { type: "RuntimeDefault" } },
        resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { cpu: "2", memory: "1Gi" } },
      },
    });
  });

  it("answers on a private address, with a certificate of the user's, for routes of inference teams alone", () => {
    const metadata = { name: "models", namespace: "inference-gateway" };
    const ofGateway = { matchLabels: { "gateway.networking.k8s.io/gateway-name": "models" } };
    expect(gatewayOf(own)?.objects).toEqual({
      "inference-gateway-parameters": {
        apiVersion: "agentgateway.dev/v1alpha1",
        kind: "AgentgatewayParameters",
        metadata,
        spec: {
          resources: { requests: { cpu: "500m", memory: "512Mi" }, limits: { cpu: "4", memory: "2Gi" } },
          deployment: {
            spec: {
              replicas: 2,
              template: { spec: { securityContext: { seccompProfile: { type: "RuntimeDefault" } } } },
            },
          },
          podDisruptionBudget: { spec: { minAvailable: 1 } },
          service: {
            metadata: { annotations: { "service.beta.kubernetes.io/azure-load-balancer-internal": "true" } },
          },
        },
      },
      "inference-gateway": {
        apiVersion: "gateway.networking.k8s.io/v1",
        kind: "Gateway",
        metadata,
        spec: {
          gatewayClassName: "agentgateway",
          infrastructure: {
            parametersRef: { group: "agentgateway.dev", kind: "AgentgatewayParameters", name: "models" },
          },
          listeners: [
            {
              name: "https",
              hostname: hostName,
              port: 443,
              protocol: "HTTPS",
              tls: { mode: "Terminate", certificateRefs: [{ kind: "Secret", name: "wildcard" }] },
              allowedRoutes: {
                kinds: [{ group: "gateway.networking.k8s.io", kind: "HTTPRoute" }],
                namespaces: {
                  from: "Selector",
                  selector: { matchLabels: { "azure-gpu-cluster/workload": "inference" } },
                },
              },
            },
          ],
        },
      },
      "inference-gateway-requests": {
        apiVersion: "networking.k8s.io/v1",
        kind: "NetworkPolicy",
        metadata: { name: "requests", namespace: "inference-gateway" },
        spec: {
          podSelector: ofGateway,
          policyTypes: ["Ingress"],
          ingress: [{ ports: [{ protocol: "TCP", port: 443 }] }],
        },
      },
      "inference-gateway-configuration": {
        apiVersion: "networking.k8s.io/v1",
        kind: "NetworkPolicy",
        metadata: { name: "configuration", namespace: "inference-gateway" },
        spec: {
          podSelector: { matchLabels: { agentgateway: "agentgateway" } },
          policyTypes: ["Ingress"],
          ingress: [{ from: [{ podSelector: ofGateway }], ports: [{ protocol: "TCP", port: 9978 }] }],
        },
      },
      // What it lets in and what not is asked of a real API server (tests/simulator/kubernetes/model-service.test.ts).
      ...admissionPolicy("inference-gateway-routes", routeRules(hostName)),
    });
  });

  it("gets its certificate from cert-manager where an issuer is named", () => {
    const plan = gatewayOf({ hostName, tls: { issuer: "dns" } }, { certManager: {} });
    expect(plan?.after).toContain("certManager");
    expect(plan?.objects["inference-gateway-certificate"]).toEqual({
      apiVersion: "cert-manager.io/v1",
      kind: "Certificate",
      metadata: { name: "models", namespace: "inference-gateway" },
      spec: {
        secretName: "models-tls",
        dnsNames: [hostName],
        issuerRef: { group: "cert-manager.io", kind: "ClusterIssuer", name: "dns" },
      },
    });
    expect(read(plan?.objects["inference-gateway"], "spec.listeners[0].tls.certificateRefs")).toEqual([
      { kind: "Secret", name: "models-tls" },
    ]);
  });

  it("is without TLS where somebody says so, on another port", () => {
    const objects = gatewayOf({ hostName, tls: { off: true } })?.objects ?? {};
    expect(read(objects["inference-gateway"], "spec.listeners[0]")).toMatchObject({
      name: "http",
      port: 80,
      protocol: "HTTP",
    });
    expect(read(objects["inference-gateway"], "spec.listeners[0].tls")).toBeUndefined();
    expect(read(objects["inference-gateway-requests"], "spec.ingress")).toEqual([
      { ports: [{ protocol: "TCP", port: 80 }] },
    ]);
  });

  it("is public where somebody says so, for the ranges that they name", () => {
    const allowedSources = ["203.0.113.0/24", "198.51.100.7/32"];
    const objects = gatewayOf({ ...own, exposure: "public", allowedSources })?.objects ?? {};
    expect(read(objects["inference-gateway-parameters"], "spec.service")).toEqual({
      metadata: { annotations: { "service.beta.kubernetes.io/azure-load-balancer-internal": "false" } },
      spec: { loadBalancerSourceRanges: allowedSources },
    });
  });

  it("is what models of KServe take that name no other", () => {
    const all = { ...rows, leaderWorkerSet, kServeKinds, kServeController };
    const gatewayOfModels = (choices: object): unknown => {
      const { addOns: planned } = planPlatform(all, { ...choices }, { kubernetesVersion: "1.36", pools: [] });
      const { release } = planned.find(({ key }) => key === "kServeController") ?? {};
      return read(release?.values, "kserve.controller.gateway.ingressGateway.kserveGateway");
    };
    expect(gatewayOfModels({ kServeController: {} })).toBeUndefined();
    expect(gatewayOfModels({ kServeController: {}, inferenceGateway: own })).toBe("inference-gateway/models");
    expect(gatewayOfModels({ kServeController: { gateway: "mine/all" }, inferenceGateway: own })).toBe("mine/all");
  });

  it("is installed only where it is asked for", () => {
    expect(planOf({}).addOns).toEqual([]);
    expect(planOf({ inferenceGateway: false, inferenceGatewayKinds: false }).addOns).toEqual([]);
  });

  it("is fetched from one place, and from its mirror", () => {
    const images = ["agentgateway", "controller"].map((it) => `cr.agentgateway.dev/${it}:v1.4.1`);
    const charts = ["agentgateway-crds", "agentgateway"].map((it) => `oci://cr.agentgateway.dev/charts/${it}:v1.4.1`);
    expect(planOf({ inferenceGateway: own }).fetches.map(({ from }) => from)).toEqual([...images, ...charts]);
    const plan = planOf(
      { inferenceGateway: own },
      { imageMirrors: { "cr.agentgateway.dev": "mirror.azurecr.io/agw" } },
    );
    expect(plan.fetches.filter(({ to }) => !/^(oci:\/\/)?mirror\.azurecr\.io\/agw\//.test(to))).toEqual([]);
    expect(plan.addOns.at(-1)?.release).toMatchObject({
      chart: "oci://mirror.azurecr.io/agw/charts/agentgateway",
      values: { image: { registry: "mirror.azurecr.io/agw" } },
    });
  });
});

describe("wrong choices", () => {
  it.each([
    ["gatewayApi", "inferenceGateway"],
    ["inferencePools", "inferenceGateway"],
    ["inferenceGatewayKinds", "inferenceGateway"],
  ])("fail without %s", (missing, needing) => {
    expect(problemsOf(() => planOf({ inferenceGateway: own, [missing]: false }))).toEqual([
      `${missing}: cannot be left out: ${needing} needs it; got false. Remove it, or write ${needing}: false as well`,
    ]);
  });

  it("fail without a name and without a word on TLS", () => {
    expect(problemsOf(() => planOf({ inferenceGateway: {} }))).toEqual([
      "inferenceGateway.hostName: must be given: text. Add hostName: ...",
      expect.stringMatching(/^inferenceGateway\.tls: must be (given: )?a mapping/),
    ]);
  });

  it.each([
    [{}, "none of them"],
    [{ issuer: "dns", secret: "wildcard" }, "issuer, secret"],
    [{ secret: "wildcard", off: true }, "secret, off"],
  ])("fail with the TLS %j", (tls, got) => {
    expect(problemsOf(() => planOf({ certManager: {}, inferenceGateway: { hostName, tls } }))).toEqual([
      `inferenceGateway.tls: must have one of issuer, secret and off; got "${got}". For example tls: { issuer: <ClusterIssuer> }`,
    ]);
  });

  it.each(["models", "*", "*.com.", "a.*.example.com", "https://models.example.com", "Models.example.com"])(
    "fail with the name %s",
    (wrong) => {
      expect(problemsOf(() => planOf({ inferenceGateway: { ...own, hostName: wrong } }))).toEqual([
        expect.stringMatching(/^inferenceGateway\.hostName: must be a name in DNS in lowercase, or \*\. and a domain/),
      ]);
    },
  );

  it("fail with an issuer and nobody who asks it", () => {
    expect(problemsOf(() => planOf({ inferenceGateway: { hostName, tls: { issuer: "dns" } } }))).toEqual([
      "inferenceGateway.tls.issuer: needs certManager, which makes the certificate and renews it. Write certManager: {} beside it, " +
        "or tls: { secret: <name> } for a certificate of your own",
    ]);
  });

  it("fail on a public address without ranges and without TLS, with both at once", () => {
    const choice = { hostName, tls: { off: true }, exposure: "public" };
    expect(problemsOf(() => planOf({ inferenceGateway: choice }))).toEqual([
      "inferenceGateway.tls.off: is not possible on a public address; got true. Write tls: { issuer: <ClusterIssuer> }, or exposure: internal",
      "inferenceGateway.allowedSources: must be there with exposure: public, which would answer the whole internet without it. " +
        "For example allowedSources: [203.0.113.0/24], or exposure: internal",
    ]);
  });

  it.each(["0.0.0.0/0", "203.0.113.7/24", "203.0.113.7", "internet"])("fail with the range %s", (range) => {
    const choice = { ...own, allowedSources: ["10.0.0.0/8", range] };
    expect(problemsOf(() => planOf({ inferenceGateway: choice }))).toEqual([
      `inferenceGateway.allowedSources[1]: must be an IPv4 range with all host bits zero, and not all of the internet; got "${range}". ` +
        "For example 203.0.113.0/24, or 203.0.113.7/32 for one address",
    ]);
  });
});

describe("the chart", () => {
  let chart: ChartSource | undefined;
  beforeAll(async () => {
    chart = await chartInModule("agentgatewayKinds", "controller/install/helm/agentgateway");
  });

  it("knows every value that we give, and those that mirrors write", ({ skip }) => {
    if (chart === undefined) return skip("no module");
    const plan = planOf({ inferenceGateway: own }, { imageMirrors: { "cr.agentgateway.dev": "mirror.azurecr.io" } });
    expect(unknownPaths(toProps(plan.addOns.at(-1)?.release?.values), chart)).toEqual([]);
  });

  it("has the controller listen on the port that is open to the pods of the gateway", ({ skip }) => {
    if (chart === undefined) return skip("no module");
    const { objects } = gatewayOf(own) ?? {};
    expect(read(objects?.["inference-gateway-configuration"], "spec.ingress[0].ports[0].port")).toBe(
      read(chart.defaults, "controller.service.ports.agwGrpc"),
    );
  });
});

import { describe, expect, it } from "vitest";
import { addOns } from "../../../../components/platform/add-ons";
import { planPlatform, type PlatformPlan } from "../../../../components/platform/plan-platform";
import { problemsOf } from "../../../recorded";
import { unknownPaths } from "../chart-paths";
import { describeWithChart } from "../with-chart";

const { teamFence, certManager, leaderWorkerSet, gatewayApi, inferencePools, kServeKinds, kServeController, kServe } =
  addOns;
const rows = { kServe, kServeController, kServeKinds, inferencePools, leaderWorkerSet, gatewayApi, certManager };

const planOf = (choices: object, more: object = {}): PlatformPlan =>
  planPlatform(rows, { ...choices }, { kubernetesVersion: "1.36", pools: [], ...more });

const partOf = (plan: PlatformPlan, key: string): PlatformPlan["addOns"][number] | undefined =>
  plan.addOns.find((it) => it.key === key);

describe("KServe", () => {
  it("is installed whole and in its order by one key", () => {
    const plan = planOf({ kServe: {} });
    expect(plan.addOns.map(({ key, after }) => [key, after])).toEqual([
      ["certManager", []],
      ["gatewayApi", []],
      ["inferencePools", []],
      ["leaderWorkerSet", []],
      ["kServeKinds", []],
      ["kServeController", ["certManager", "gatewayApi", "inferencePools", "leaderWorkerSet", "kServeKinds"]],
      ["kServe", ["kServeController", "kServeKinds"]],
    ]);
    expect(["kServeKinds", "kServeController", "kServe"].map((key) => partOf(plan, key))).toEqual([
      {
        key: "kServeKinds",
        name: "kserve-kinds",
        aliases: [],
        after: [],
        namespace: {
          apiVersion: "v1",
          kind: "Namespace",
          metadata: {
            name: "kserve",
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
          metadata: { name: "ingress", namespace: "kserve" },
          spec: { podSelector: {}, policyTypes: ["Ingress"], ingress: [{ ports: [{ protocol: "TCP", port: 9443 }] }] },
        },
        release: {
          name: "kserve-llmisvc-crd",
          namespace: "kserve",
          chart: "oci://ghcr.io/kserve/charts/kserve-llmisvc-crd",
          version: "v0.20.0",
          atomic: true,
          timeout: 600,
          values: {},
        },
        crds: {},
        objects: {},
        handsOver: {},
      },
      {
        key: "kServeController",
        name: "kserve-controller",
        aliases: [],
        after: ["certManager", "gatewayApi", "inferencePools", "leaderWorkerSet", "kServeKinds"],
        namespace: null,
        ingress: null,
        release: {
          name: "kserve-llmisvc-resources",
          namespace: "kserve",
          chart: "oci://ghcr.io/kserve/charts/kserve-llmisvc-resources",
          version: "v0.20.0",
          atomic: true,
          timeout: 600,
          values: {
            kserve: {
              llmisvc: {
                createGIECRDs: false,
                controller: {
                  replicas: 2,
                  imagePullPolicy: "IfNotPresent",
                  resources: { requests: { cpu: "100m", memory: "300Mi" }, limits: { cpu: "1", memory: "1Gi" } },
                  env: [{ name: "PREVENT_WELL_KNOWN_CONFIG_DELETION", value: "false" }],
                },
              },
            },
          },
        },
        crds: {},
        objects: {},
        handsOver: {},
      },
      {
        key: "kServe",
        name: "kserve",
        aliases: [],
        after: ["kServeController", "kServeKinds"],
        namespace: null,
        ingress: null,
        release: {
          name: "kserve-runtime-configs",
          namespace: "kserve",
          chart: "oci://ghcr.io/kserve/charts/kserve-runtime-configs",
          version: "v0.20.0",
          atomic: true,
          timeout: 600,
          values: { kserve: { llmisvcConfigs: { enabled: true } } },
        },
        crds: {},
        objects: {},
        handsOver: {},
      },
    ]);
  });

  it("is installed only where it is asked for", () => {
    expect(planOf({}).addOns).toEqual([]);
    expect(planOf({ kServe: false, kServeController: false, kServeKinds: false }).addOns).toEqual([]);
  });

  it("comes without presets for those who write their own", () => {
    expect(planOf({ kServeController: {} }).addOns.map(({ key }) => key)).toEqual([
      "certManager",
      "gatewayApi",
      "inferencePools",
      "leaderWorkerSet",
      "kServeKinds",
      "kServeController",
    ]);
  });

  it("gives models the gateway that somebody chose", () => {
    const plan = planOf({ kServeController: { gateway: "gateways/models" } });
    expect(partOf(plan, "kServeController")?.release?.values).toMatchObject({
      kserve: { controller: { gateway: { ingressGateway: { kserveGateway: "gateways/models" } } } },
    });
  });
});

describe("images of KServe", () => {
  const imageMirrors = {
    "docker.io": "mirror.azurecr.io/docker",
    "ghcr.io": "mirror.azurecr.io/ghcr",
    "quay.io": "mirror.azurecr.io/quay",
    "registry.k8s.io": "mirror.azurecr.io/k8s",
  };

  it("are fetched from Docker, as the chart writes no registry", () => {
    const fetches = planOf({ kServe: {} }).fetches.map(({ from }) => from);
    expect(fetches.filter((it) => it.includes("kserve"))).toEqual([
      "docker.io/kserve/llmisvc-controller:v0.20.0",
      "docker.io/kserve/storage-initializer:v0.20.0",
      "oci://ghcr.io/kserve/charts/kserve-llmisvc-crd:v0.20.0",
      "oci://ghcr.io/kserve/charts/kserve-llmisvc-resources:v0.20.0",
      "oci://ghcr.io/kserve/charts/kserve-runtime-configs:v0.20.0",
    ]);
  });

  it("are taken from a mirror without the presets", () => {
    const plan = planOf({ kServeController: {} }, { imageMirrors });
    expect(plan.fetches.filter(({ to }) => !/^(oci:\/\/)?mirror\.azurecr\.io\//.test(to))).toEqual([]);
    expect(partOf(plan, "kServeController")?.release).toMatchObject({
      chart: "oci://mirror.azurecr.io/ghcr/kserve/charts/kserve-llmisvc-resources",
      values: {
        kserve: {
          llmisvc: { controller: { image: "mirror.azurecr.io/docker/kserve/llmisvc-controller", replicas: 2 } },
          storage: { image: "mirror.azurecr.io/docker/kserve/storage-initializer" },
        },
      },
    });
  });

  it("cannot be, with them", () => {
    expect(problemsOf(() => planOf({ kServe: {} }, { imageMirrors }))).toEqual([
      "kServe: cannot be had from a mirror: the catalogue does not know the images of its chart. Leave it out, or imageMirrors",
    ]);
  });
});

describe("wrong choices", () => {
  it.each([
    ["certManager", "kServeController"],
    ["gatewayApi", "kServeController"],
    ["inferencePools", "kServeController"],
    ["leaderWorkerSet", "kServeController"],
    ["kServeController", "kServe"],
  ])("fail without %s", (missing, needing) => {
    expect(problemsOf(() => planOf({ kServe: {}, [missing]: false }))).toEqual([
      `${missing}: cannot be left out: ${needing} needs it; got false. Remove it, or write ${needing}: false as well`,
    ]);
  });

  it.each(["models", "gateways/", "/models", "a/b/c", "Gateways/models"])("fail with the gateway %s", (gateway) => {
    expect(problemsOf(() => planOf({ kServeController: { gateway } }))).toEqual([
      expect.stringContaining(
        `kServeController.gateway: must be namespace and name of a Gateway, for example gateways/models; got "${gateway}"`,
      ),
    ]);
  });

  it("fail with a setting that a part does not have", () => {
    expect(problemsOf(() => planOf({ kServe: { gateway: "gateways/models" }, kServeKinds: { keep: true } }))).toEqual([
      "kServeKinds.keep: is not a known key; unknown keys are never ignored. Remove it",
      "kServe.gateway: is not a known key; unknown keys are never ignored. Remove it",
    ]);
  });

  it("fail on a Kubernetes that is too old", () => {
    const choices = { teamFence: {}, kServe: {} };
    const facts = { kubernetesVersion: "1.31", pools: [] };
    expect(problemsOf(() => planPlatform({ teamFence, ...rows }, choices, facts))).toContain(
      'kServeController: needs Kubernetes 1.32 or newer; got "1.31". Upgrade the cluster, or leave it out',
    );
  });
});

describeWithChart("kserve-llmisvc-resources-v0.20.0", (chart) => {
  it("knows every value that we give, and those that mirrors write", () => {
    const choices = { kServeController: { gateway: "gateways/models" } };
    const imageMirrors = Object.fromEntries(
      ["docker.io", "ghcr.io", "quay.io", "registry.k8s.io"].map((host) => [host, `mirror.azurecr.io/${host}`]),
    );
    const values = partOf(planOf(choices, { imageMirrors }), "kServeController")?.release?.values;
    expect(unknownPaths(values, chart)).toEqual([]);
  });
});

describeWithChart("kserve-runtime-configs-v0.20.0", (chart) => {
  it("knows every value that we give", () => {
    expect(unknownPaths(partOf(planOf({ kServe: {} }), "kServe")?.release?.values, chart)).toEqual([]);
  });
});

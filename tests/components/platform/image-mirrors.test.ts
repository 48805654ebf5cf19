import { describe, expect, it } from "vitest";
import { imagesOfChart } from "../../../catalog/chart-images";
import { versions } from "../../../catalog/versions";
import { addOns, platformShape } from "../../../components/platform/add-ons";
import { fetchedBy } from "../../../components/platform/fetched";
import type { ImageMirrors } from "../../../components/platform/image-mirrors";
import { type AddOnPlan, planPlatform, type PlatformPlan } from "../../../components/platform/plan-platform";
import { read } from "../../../core/property-tree";
import { toProps } from "../../../core/property-value";
import { problemsOf } from "../../recorded";
import { pool } from "./facts";

const pools = [
  { ...pool("h100"), rdmaResource: "rdma/ib", memlock: "node" as const },
  pool("a10", "Standard_NV36ads_A10_v5"),
];

/** A mirror of each public host that anything of the project is fetched from. */
const mirrors: ImageMirrors = Object.fromEntries(
  [
    "cr.agentgateway.dev",
    "docker.io",
    "ghcr.io",
    "helm.ngc.nvidia.com",
    "localcsidriver.azurecr.io",
    "mcr.microsoft.com",
    "nvcr.io",
    "quay.io",
    "ray-project.github.io",
    "registry.k8s.io",
  ].map((host) => [host, `mirror.azurecr.io/${host}`]),
);

/** Only the add-ons that are asked for, so that a cluster fetches little. */
const withoutAll = Object.fromEntries(Object.keys(addOns).map((key) => [key, false]));
const chosen = (...keys: readonly (keyof typeof addOns)[]): Readonly<Record<string, unknown>> => ({
  ...withoutAll,
  teamFence: {},
  ...Object.fromEntries(keys.map((key) => [key, {}])),
});

function planOf(choices: Readonly<Record<string, unknown>>, imageMirrors: ImageMirrors): PlatformPlan {
  return planPlatform(addOns, choices, { kubernetesVersion: "1.36", pools, lustre: true, imageMirrors });
}

function addOnOf(key: keyof typeof addOns, imageMirrors: ImageMirrors, ...needed: (keyof typeof addOns)[]): AddOnPlan {
  const plan = planOf(chosen(...needed, key), imageMirrors).addOns.find((it) => it.key === key);
  if (plan === undefined) throw new Error(`There is no plan of ${key}.`);
  return plan;
}

/** A mirror of one host beside the hosts that a plan fetches from, which stay as they are. */
const only = (host: string, ...others: string[]): ImageMirrors => ({
  [host]: "mirror.azurecr.io/copies",
  ...Object.fromEntries(others.map((it) => [it, it])),
});

describe("a mirror", () => {
  it("takes the place of a registry in the address of a chart and in the value with the whole name of an image", () => {
    const { release } = addOnOf("jobSet", only("registry.k8s.io"));
    expect(release?.chart).toBe("oci://mirror.azurecr.io/copies/jobset/charts/jobset");
    expect(read(release?.values, "image")).toEqual({ repository: "mirror.azurecr.io/copies/jobset/jobset" });
  });

  it("takes the place of a registry that stands alone in the values", () => {
    const { release } = addOnOf("certManager", only("quay.io"));
    expect(release?.chart).toBe("oci://mirror.azurecr.io/copies/jetstack/charts/cert-manager");
    expect(read(release?.values, "imageRegistry")).toBe("mirror.azurecr.io/copies");
  });

  it("leaves all other values as they are", () => {
    const before = toProps(addOnOf("leaderWorkerSet", {}).release?.values);
    expect(addOnOf("leaderWorkerSet", only("registry.k8s.io")).release?.values).toEqual({
      ...before,
      image: {
        manager: {
          repository: "mirror.azurecr.io/copies/lws/lws",
          tag: "v0.9.0",
          pullPolicy: "IfNotPresent",
        },
      },
    });
  });

  it("has the charts of a web server as artifacts of a registry", () => {
    const { release } = addOnOf("kubeRay", {
      "ray-project.github.io": "mirror.azurecr.io/charts",
      "quay.io": "quay.io",
    });
    expect(release).toEqual({
      ...toProps(addOnOf("kubeRay", {}).release),
      chart: "oci://mirror.azurecr.io/charts/kuberay-helm/kuberay-operator",
      repositoryOpts: undefined,
    });
  });

  it("takes the place of the folder of an image in values and in custom resources", () => {
    const { release, objects } = addOnOf(
      "networkOperator",
      only("nvcr.io", "helm.ngc.nvidia.com", "registry.k8s.io"),
      "nodeFeatureDiscovery",
    );
    expect(release?.chart).toBe("network-operator");
    expect(read(release?.values, "operator.repository")).toBe("mirror.azurecr.io/copies/nvidia/cloud-native");
    const policy = objects["network-operator-policy"];
    expect([read(policy, "spec.sriovDevicePlugin"), read(policy, "spec.ofedDriver")]).toEqual([
      expect.objectContaining({
        repository: "mirror.azurecr.io/copies/nvidia/mellanox",
        image: "sriov-network-device-plugin",
        version: "network-operator-v26.4.1",
      }),
      expect.objectContaining({ repository: "mirror.azurecr.io/copies/nvidia/mellanox", image: "doca-driver" }),
    ]);
  });

  it("keeps the digest of an image", () => {
    const { objects } = addOnOf("memlock", only("mcr.microsoft.com"));
    const { image, version, digest } = versions.azureLinux;
    expect(read(objects["memlock-nodes"], "spec.template.spec.containers[0].image")).toBe(
      `mirror.azurecr.io/copies${image.replace("mcr.microsoft.com", "")}:${version}@${digest}`,
    );
  });

  it("leaves nothing of any add-on at a public place, and hides none of it from checks of owners and versions", () => {
    const inferenceGateway = { hostName: "*.models.example.com", tls: { issuer: "dns" } };
    const choices = { mpiOperator: {}, kubeRay: {}, certManager: {}, inferenceGateway, acceptance: {} };
    const { addOns: plans, fetches } = planOf(choices, mirrors);
    expect(fetches.filter(({ to }) => !/^(oci:\/\/)?mirror\.azurecr\.io\//.test(to))).toEqual([]);
    const text = JSON.stringify(plans.map(({ release, objects }) => ({ release, objects })));
    const left = Object.keys(mirrors).filter((host) =>
      new RegExp(`[^/\\w.-]${host.replaceAll(".", "\\.")}/`).test(text),
    );
    expect(left).toEqual([]);
    expect(plans.map(({ key }) => key)).toEqual(planOf(choices, {}).addOns.map(({ key }) => key));
  });
});

describe("what is fetched", () => {
  it("is a list of charts and images with where the cluster looks for each", () => {
    const choices = chosen("networkOperator", "nodeFeatureDiscovery");
    const imageMirrors = { ...only("nvcr.io", "registry.k8s.io"), "helm.ngc.nvidia.com": "mirror.azurecr.io/charts" };
    const nodeFeatureDiscovery = [
      "oci://registry.k8s.io/nfd/charts/node-feature-discovery:0.19.0",
      "registry.k8s.io/nfd/node-feature-discovery:v0.19.0",
    ].map((from) => ({ from, to: from }));
    const images = [
      "cloud-native/network-operator:v26.4.1",
      "mellanox/doca-driver:doca3.4.1-26.04-1.1.0.0-1-<OS of the nodes>",
      "mellanox/network-operator-init-container:network-operator-v26.4.1",
      "mellanox/sriov-network-device-plugin:network-operator-v26.4.1",
    ].map((it) => ({ from: `nvcr.io/nvidia/${it}`, to: `mirror.azurecr.io/copies/nvidia/${it}` }));
    expect(planOf(choices, imageMirrors).fetches).toEqual(
      [
        {
          from: "https://helm.ngc.nvidia.com/nvidia/network-operator:26.4.1",
          to: "oci://mirror.azurecr.io/charts/nvidia/network-operator:26.4.1",
        },
        ...images,
        ...nodeFeatureDiscovery,
      ].sort((one, other) => (one.from < other.from ? -1 : 1)),
    );
  });

  it.each([
    [
      "a driver is brought",
      "gpu-operator",
      ["driver:595.91.07-<OS of the nodes>", "cloud-native/k8s-driver-manager:v0.12.0"],
    ],
    ["AKS brings it", "aks-driver", []],
  ] as const)("has the images of a driver where %s", (_, gpuStack, images) => {
    const facts = { kubernetesVersion: "1.36", pools: [{ ...pool("h100"), gpuStack }] };
    const { fetches } = planPlatform(addOns, chosen("gpuOperator", "nodeFeatureDiscovery"), facts);
    const drivers = fetches.map((it) => it.from).filter((it) => it.includes("driver"));
    expect(drivers.sort()).toEqual(images.map((it) => `nvcr.io/nvidia/${it}`).sort());
  });

  it("has the version of a driver that somebody chose", () => {
    const choices = { ...chosen("nodeFeatureDiscovery"), gpuOperator: { driverVersion: "580.126.20" } };
    const drivers = planOf(choices, {}).fetches.filter(({ from }) => from.startsWith("nvcr.io/nvidia/driver"));
    expect(drivers.map((it) => it.from)).toEqual(["nvcr.io/nvidia/driver:580.126.20-<OS of the nodes>"]);
  });

  it("is known of each chart that the project installs, but of one that was not to be had and one that lets nobody move them", () => {
    const charts = Object.values(addOns).flatMap(({ release }) => release?.chart.chart ?? []);
    expect(charts.filter((it) => imagesOfChart(it) === undefined)).toEqual([
      versions.nvSentinel.chart,
      versions.kServePresets.chart,
    ]);
  });

  it("is the chart alone where the catalogue has nothing of it", () => {
    const release = { chart: "own", version: "1.0.0", repositoryOpts: { repo: "https://charts.example.com/" } };
    expect(fetchedBy({ key: "own", release, objects: {} })).toEqual({
      key: "own",
      names: ["https://charts.example.com/own:1.0.0"],
      chartIsKnown: false,
    });
  });
});

describe("wrong mirrors", () => {
  it("fails where a host has none beside others that have", () => {
    expect(problemsOf(() => planOf(chosen("trainer", "jobSet"), only("registry.k8s.io")))).toEqual([
      'trainer: must have a mirror of ghcr.io in imageMirrors, from where it fetches; got "oci://ghcr.io/kubeflow/charts/kubeflow-trainer:2.3.0, ' +
        'ghcr.io/kubeflow/trainer/trainer-controller-manager:v2.3.0". Write the place of your copies, or ghcr.io: ghcr.io where the cluster reaches it',
    ]);
  });

  it("fails on a host that nothing is fetched from", () => {
    expect(
      problemsOf(() => planOf(chosen("jobSet"), { ...only("registry.k8s.io"), "quay.io": "mirror.azurecr.io" })),
    ).toEqual([
      'imageMirrors."quay.io": must be a host that an add-on of this cluster fetches from. Remove it. Hosts: registry.k8s.io',
    ]);
  });

  it("takes a host that only checks of the running cluster pull from", () => {
    const mirrors = { ...only("registry.k8s.io"), "docker.io": "mirror.azurecr.io/hub" };
    expect(
      planOf(chosen("jobSet"), mirrors).fetches.map(({ to }) => to.includes("mirror.azurecr.io/hub")),
    ).not.toContain(true);
  });

  it("takes an image that somebody has put into the same registry", () => {
    const checksImage = "mirror.azurecr.io/checks/aznhc-nv:1.2.0";
    const productsImage = "mirror.azurecr.io/checks/dcgm:4.6.0";
    const choices = { ...chosen("memlock"), nodeHealth: { checksImage, productsImage } };
    const images = planOf(choices, only("mcr.microsoft.com")).fetches.map((it) => it.to);
    expect(images).toEqual(expect.arrayContaining([checksImage, productsImage]));
  });

  it("fails on a chart whose images nobody knows", () => {
    const chart = { ...versions.jobSet, chart: "oci://registry.k8s.io/own/own" };
    const own = { ...addOns.jobSet, release: { name: "own", chart, timeoutSeconds: 60 } };
    const facts = { kubernetesVersion: "1.36", pools, imageMirrors: only("registry.k8s.io") };
    expect(problemsOf(() => planPlatform({ own }, { own: {} }, facts))).toEqual([
      "own: cannot be had from a mirror: the catalogue does not know the images of its chart. Leave it out, or imageMirrors",
    ]);
  });

  it.each([
    ["https://nvcr.io", "mirror.azurecr.io", "must be the host of a registry, for example nvcr.io"],
    ["nvcr.io/nvidia", "mirror.azurecr.io", "must be the host of a registry, for example nvcr.io"],
    [
      "nvcr.io",
      "https://mirror.azurecr.io",
      /^must be containerRegistry, or the host of a registry, with a path or without/,
    ],
    ["nvcr.io", "mirror.azurecr.io/", /^must be containerRegistry, or the host of a registry, with a path or without/],
    ["nvcr.io", "mirror", /^must be containerRegistry, or the host of a registry, with a path or without/],
  ])("fails on %s: %s", (host, place, message) => {
    const { error } = platformShape.safeParse({ imageMirrors: { [host]: place } });
    const issues = error?.issues.flatMap((it) => (it.code === "invalid_key" ? it.issues : [it])) ?? [];
    expect(issues.map((it) => it.message)).toEqual([
      typeof message === "string" ? message : (expect.stringMatching(message) as string),
    ]);
  });
});

import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { GpuPoolRef } from "../../../components/cluster/gpu-pool/gpu-pool-ref";
import { addOns } from "../../../components/platform/add-ons";
import { type AddOnPlan, planPlatform } from "../../../components/platform/plan-platform";
import { read, text } from "../../../core/property-tree";
import { toProps } from "../../../core/property-value";
import { problemsOf } from "../../recorded";
import { chartInModule, portsOf, unknownPaths } from "./chart-values";
import { pool } from "./facts";

const withInfiniBand = (key: string, size?: string): GpuPoolRef => ({ ...pool(key, size), rdmaResource: "rdma/ib" });

/** Kueue's plan among all add-ons of the project, undefined where it is not installed. */
function planOf(
  choices: Readonly<Record<string, object | false>>,
  pools: readonly GpuPoolRef[] = [withInfiniBand("h100")],
): AddOnPlan | undefined {
  const facts = { kubernetesVersion: "1.36", pools };
  // One NIC policy of the operator does not serve all pools of these tests, which is no matter of queues.
  const asked = { kueue: {}, jobSet: {}, leaderWorkerSet: {}, trainer: {}, networkOperator: false };
  return planPlatform(addOns, { ...asked, ...choices }, facts).addOns.find((it) => it.key === "kueue");
}

const textPath = "managerConfig.controllerManagerConfigYaml";

/** The configuration inside the chart's one text. */
function configurationOf(plan: AddOnPlan | undefined): unknown {
  return parse(text(plan?.release?.values, textPath) ?? "");
}

const frameworksOf = (plan: AddOnPlan | undefined): unknown =>
  read(toProps(configurationOf(plan)), "integrations.frameworks");

it("is installed behind what brings jobs", () => {
  const plan = planOf({});
  expect({ ...plan, release: { ...plan?.release, values: null }, objects: null }).toEqual({
    key: "kueue",
    name: "kueue",
    aliases: [],
    after: ["jobSet", "trainer", "leaderWorkerSet"],
    namespace: {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: {
        name: "kueue-system",
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
      metadata: { name: "ingress", namespace: "kueue-system" },
      spec: {
        podSelector: {},
        policyTypes: ["Ingress"],
        ingress: [
          {
            ports: [
              { protocol: "TCP", port: 9443 },
              { protocol: "TCP", port: 8082 },
            ],
          },
        ],
      },
    },
    release: {
      name: "kueue",
      namespace: "kueue-system",
      chart: "oci://registry.k8s.io/kueue/charts/kueue",
      version: "0.19.2",
      atomic: true,
      timeout: 600,
      values: null,
    },
    crds: {},
    objects: null,
    handsOver: { queues: { cohortName: "cluster", placeless: "without-devices" } },
  });
});

it.each([
  ["none", [withInfiniBand("h100")], undefined],
  [
    "adapters",
    [withInfiniBand("h100"), { ...withInfiniBand("serve"), gpuStack: "aks-driver", rdma: "dranet" }],
    [{ name: "rdma/ib", deviceClassNames: ["dranet.net"] }],
  ],
  [
    "places in ComputeDomains",
    [{ ...withInfiniBand("gb300", "Standard_ND128isr_GB300_v6"), gpuStack: "gb-dra" }],
    [
      {
        name: "azure-gpu-cluster/compute-domain-channels",
        deviceClassNames: ["compute-domain-default-channel.nvidia.com"],
      },
    ],
  ],
] satisfies [string, GpuPoolRef[], unknown][])(
  "counts claims of %s, which it would hold back otherwise",
  (_, pools, mappings) => {
    const configuration = toProps(configurationOf(planOf({}, pools)));
    expect(read(configuration, "resources.deviceClassMappings")).toEqual(mappings);
  },
);

it("runs for hundreds of nodes, with this configuration", () => {
  const plan = planOf({});
  expect(plan?.release?.values).toEqual({
    controllerManager: {
      replicas: 2,
      podDisruptionBudget: { enabled: true, minAvailable: 1 },
      manager: { resources: { requests: { cpu: "500m", memory: "1Gi" }, limits: { cpu: "4", memory: "8Gi" } } },
    },
    managerConfig: { controllerManagerConfigYaml: expect.any(String) as unknown },
  });
  expect(configurationOf(plan)).toEqual({
    apiVersion: "config.kueue.x-k8s.io/v1beta2",
    kind: "Configuration",
    leaderElection: { leaderElect: true },
    controller: {
      groupKindConcurrency: {
        "Job.batch": 5,
        Pod: 5,
        "Workload.kueue.x-k8s.io": 10,
        "LocalQueue.kueue.x-k8s.io": 5,
        "ClusterQueue.kueue.x-k8s.io": 5,
        "ResourceFlavor.kueue.x-k8s.io": 1,
      },
    },
    manageJobsWithoutQueueName: false,
    managedJobsNamespaceSelector: { matchExpressions: [{ key: "azure-gpu-cluster/queue", operator: "Exists" }] },
    resources: { excludeResourcePrefixes: ["cpu", "memory", "ephemeral-storage", "hugepages-"] },
    waitForPodsReady: {
      timeout: "30m",
      recoveryTimeout: "30m",
      blockAdmission: false,
      requeuingStrategy: {
        timestamp: "Eviction",
        backoffBaseSeconds: 60,
        backoffMaxSeconds: 3600,
        backoffLimitCount: 5,
      },
    },
    fairSharing: { preemptionStrategies: ["LessThanOrEqualToFinalShare", "LessThanInitialShare"] },
    integrations: {
      frameworks: [
        "batch/job",
        "jobset.x-k8s.io/jobset",
        "trainer.kubeflow.org/trainjob",
        "leaderworkerset.x-k8s.io/leaderworkerset",
      ],
    },
    objectRetentionPolicies: { workloads: { afterFinished: "168h" } },
  });
});

it("puts a job aside after fewer rounds where no node of it may be taken back", () => {
  const roundsOf = (...pools: readonly GpuPoolRef[]): unknown =>
    read(toProps(configurationOf(planOf({}, pools))), "waitForPodsReady.requeuingStrategy.backoffLimitCount");
  expect([roundsOf(pool("h100")), roundsOf(pool("h100"), { ...pool("cheap"), spot: true })]).toEqual([5, 100]);
});

describe("kueue", () => {
  it("is not installed where it is refused", () => {
    expect(planOf({ kueue: false })).toBeUndefined();
  });

  it("works alone, and then knows no kind but Jobs", () => {
    const alone = planOf({ jobSet: false, trainer: false, trainingRuntimes: false, leaderWorkerSet: false });
    expect(alone?.after).toEqual([]);
    expect(frameworksOf(alone)).toEqual(["batch/job"]);
  });

  it("knows the kinds that are installed, and waits for those", () => {
    const some = planOf({ trainer: false, trainingRuntimes: false, leaderWorkerSet: false });
    expect(some?.after).toEqual(["jobSet"]);
    expect(frameworksOf(some)).toEqual(["batch/job", "jobset.x-k8s.io/jobset"]);
  });

  it("knows the kinds of add-ons that bring several", () => {
    const all = planOf({
      mpiOperator: {},
      kubeRay: {},
      trainer: false,
      trainingRuntimes: false,
      leaderWorkerSet: false,
    });
    expect(all?.after).toEqual(["jobSet", "mpiOperator", "kubeRay"]);
    expect(frameworksOf(all)).toEqual([
      "batch/job",
      "jobset.x-k8s.io/jobset",
      "kubeflow.org/mpijob",
      "ray.io/rayjob",
      "ray.io/rayservice",
      "ray.io/raycluster",
    ]);
  });

  it.each([5, 240])("waits %i minutes where it is told so", (waitForPodsReadyMinutes) => {
    const { waitForPodsReady } = toProps(configurationOf(planOf({ kueue: { waitForPodsReadyMinutes } })));
    expect(waitForPodsReady).toMatchObject({
      timeout: `${waitForPodsReadyMinutes}m`,
      recoveryTimeout: `${waitForPodsReadyMinutes}m`,
    });
  });

  it.each([
    [
      { waitForPodsReadyMinutes: 4 },
      "waitForPodsReadyMinutes: must be at least 5: pods on cold nodes pull their images first; got 4. Use 5 or more",
    ],
    [
      { waitForPodsReadyMinutes: 241 },
      "waitForPodsReadyMinutes: must be at most 240: for so long a job that cannot start holds its nodes; got 241. Use 240 or less",
    ],
    [{ waitForPodsReadyMinutes: 7.5 }, "waitForPodsReadyMinutes: must be a whole number; got 7.5 (number). Use 7 or 8"],
    [
      { waitForPodsReadyMinutes: "30m" },
      'waitForPodsReadyMinutes: must be a whole number; got "30m" (text). Write a number alone, without quotes and without a unit: the key says in which unit it is',
    ],
    [
      { waitForPodsReady: 30 },
      "waitForPodsReady: is not a known key; unknown keys are never ignored. Known keys: waitForPodsReadyMinutes",
    ],
  ])("fails on %j", (choice, problem) => {
    expect(problemsOf(() => planOf({ kueue: choice }))).toEqual([`kueue.${problem}`]);
  });
});

/** Objects of some kinds, by the names of their resources. */
function objectsOf(plan: AddOnPlan | undefined, ...kinds: readonly string[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(plan?.objects ?? {}).filter(([, { kind }]) => kinds.includes(kind)));
}

describe("flavors", () => {
  it("are one a pool, and those with InfiniBand are placed by domain", () => {
    const pools = [
      withInfiniBand("h100"),
      withInfiniBand("mi", "Standard_ND96isr_MI300X_v5"),
      pool("a10", "Standard_NV36ads_A10_v5"),
    ];
    expect(objectsOf(planOf({}, pools), "Topology", "ResourceFlavor")).toEqual({
      "kueue-topology": {
        apiVersion: "kueue.x-k8s.io/v1beta2",
        kind: "Topology",
        metadata: { name: "infiniband" },
        spec: { levels: [{ nodeLabel: "azure-gpu-cluster/ib-domain" }, { nodeLabel: "kubernetes.io/hostname" }] },
      },
      "kueue-flavor-h100": {
        apiVersion: "kueue.x-k8s.io/v1beta2",
        kind: "ResourceFlavor",
        metadata: { name: "h100" },
        spec: {
          nodeLabels: { "azure-gpu-cluster/pool": "h100" },
          tolerations: [{ key: "nvidia.com/gpu", operator: "Exists", effect: "NoSchedule" }],
          topologyName: "infiniband",
        },
      },
      "kueue-flavor-mi": {
        apiVersion: "kueue.x-k8s.io/v1beta2",
        kind: "ResourceFlavor",
        metadata: { name: "mi" },
        spec: {
          nodeLabels: { "azure-gpu-cluster/pool": "mi" },
          tolerations: [{ key: "amd.com/gpu", operator: "Exists", effect: "NoSchedule" }],
          topologyName: "infiniband",
        },
      },
      "kueue-flavor-a10": {
        apiVersion: "kueue.x-k8s.io/v1beta2",
        kind: "ResourceFlavor",
        metadata: { name: "a10" },
        spec: {
          nodeLabels: { "azure-gpu-cluster/pool": "a10" },
          tolerations: [{ key: "nvidia.com/gpu", operator: "Exists", effect: "NoSchedule" }],
        },
      },
      "kueue-flavor-without-devices": {
        apiVersion: "kueue.x-k8s.io/v1beta2",
        kind: "ResourceFlavor",
        metadata: { name: "without-devices" },
        spec: {},
      },
    });
  });

  it("have no topology where no pool has InfiniBand, and are none of pools without pools", () => {
    const kinds = ["Topology", "ResourceFlavor"];
    expect(Object.keys(objectsOf(planOf({}, [pool("a10", "Standard_NV36ads_A10_v5")]), ...kinds))).toEqual([
      "kueue-flavor-a10",
      "kueue-flavor-without-devices",
    ]);
    expect(Object.keys(objectsOf(planOf({ kueue: {} }, []), ...kinds))).toEqual(["kueue-flavor-without-devices"]);
  });
});

it("has one cohort, with nothing of its own", () => {
  expect(objectsOf(planOf({}), "Cohort")).toEqual({
    "kueue-cohort": {
      apiVersion: "kueue.x-k8s.io/v1beta2",
      kind: "Cohort",
      metadata: { name: "cluster" },
      spec: {},
    },
  });
});

it("has the catalogue's priorities: none pushes out a pod, and jobs of teams have those for teams", () => {
  const meaning = expect.any(String) as unknown;
  const ofPods = (name: string, value: number): object => ({
    apiVersion: "scheduling.k8s.io/v1",
    kind: "PriorityClass",
    metadata: { name },
    value,
    preemptionPolicy: "Never",
    globalDefault: false,
    description: meaning,
  });
  const ofJobs = (name: string, value: number): object => ({
    apiVersion: "kueue.x-k8s.io/v1beta2",
    kind: "WorkloadPriorityClass",
    metadata: { name },
    value,
    description: meaning,
  });
  expect(objectsOf(planOf({}), "PriorityClass", "WorkloadPriorityClass")).toEqual({
    "kueue-priority-acceptance": ofPods("acceptance", 100_000),
    "kueue-priority-production": ofPods("production", 10_000),
    "kueue-workload-priority-production": ofJobs("production", 10_000),
    "kueue-priority-idle": ofPods("idle", -10),
    "kueue-workload-priority-idle": ofJobs("idle", -10),
  });
});

describe("pools that grow", () => {
  const growing = { ...pool("a10", "Standard_NV36ads_A10_v5"), autoscaled: true as const };

  it("are asked for all nodes of a job at once, by a check that queues are told of", () => {
    const amd = { ...withInfiniBand("mi", "Standard_ND96isr_MI300X_v5"), autoscaled: true as const };
    const plan = planOf({}, [withInfiniBand("h100"), growing, { ...growing, key: "b" }, amd]);
    expect(objectsOf(plan, "AdmissionCheck", "ProvisioningRequestConfig")).toEqual({
      "kueue-scale-up": {
        apiVersion: "kueue.x-k8s.io/v1beta2",
        kind: "AdmissionCheck",
        metadata: { name: "scale-up" },
        spec: {
          controllerName: "kueue.x-k8s.io/provisioning-request",
          parameters: { apiGroup: "kueue.x-k8s.io", kind: "ProvisioningRequestConfig", name: "scale-up" },
        },
      },
      "kueue-scale-up-config": {
        apiVersion: "kueue.x-k8s.io/v1beta2",
        kind: "ProvisioningRequestConfig",
        metadata: { name: "scale-up" },
        spec: {
          provisioningClassName: "best-effort-atomic-scale-up.autoscaling.x-k8s.io",
          managedResources: ["nvidia.com/gpu", "amd.com/gpu", "rdma/ib"],
        },
      },
    });
    expect(plan?.handsOver.queues?.scaleUpCheck).toBe("scale-up");
  });

  it("are needed for that", () => {
    const plan = planOf({}, [withInfiniBand("h100")]);
    expect(objectsOf(plan, "AdmissionCheck", "ProvisioningRequestConfig")).toEqual({});
  });
});

it("uses values and ports that the chart has", async ({ skip }) => {
  const chart = (await chartInModule("kueue", "charts/kueue")) ?? skip("no chart");
  const plan = planOf({});
  expect(unknownPaths(toProps(plan?.release?.values), chart)).toEqual([]);
  expect([...portsOf(chart)]).toEqual(expect.arrayContaining([9443, 8082]));
  // The text replaces the chart's own: what stands in that and is no default has to stand in ours.
  const theirs = toProps(parse(text(chart.defaults, textPath) ?? ""));
  const ours = toProps(configurationOf(plan));
  expect(ours["apiVersion"]).toBe(theirs["apiVersion"]);
  expect(ours["controller"]).toEqual(theirs["controller"]);
  expect(theirs["integrations"]).toMatchObject({
    frameworks: expect.arrayContaining(frameworksOf(plan) as string[]) as unknown,
  });
});

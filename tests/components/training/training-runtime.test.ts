import { describe, expect, it } from "vitest";
import { torchrunEntry } from "../../../components/training/runtimes/torchrun-entry";
import { clusterTrainingRuntimes } from "../../../components/training/training-runtime";
import { list, read, record } from "../../../core/property-tree";
import { type Props, toProps } from "../../../core/property-value";
import { pools } from "./pools";

const failurePolicy = (maxRestarts: number): object => ({
  maxRestarts,
  restartStrategy: "BlockingRecreate",
  rules: [{ name: "hopeless", action: "FailJobSet", onJobFailureReasons: ["PodFailurePolicy"] }],
});
const podFailurePolicy = {
  rules: [
    { action: "Ignore", onPodConditions: [{ type: "DisruptionTarget", status: "True" }] },
    { action: "FailJob", onExitCodes: { operator: "In", values: [2, 126, 127, 128] } },
  ],
};
const tolerates = (key: string): object => ({
  tolerations: [{ key, operator: "Exists", effect: "NoSchedule" }],
});

/** The runtime of PyTorch for a pool, with what the pod, its container and their limits have of the pool. */
function torchRuntime(key: string, gpus: number, limits: object, pod: object, container: object = {}, claims?: object) {
  return {
    apiVersion: "trainer.kubeflow.org/v1alpha1",
    kind: "ClusterTrainingRuntime",
    metadata: { name: `torch-ib-${key}`, labels: { "trainer.kubeflow.org/framework": "torch" } },
    spec: {
      mlPolicy: { numNodes: 1, torch: {} },
      template: {
        spec: {
          failurePolicy: failurePolicy(10),
          replicatedJobs: [
            {
              name: "node",
              template: {
                metadata: { labels: { "trainer.kubeflow.org/trainjob-ancestor-step": "trainer" } },
                spec: {
                  backoffLimit: 0,
                  podFailurePolicy,
                  template: {
                    metadata: {
                      annotations: { "kueue.x-k8s.io/podset-required-topology": "azure-gpu-cluster/ib-domain" },
                    },
                    spec: {
                      restartPolicy: "Never",
                      terminationGracePeriodSeconds: 600,
                      automountServiceAccountToken: false,
                      enableServiceLinks: false,
                      nodeSelector: { "azure-gpu-cluster/pool": key },
                      ...pod,
                      containers: [
                        {
                          name: "node",
                          command: [
                            "python3",
                            "-c",
                            torchrunEntry,
                            `--nproc-per-node=${gpus}`,
                            "--rdzv-backend=c10d",
                            "--rdzv-endpoint=$(PET_MASTER_ADDR):$(PET_MASTER_PORT)",
                            "--max-restarts=3",
                            "--no-python",
                          ],
                          env: [{ name: "TORCH_ELASTIC_SHUTDOWN_TIMEOUT", value: "570" }],
                          envFrom: [{ configMapRef: { name: `fabric-${key}` } }],
                          resources: { requests: limits, limits, ...claims },
                          volumeMounts: [{ name: "shared-memory", mountPath: "/dev/shm" }],
                          ...container,
                        },
                      ],
                      volumes: [{ name: "shared-memory", emptyDir: { medium: "Memory" } }],
                    },
                  },
                },
              },
            },
          ],
        },
      },
    },
  };
}

const nvidia = tolerates("nvidia.com/gpu");
const h100 = { cpu: "90", memory: "1800Gi", "nvidia.com/gpu": "8", "rdma/ib": "8" };

describe("the runtime of PyTorch takes whole nodes", () => {
  it.each([
    ["h100", torchRuntime("h100", 8, h100, nvidia)],
    [
      "locking",
      torchRuntime("locking", 8, h100, nvidia, {
        securityContext: { runAsUser: 0, capabilities: { add: ["IPC_LOCK"], drop: ["ALL"] } },
      }),
    ],
    [
      "mi300x",
      torchRuntime(
        "mi300x",
        8,
        { cpu: "90", memory: "1752Gi", "amd.com/gpu": "8", "rdma/ib": "8" },
        tolerates("amd.com/gpu"),
      ),
    ],
    [
      "gb300",
      torchRuntime(
        "gb300",
        4,
        { cpu: "121", memory: "818Gi", "nvidia.com/gpu": "4" },
        {
          ...nvidia,
          resourceClaims: [
            { name: "adapters", resourceClaimTemplateName: "fabric-gb300" },
            { name: "compute-domain", resourceClaimTemplateName: "compute-domain" },
          ],
        },
        {},
        { claims: [{ name: "adapters" }, { name: "compute-domain" }] },
      ),
    ],
    [
      "dranet",
      torchRuntime(
        "dranet",
        8,
        { cpu: "90", memory: "1752Gi", "nvidia.com/gpu": "8" },
        { ...nvidia, resourceClaims: [{ name: "adapters", resourceClaimTemplateName: "fabric-dranet" }] },
        {},
        { claims: [{ name: "adapters" }] },
      ),
    ],
  ] as const)("of %s", (key, expected) => {
    expect(clusterTrainingRuntimes(pools[key])[0]).toEqual(expected);
  });
});

/** A runtime of a pool, and its jobs by name. */
function runtimeOf(key: keyof typeof pools, name: string): { spec: Props; jobs: ReadonlyMap<unknown, Props> } {
  const found = clusterTrainingRuntimes(pools[key]).find((it) => it.metadata.name === `${name}-${key}`);
  const spec = record(toProps(found), "spec");
  const jobs = list(spec, "template.spec.replicatedJobs").map((it) => [read(it, "name"), toProps(it)] as const);
  return { spec, jobs: new Map(jobs) };
}

it("is there for each way that Trainer knows", () => {
  expect(clusterTrainingRuntimes(pools.a100).map((it) => it.metadata)).toEqual(
    [
      ["torch-ib", "torch"],
      ["deepspeed-mpi-ib", "deepspeed"],
      ["jax-ib", "jax"],
      ["nccl-test", "mpi"],
      ["fine-tune-lora", "torch"],
      ["fine-tune-full", "torch"],
    ].map(([name = "", framework]) => ({
      name: `${name}-a100`,
      labels: { "trainer.kubeflow.org/framework": framework },
    })),
  );
});

describe("a runtime of MPI", () => {
  it("starts the launcher when the other nodes answer, and is over with it", () => {
    const { spec, jobs } = runtimeOf("h100", "deepspeed-mpi-ib");
    expect(spec["mlPolicy"]).toEqual({
      numNodes: 1,
      mpi: {
        numProcPerNode: 8,
        mpiImplementation: "OpenMPI",
        sshAuthMountPath: "/etc/mpi-ssh",
        runLauncherAsNode: true,
      },
    });
    expect(read(spec, "template.spec.successPolicy")).toEqual({
      operator: "All",
      targetReplicatedJobs: ["launcher"],
    });
    expect([...jobs.keys()]).toEqual(["node", "launcher"]);
    expect(jobs.get("launcher")?.["dependsOn"]).toEqual([{ name: "node", status: "Ready" }]);
    const container = "template.spec.template.spec.containers[0]";
    expect(read(jobs.get("node"), `${container}.readinessProbe`)).toEqual({
      tcpSocket: { port: 2222 },
      periodSeconds: 5,
    });
    expect(read(jobs.get("launcher"), `${container}.readinessProbe`)).toBeUndefined();
  });

  it("has both kinds of pods in one InfiniBand domain, and no domain without InfiniBand", () => {
    const annotations = "template.spec.template.metadata.annotations";
    for (const [, it] of runtimeOf("h100", "nccl-test").jobs)
      expect(read(it, annotations)).toEqual({
        "kueue.x-k8s.io/podset-required-topology": "azure-gpu-cluster/ib-domain",
        "kueue.x-k8s.io/podset-group-name": "job",
      });
    for (const [, it] of runtimeOf("a100", "nccl-test").jobs) expect(read(it, annotations)).toEqual({});
  });

  it("lets the SSH server keep what it needs where pods add a capability", () => {
    for (const [, it] of runtimeOf("locking", "nccl-test").jobs)
      expect(read(it, "template.spec.template.spec.containers[0].securityContext")).toEqual({
        runAsUser: 0,
        capabilities: { add: ["IPC_LOCK"] },
      });
  });

  it("tests NCCL once, and has it say which way it takes", () => {
    const { spec, jobs } = runtimeOf("h100", "nccl-test");
    expect(read(spec, "template.spec.failurePolicy")).toEqual(failurePolicy(0));
    expect(read(jobs.get("launcher"), "template.spec.template.spec.containers[0].env")).toEqual([
      { name: "NCCL_DEBUG", value: "INFO" },
      { name: "NCCL_DEBUG_SUBSYS", value: "INIT,NET" },
    ]);
  });
});

it("spreads a model that learns whole over all GPUs, and no other", () => {
  const env = (name: string): unknown =>
    read(runtimeOf("h100", name).jobs.get("node"), "template.spec.template.spec.containers[0].env");
  expect(env("fine-tune-full")).toContainEqual({ name: "ACCELERATE_USE_FSDP", value: "true" });
  expect(env("fine-tune-lora")).toEqual([{ name: "TORCH_ELASTIC_SHUTDOWN_TIMEOUT", value: "570" }]);
});

import { expect, it } from "vitest";
import { jobObjects } from "../../../components/training/job-objects";
import type { JobRequest } from "../../../components/training/job-request";
import { list, read } from "../../../core/property-tree";
import { type Props, toProps } from "../../../core/property-value";
import { pools } from "./pools";

// What Trainer has no policy for.
const request: JobRequest = {
  name: "train",
  namespace: "train-vision",
  team: "vision",
  runtime: "tensorflow",
  pool: pools.h100,
  nodes: 2,
  image: "registry.example.com/train:1",
  command: ["python3", "train.py"],
};
const jobOf = (more: Partial<JobRequest> = {}): Props => toProps(jobObjects({ ...request, ...more }).at(-1));
const metadata = {
  name: "train",
  namespace: "train-vision",
  labels: {
    "azure-gpu-cluster/job": "train",
    "azure-gpu-cluster/tenant": "vision",
    "kueue.x-k8s.io/queue-name": "default",
  },
};
const limits = { cpu: "90", memory: "1800Gi", "nvidia.com/gpu": "8", "rdma/ib": "8" };
const ended = {
  backoffLimit: 0,
  podFailurePolicy: {
    rules: [
      { action: "Ignore", onPodConditions: [{ type: "DisruptionTarget", status: "True" }] },
      { action: "FailJob", onExitCodes: { operator: "In", values: [2, 126, 127, 128] } },
    ],
  },
};
const failurePolicy = {
  maxRestarts: 10,
  restartStrategy: "BlockingRecreate",
  rules: [{ name: "hopeless", action: "FailJobSet", onJobFailureReasons: ["PodFailurePolicy"] }],
};
const index = { fieldRef: { fieldPath: "metadata.annotations['batch.kubernetes.io/job-completion-index']" } };
const pod = {
  restartPolicy: "Never",
  terminationGracePeriodSeconds: 600,
  automountServiceAccountToken: false,
  enableServiceLinks: false,
};
const onNode = {
  ...pod,
  nodeSelector: { "azure-gpu-cluster/pool": "h100" },
  tolerations: [{ key: "nvidia.com/gpu", operator: "Exists", effect: "NoSchedule" }],
  volumes: [{ name: "shared-memory", emptyDir: { medium: "Memory" } }],
};
const node = {
  name: "node",
  image: "registry.example.com/train:1",
  envFrom: [{ configMapRef: { name: "fabric-h100" } }],
  resources: { requests: limits, limits },
  volumeMounts: [{ name: "shared-memory", mountPath: "/dev/shm" }],
};
const inOneDomain = { annotations: { "kueue.x-k8s.io/podset-required-topology": "azure-gpu-cluster/ib-domain" } };

it("TensorFlow is a JobSet whose pods know each other and themselves", () => {
  const workers = '"train-worker-0-0.train:2222","train-worker-0-1.train:2222"';
  const config = `{"cluster":{"worker":[${workers}]},"task":{"type":"worker","index":$(TASK_INDEX)}}`;
  expect(jobOf({ env: { STEP: "1" } })).toEqual({
    apiVersion: "jobset.x-k8s.io/v1alpha2",
    kind: "JobSet",
    metadata,
    spec: {
      failurePolicy,
      replicatedJobs: [
        {
          name: "worker",
          template: {
            spec: {
              parallelism: 2,
              completions: 2,
              ...ended,
              template: {
                metadata: inOneDomain,
                spec: {
                  ...onNode,
                  containers: [
                    {
                      ...node,
                      command: ["python3", "train.py"],
                      env: [
                        { name: "TASK_INDEX", valueFrom: index },
                        { name: "TF_CONFIG", value: config },
                        { name: "STEP", value: "1" },
                      ],
                    },
                  ],
                },
              },
            },
          },
        },
      ],
    },
  });
});

it("federated learning is a JobSet of clients anywhere, which is over with its server", () => {
  const job = jobOf({ runtime: "federated", command: ["flwr", "run", "/app", "--stream"], maxRestarts: 0 });
  expect(read(job, "spec.failurePolicy.maxRestarts")).toBe(0);
  expect(read(job, "spec.successPolicy")).toEqual({ operator: "All", targetReplicatedJobs: ["server"] });
  const [server, client] = list(job, "spec.replicatedJobs");
  expect(read(server, "template.spec.template")).toEqual({
    metadata: {},
    spec: {
      ...pod,
      containers: [
        {
          name: "node",
          image: "registry.example.com/train:1",
          resources: { requests: { cpu: "2", memory: "8Gi" }, limits: { memory: "8Gi" } },
          command: [
            "bash",
            "-c",
            expect.stringContaining("flower-superlink"),
            "server",
            "flwr",
            "run",
            "/app",
            "--stream",
          ],
          env: [],
          volumeMounts: [],
        },
      ],
      volumes: [],
    },
  });
  expect(read(client, "template.spec")).toEqual({
    parallelism: 2,
    completions: 2,
    ...ended,
    template: {
      metadata: { annotations: { "kueue.x-k8s.io/podset-unconstrained-topology": "true" } },
      spec: {
        ...onNode,
        containers: [
          {
            ...node,
            command: [
              "flower-supernode",
              "--insecure",
              "--superlink=train-server-0-0.train:9092",
              "--node-config=partition-id=$(CLIENT_INDEX) num-partitions=2",
            ],
            env: [{ name: "CLIENT_INDEX", valueFrom: index }],
          },
        ],
      },
    },
  });
  const without = jobOf({ runtime: "federated", pool: pools.a100 });
  expect(read(without, "spec.replicatedJobs[1].template.spec.template.metadata")).toEqual({ annotations: {} });
});

it("Ray is a RayJob with a head on no node and a worker on each", () => {
  const named = { "azure-gpu-cluster/job": "train" };
  const files = { "train.py": "print()\n" };
  const volume = { name: "files", configMap: { name: "train-files" } };
  const mount = { name: "files", mountPath: "/job", readOnly: true };
  expect(jobOf({ runtime: "ray-ib", files, serviceAccount: "workload" })).toEqual({
    apiVersion: "ray.io/v1",
    kind: "RayJob",
    metadata,
    spec: {
      entrypoint: "python3 train.py",
      submissionMode: "SidecarMode",
      shutdownAfterJobFinishes: true,
      backoffLimit: 10,
      rayClusterSpec: {
        headGroupSpec: {
          rayStartParams: { "num-cpus": "0" },
          template: {
            metadata: { labels: named },
            spec: {
              ...pod,
              serviceAccountName: "workload",
              containers: [
                {
                  name: "node",
                  image: "registry.example.com/train:1",
                  env: [],
                  resources: { requests: { cpu: "2", memory: "8Gi" }, limits: { memory: "8Gi" } },
                  volumeMounts: [mount],
                },
              ],
              volumes: [volume],
            },
          },
        },
        workerGroupSpecs: [
          {
            groupName: "nodes",
            replicas: 2,
            minReplicas: 2,
            maxReplicas: 2,
            rayStartParams: {},
            template: {
              metadata: { ...inOneDomain, labels: named },
              spec: {
                ...onNode,
                serviceAccountName: "workload",
                containers: [{ ...node, env: [], volumeMounts: [...node.volumeMounts, mount] }],
                volumes: [...onNode.volumes, volume],
              },
            },
          },
        ],
      },
    },
  });
});

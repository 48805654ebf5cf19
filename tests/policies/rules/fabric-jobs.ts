import { labels } from "../../../catalog/scheduling";
import { unknownValue } from "../../../core/property-marks";
import type { Subject } from "../../../policies/engine/rule";
import { k8sRdmaAsked } from "../../../policies/rules/kubernetes/k8s-rdma-asked";
import { k8sRdmaMemlock } from "../../../policies/rules/kubernetes/k8s-rdma-memlock";
import { account } from "../fixtures";
import { changed, resource, table, type RuleCases } from "../harness";
import { hardened, hardenedIn, namespace } from "../kubernetes-fixtures";

const notApplicable = { "another type": [[account]] } as const;

const label = `metadata.labels["${labels.memlock}"]`;
const locking = changed(namespace, { [label]: "ipc-lock" });
const add = "spec.containers[0].securityContext.capabilities.add";
const must = "must hold IPC_LOCK: the container asks for InfiniBand";

const queueLabel = 'metadata.labels["kueue.x-k8s.io/queue-name"]';
const localQueue = resource("kubernetes:kueue.x-k8s.io/v1beta2:LocalQueue", {
  metadata: { name: "default", namespace: "train-vision" },
  spec: { clusterQueue: "vision" },
});
const clusterQueue = resource("kubernetes:kueue.x-k8s.io/v1beta2:ClusterQueue", {
  metadata: { name: "vision" },
  spec: { resourceGroups: [{ coveredResources: ["cpu"] }, { coveredResources: ["nvidia.com/gpu", "rdma/ib"] }] },
});
const groups = "spec.resourceGroups";
const queues = [localQueue, clusterQueue];

/** What a node of a job takes, without an adapter. */
const template = {
  spec: {
    containers: [{ name: "t", image: "mcr.microsoft.com/t:1", resources: { limits: { "nvidia.com/gpu": "8" } } }],
  },
};

/** A job in the queue. */
function job(kind: string, spec: object): Subject {
  return changed(resource(`kubernetes:${kind}`, { metadata: { namespace: "train-vision" }, spec }), {
    [queueLabel]: "default",
  });
}
const plain = job("batch/v1:Job", { parallelism: 4, template });
const jobSet = job("jobset.x-k8s.io/v1alpha2:JobSet", {
  replicatedJobs: [{ replicas: 2, template: { spec: { parallelism: 3, template } } }],
});
const mpiJob = job("kubeflow.org/v2beta1:MPIJob", {
  mpiReplicaSpecs: {
    Launcher: { replicas: 1, template: { spec: { containers: [] } } },
    Worker: { replicas: 5, template },
  },
});
const trainJob = job("trainer.kubeflow.org/v1alpha1:TrainJob", {
  trainer: { numNodes: 7, resourcesPerNode: { limits: { "nvidia.com/gpu": "8" } } },
});
const limits = "spec.template.spec.containers[0].resources.limits";
const says = (pods: number): string =>
  `${queueLabel} is a queue with InfiniBand, for ${pods} pods with GPUs and no adapter; must stand on a job that asks for rdma/*`;

/** Rules about jobs on InfiniBand. */
export const fabricJobTables: readonly RuleCases[] = [
  table(k8sRdmaMemlock, [hardened, locking], {
    compliant: {
      "a namespace whose nodes raise the limit": [
        [changed(hardened, { [add]: undefined }), changed(namespace, { [label]: "node" })],
      ],
      "another namespace": [[changed(hardened, { [add]: undefined, "metadata.namespace": "train-other" }), locking]],
      "a pod without an adapter": [
        [changed(hardened, { [add]: undefined, 'spec.containers[0].resources.limits["rdma/ib"]': undefined }), locking],
      ],
      "a container without an adapter beside one that locks": [
        [changed(hardened, { "spec.containers[1]": { name: "logs", image: "mcr.microsoft.com/logs:1" } }), locking],
      ],
      "locked memory as one capability of several": [
        [changed(hardened, { [add]: ["SYS_PTRACE", "IPC_LOCK"] }), locking],
      ],
      "locked memory beside one that is not known": [
        [changed(hardened, { [add]: [unknownValue, "IPC_LOCK"] }), locking],
      ],
      "a label of something that is no namespace": [
        [
          changed(hardened, { [add]: undefined }),
          changed(hardened, { [label]: "ipc-lock", "metadata.name": "train-vision" }),
        ],
      ],
      "a pod without a namespace, beside a namespace without a name": [
        [
          changed(hardened, { [add]: undefined, "metadata.namespace": undefined }),
          changed(locking, { "metadata.name": undefined }),
        ],
      ],
      "a DaemonSet of the node": [
        [
          changed(hardenedIn("apps/v1:DaemonSet", "spec.template.spec"), { [`spec.template.${add}`]: undefined }),
          locking,
        ],
      ],
    },
    broken: {
      "the second of two namespaces, and the second container": [
        [
          changed(namespace, { "metadata.name": "train-other", [label]: "node" }),
          locking,
          changed(hardened, {
            "spec.containers[1]": {
              name: "second",
              image: "mcr.microsoft.com/second:1",
              resources: { limits: { "rdma/of_somebody_else": 1 } },
            },
          }),
        ],
        `spec.containers[1].securityContext.capabilities.add is absent; ${must}`,
      ],
      "another capability": [
        [changed(hardened, { [add]: ["SYS_PTRACE"] }), locking],
        `${add} is ["SYS_PTRACE"]; ${must}`,
      ],
      "a job of an operator": [
        [
          changed(hardenedIn("kubeflow.org/v1:PyTorchJob", "spec.pytorchReplicaSpecs.Worker.template.spec"), {
            "spec.pytorchReplicaSpecs.Worker.template.spec.containers[0].securityContext.capabilities.add": [],
          }),
          locking,
        ],
        `spec.pytorchReplicaSpecs.Worker.template.${add} is absent; ${must}`,
      ],
    },
    absent: {
      "the capability": [[changed(hardened, { [add]: undefined }), locking], `${add} is absent; ${must}`],
      "the label": [[changed(hardened, { [add]: undefined }), namespace]],
    },
    unknown: {
      "the capabilities": [[changed(hardened, { [add]: unknownValue }), locking], `?${add}`],
      "one of them": [[changed(hardened, { [add]: [unknownValue] }), locking], `?${add}`],
      "one of several": [[changed(hardened, { [add]: ["SYS_PTRACE", unknownValue] }), locking], `?${add}`],
    },
    notApplicable,
  }),
  table(k8sRdmaAsked, [changed(plain, { [`${limits}["rdma/ib"]`]: "8" }), ...queues], {
    compliant: {
      "one pod": [[changed(plain, { "spec.parallelism": 1 }), ...queues]],
      "a job that no queue starts": [[changed(plain, { [queueLabel]: undefined }), ...queues]],
      "a queue that nobody knows here": [[plain, clusterQueue]],
      "a queue of that name in another namespace": [
        [plain, changed(localQueue, { "metadata.namespace": "train-other" }), clusterQueue],
      ],
      "a queue that has GPUs without adapters, too": [
        [plain, localQueue, changed(clusterQueue, { [`${groups}[0].coveredResources`]: ["amd.com/gpu"] })],
      ],
      "a queue without GPUs": [
        [plain, localQueue, changed(clusterQueue, { [groups]: [{ coveredResources: ["cpu", "rdma/ib"] }] })],
      ],
      "a queue of another name": [[plain, changed(localQueue, { "metadata.name": "other" }), clusterQueue]],
      "a queue that hands out of elsewhere": [
        [plain, changed(localQueue, { "spec.clusterQueue": "audio" }), clusterQueue],
      ],
      "a queue that says no queue of the cluster, which has no name": [
        [
          plain,
          changed(localQueue, { "spec.clusterQueue": "vision" }),
          changed(clusterQueue, { "metadata.name": undefined }),
        ],
      ],
      "a set of jobs one of which asks": [
        [
          changed(jobSet, {
            "spec.replicatedJobs[1]": {
              template: {
                spec: {
                  template: {
                    spec: {
                      containers: [
                        { name: "a", image: "mcr.microsoft.com/a:1" },
                        {
                          name: "b",
                          image: "mcr.microsoft.com/b:1",
                          resources: { limits: { "nvidia.com/gpu": "8", "rdma/ib": "8" } },
                        },
                      ],
                    },
                  },
                },
              },
            },
          }),
          ...queues,
        ],
      ],
      "one node of a training job": [[changed(trainJob, { "spec.trainer.numNodes": 1 }), ...queues]],
      "a training job without GPUs": [
        [changed(trainJob, { "spec.trainer.resourcesPerNode.limits": { cpu: "4" } }), ...queues],
      ],
      "a server in a queue, which is no job": [
        [changed({ ...plain, type: "kubernetes:apps/v1:Deployment" }, { "spec.replicas": 4 }), ...queues],
      ],
      "pods without GPUs": [[changed(plain, { [limits]: { cpu: "4" } }), ...queues]],
      "a training job that asks": [
        [changed(trainJob, { 'spec.trainer.resourcesPerNode.limits["nvidia.com/mlnxnics"]': "8" }), ...queues],
      ],
    },
    broken: {
      "a job of several pods": [[plain, ...queues], says(4)],
      "two pods": [[changed(plain, { "spec.parallelism": 2 }), ...queues], says(2)],
      "a set of jobs": [[jobSet, ...queues], says(6)],
      "a set of two jobs, whose pods are counted together": [
        [
          changed(jobSet, {
            "spec.replicatedJobs[1]": { replicas: 1, template: { spec: { parallelism: 4, template } } },
          }),
          ...queues,
        ],
        says(10),
      ],
      "GPUs in the second of two containers": [
        [
          changed(plain, {
            "spec.template.spec.containers": [
              { name: "logs", image: "mcr.microsoft.com/logs:1" },
              ...template.spec.containers,
            ],
          }),
          ...queues,
        ],
        says(4),
      ],
      "numbers of something else than pods": [
        [
          changed(plain, { "spec.backoffLimit": 3, "spec.parallelismLimit": 9, "spec.template.minReplicas": 9 }),
          ...queues,
        ],
        says(4),
      ],
      "the second queue of two": [
        [
          plain,
          changed(localQueue, { "metadata.name": "other" }),
          localQueue,
          changed(clusterQueue, { "metadata.name": "audio" }),
          clusterQueue,
        ],
        says(4),
      ],
      "a job of MPI": [[mpiJob, ...queues], says(5)],
      "a training job, whose pods stand elsewhere": [[trainJob, ...queues], says(7)],
      "a queue whose adapters have another name": [
        [
          plain,
          localQueue,
          changed(clusterQueue, { [`${groups}[1].coveredResources`]: ["nvidia.com/gpu", "nvidia.com/mlnxnics"] }),
        ],
        says(4),
      ],
    },
    absent: {
      "how many": [[changed(plain, { "spec.parallelism": undefined }), ...queues]],
      "the queue": [[plain]],
    },
    unknown: {
      "which queue": [[changed(plain, { [queueLabel]: unknownValue }), ...queues], `?${queueLabel}`],
    },
    notApplicable,
  }),
];

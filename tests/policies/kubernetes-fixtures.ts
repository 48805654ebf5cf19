import type * as k8s from "@pulumi/kubernetes/types/input";
import { labels } from "../../catalog/scheduling";
import type { Subject } from "../../policies/engine/rule";
import { types } from "../../policies/engine/types";
import { changed, resource } from "./harness";

/** A namespace of a training team that breaks no rule. */
export const namespace = resource(
  types.namespace,
  {
    metadata: {
      name: "train-vision",
      labels: {
        "pod-security.kubernetes.io/enforce": "baseline",
        "pod-security.kubernetes.io/enforce-version": "v1.36",
        "pod-security.kubernetes.io/warn": "restricted",
        "pod-security.kubernetes.io/audit": "restricted",
        [labels.workload]: "training",
      },
    },
  } satisfies k8s.core.v1.Namespace,
  "train-vision",
);

export const quota = resource(types.resourceQuota, {
  metadata: { name: "team", namespace: "train-vision" },
  spec: {
    hard: {
      "requests.cpu": "192",
      "requests.memory": "3600Gi",
      "requests.nvidia.com/gpu": "16",
      "requests.storage": "2Pi",
      pods: "64",
    },
  },
} satisfies k8s.core.v1.ResourceQuota);

export const denyAll = resource(
  types.networkPolicy,
  {
    metadata: { name: "default-deny", namespace: "train-vision" },
    spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
  } satisfies k8s.networking.v1.NetworkPolicy,
  "default-deny",
);

export const allowDns = resource(
  types.networkPolicy,
  {
    metadata: { name: "allow-dns", namespace: "train-vision" },
    spec: { podSelector: {}, policyTypes: ["Egress"], egress: [{ ports: [{ protocol: "UDP", port: 53 }] }] },
  } satisfies k8s.networking.v1.NetworkPolicy,
  "allow-dns",
);

/** Names that may be looked up, which only Cilium's kind of policy can say. */
export const allowNames = resource(
  types.ciliumNetworkPolicy,
  {
    metadata: { name: "allow-hosts", namespace: "train-vision" },
    spec: {
      endpointSelector: {},
      egress: [
        { toPorts: [{ ports: [{ port: "53", protocol: "ANY" }], rules: { dns: [{ matchName: "pypi.org" }] } }] },
        { toFQDNs: [{ matchName: "pypi.org" }], toPorts: [{ ports: [{ port: "443", protocol: "TCP" }] }] },
      ],
    },
  },
  "allow-hosts",
);

const podSpec = {
  tolerations: [{ key: "nvidia.com/gpu", operator: "Exists", effect: "NoSchedule" }],
  containers: [{ name: "trainer", image: "trainer:1", resources: { limits: { "nvidia.com/gpu": "8" } } }],
} satisfies k8s.core.v1.PodSpec;

/** A pod that takes all GPUs of a node and breaks no rule. */
export const pod = resource("kubernetes:core/v1:Pod", { spec: podSpec } satisfies k8s.core.v1.Pod);

/** The same pod spec inside a workload of another kind. */
export function workload(kind: "Deployment" | "DaemonSet" | "CronJob"): Subject {
  if (kind === "CronJob") {
    return resource("kubernetes:batch/v1:CronJob", {
      spec: { jobTemplate: { spec: { template: { spec: podSpec } } } },
    });
  }
  return resource(`kubernetes:apps/v1:${kind}`, { spec: { template: { spec: podSpec } } });
}

const hardenedSpec = {
  serviceAccountName: "workload",
  automountServiceAccountToken: false,
  securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
  tolerations: [{ key: "nvidia.com/gpu", operator: "Exists", effect: "NoSchedule" }],
  volumes: [{ name: "shm", emptyDir: { medium: "Memory" } }],
  containers: [
    {
      name: "trainer",
      image: `mcr.microsoft.com/trainer:1.2@sha256:${"a".repeat(64)}`,
      env: [{ name: "NCCL_DEBUG", value: "WARN" }],
      ports: [{ containerPort: 8080 }],
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"], add: ["IPC_LOCK"] } },
      resources: {
        requests: { cpu: "90", memory: "1752Gi" },
        limits: { memory: "1752Gi", "nvidia.com/gpu": "8", "rdma/ib": "8" },
      },
      volumeMounts: [{ name: "shm", mountPath: "/dev/shm" }],
    },
  ],
} satisfies k8s.core.v1.PodSpec;

/** A pod on InfiniBand that breaks no rule at all. */
export const hardened = resource("kubernetes:core/v1:Pod", {
  metadata: { name: "trainer", namespace: "train-vision" },
  spec: hardenedSpec,
} satisfies k8s.core.v1.Pod);

/** The same pod spec inside an object of another kind. */
export function hardenedIn(kind: string, path: string): Subject {
  return changed(resource(`kubernetes:${kind}`, { metadata: { namespace: "train-vision" } }), { [path]: hardenedSpec });
}

/** Where kinds of operators keep a pod spec: type token and path. */
export const podHolders = {
  "a job of MPI": ["kubeflow.org/v2beta1:MPIJob", "spec.mpiReplicaSpecs.Worker.template.spec"],
  "a job of PyTorch": ["kubeflow.org/v1:PyTorchJob", "spec.pytorchReplicaSpecs.Master.template.spec"],
  "a Ray cluster": ["ray.io/v1:RayCluster", "spec.workerGroupSpecs[0].template.spec"],
  "a job set": ["jobset.x-k8s.io/v1alpha2:JobSet", "spec.replicatedJobs[0].template.spec.template.spec"],
  "a leader and its workers": [
    "leaderworkerset.x-k8s.io/v1:LeaderWorkerSet",
    "spec.leaderWorkerTemplate.workerTemplate.spec",
  ],
  "what a training runtime makes": [
    "trainer.kubeflow.org/v1alpha1:ClusterTrainingRuntime",
    "spec.template.spec.replicatedJobs[0].template.spec.template.spec",
  ],
  "a service for inference": ["serving.kserve.io/v1beta1:InferenceService", "spec.predictor"],
  "a language model": ["serving.kserve.io/v1alpha1:LLMInferenceService", "spec.prefill.template"],
  "a batch job": ["batch.volcano.sh/v1alpha1:Job", "spec.tasks[0].template.spec"],
  "a template of pods": ["core/v1:PodTemplate", "template.spec"],
  "a leader of workers": [
    "leaderworkerset.x-k8s.io/v1:LeaderWorkerSet",
    "spec.leaderWorkerTemplate.leaderTemplate.spec",
  ],
  "the head of a Ray service": ["ray.io/v1:RayService", "spec.rayClusterConfig.headGroupSpec.template.spec"],
  "a graph of Dynamo": ["nvidia.com/v1alpha1:DynamoGraphDeployment", "spec.services.worker.extraPodSpec"],
  "nodes of Slurm": ["slinky.slurm.net/v1beta1:NodeSet", "spec.template.spec"],
  "a job of a training runtime": [
    "trainer.kubeflow.org/v1alpha1:TrainingRuntime",
    "spec.template.spec.replicatedJobs[1].template.spec.template.spec",
  ],
  "a model that workers serve": ["serving.kserve.io/v1alpha1:LLMInferenceService", "spec.worker"],
} as const;

/** The pod spec of `pod` inside an object of another kind. */
export function held(kind: string, path: string): Subject {
  return changed(resource(`kubernetes:${kind}`, {}), { [path]: podSpec });
}

export const service = resource(types.service, {
  metadata: {
    namespace: "train-vision",
    annotations: { "service.beta.kubernetes.io/azure-load-balancer-internal": "true" },
  },
  spec: { type: "LoadBalancer" },
} satisfies k8s.core.v1.Service);

export const binding = resource(types.clusterRoleBinding, {
  roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "view" },
  subjects: [{ kind: "Group", name: "00000000-0000-0000-0000-000000000001", apiGroup: "rbac.authorization.k8s.io" }],
} satisfies k8s.rbac.v1.ClusterRoleBinding);

/** What is laid over the pods of a training runtime, which stand elsewhere, and the path of its container. */
export const overlay = resource("kubernetes:trainer.kubeflow.org/v1alpha1:TrainJob", {
  spec: { podTemplateOverrides: [{ spec: { containers: [{ name: "node", env: [] }] } }] },
});
export const overlaid = "spec.podTemplateOverrides[0].spec.containers[0]";

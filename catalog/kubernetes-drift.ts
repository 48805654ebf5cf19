import { type DriftFacts, guarded, written } from "./drift";

/** Where the program says how many pods there are, nobody else should. */
const counted = {
  path: "spec.replicas",
  when: { path: "spec.replicas" },
  harm: { more: "cost", less: "capacity" },
  means: "More pods take more room, and with fewer it does less, or nothing",
  writer: null,
} as const;

/** Autoscalers of pods write the count; the program leaves it out where there is one. */
const scaled = {
  path: "spec.replicas",
  harm: "harmless",
  means: "An autoscaler of pods follows the load",
  writer: {
    who: "a controller in the cluster",
    source: "https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/",
  },
} as const;

/** What runs: who changes a pod's template runs another program with its rights. */
const workload: DriftFacts = {
  gone: { harm: "capacity", means: "It runs no more" },
  paths: [
    counted,
    scaled,
    ...written("security", "Other programs run, or run in another way, than was reviewed", "spec"),
  ],
};

/** What lets or does not let in. */
const fence = (gone: string, means: string, ...paths: readonly string[]): DriftFacts => ({
  gone: { harm: "security", means: gone },
  paths: written("security", means, ...paths),
});

/** What shares out nodes. */
const share = (gone: string, ...paths: readonly string[]): DriftFacts => ({
  gone: { harm: "capacity", means: gone },
  paths: written("capacity", "Teams get another share of the nodes than was agreed", ...paths),
});

const admission = (): DriftFacts =>
  fence("What it refused is let into the cluster", "What is let into the cluster is not what was reviewed", "spec");
const rights = (): DriftFacts =>
  fence(
    "What needs the right fails",
    "Somebody in the cluster has another right than was reviewed",
    "rules",
    "roleRef",
    "subjects",
    "aggregationRule",
  );
const traffic = (): DriftFacts =>
  fence("Its pods are reached, or reach out, as they like", "Who reaches its pods is not what was reviewed", "spec");

/**
 * What drift of an object in the cluster means, by its kind. Kinds that are not here have the defaults below.
 * Sources of what the kinds do: https://kubernetes.io/docs/reference/kubernetes-api/, https://kueue.sigs.k8s.io/docs/concepts/
 */
const kinds: Readonly<Record<string, DriftFacts>> = {
  Namespace: {
    gone: { harm: "capacity", means: "All that a team or an add-on had in it is gone" },
    paths: [
      ...guarded(
        "Pods in it may do more than was reviewed",
        ["restricted"],
        'metadata.labels["pod-security.kubernetes.io/enforce"]',
      ),
      ...written("security", "Labels decide which policies hold in it", "metadata.labels"),
    ],
  },
  ResourceQuota: {
    gone: { harm: "cost", means: "A team may take all nodes there are" },
    paths: written(
      { more: "cost", less: "capacity" },
      "A team may take more, or gets less, than was agreed",
      "spec.hard",
    ),
  },
  LimitRange: {
    gone: { harm: "capacity", means: "Pods that ask for nothing may take all of a node" },
    paths: written("capacity", "Pods that ask for nothing get another share of a node", "spec"),
  },
  NetworkPolicy: traffic(),
  CiliumNetworkPolicy: traffic(),
  ValidatingAdmissionPolicy: admission(),
  ValidatingAdmissionPolicyBinding: admission(),
  MutatingAdmissionPolicy: admission(),
  MutatingAdmissionPolicyBinding: admission(),
  Role: rights(),
  RoleBinding: rights(),
  ClusterRole: rights(),
  ClusterRoleBinding: rights(),
  ServiceAccount: {
    gone: { harm: "capacity", means: "Pods that run as it do not start" },
    paths: written(
      "security",
      "Pods that run as it act in Azure as another identity",
      "metadata.annotations",
      "automountServiceAccountToken",
    ),
  },
  Secret: {
    gone: { harm: "capacity", means: "Whatever reads it fails" },
    paths: written("security", "Whatever reads it logs in with something else", "data", "stringData", "type"),
  },
  ConfigMap: {
    gone: { harm: "capacity", means: "Whatever reads it fails" },
    paths: written("security", "Programs that read it run in another way than was reviewed", "data", "binaryData"),
  },
  Deployment: workload,
  StatefulSet: workload,
  DaemonSet: workload,
  LeaderWorkerSet: workload,
  PodDisruptionBudget: {
    gone: { harm: "capacity", means: "An upgrade may end all its pods at once" },
    paths: written("capacity", "An upgrade may end more of its pods at once, or waits for ever", "spec"),
  },
  ClusterQueue: share("Jobs of the team are let in no more", "spec"),
  LocalQueue: share("Jobs of the team are let in no more", "spec"),
  Cohort: share("Teams lend each other nothing", "spec"),
  ResourceFlavor: share("Jobs are let in no more", "spec"),
  Topology: share("Jobs are no longer kept in one InfiniBand domain", "spec"),
  WorkloadPriorityClass: share("Jobs of this priority are refused", "value"),
  PriorityClass: share("Pods of this priority are refused", "value", "preemptionPolicy"),
  Release: {
    gone: { harm: "capacity", means: "The add-on is gone" },
    paths: written("security", "The add-on runs in another version, or with other values, than was reviewed", ""),
  },
};

/** What holds of a kind that has no row. */
const others: DriftFacts = { gone: { harm: "capacity", means: "Whatever needs it fails" }, paths: [] };

/** What drift of a Kubernetes object means; the token is Pulumi's, such as `kubernetes:core/v1:Namespace`. */
export function kubernetesDrift(token: string): DriftFacts {
  return kinds[token.split(":").at(-1) ?? ""] ?? others;
}

/**
 * What a cluster writes into each object by itself, and says nothing of what was asked for.
 * Source: kubernetes/apimachinery:pkg/apis/meta/v1/types.go (ObjectMeta), pulumi/pulumi-kubernetes:provider/pkg/provider/diff.go
 */
export const kubernetesNoise: readonly string[] = [
  "status",
  "metadata.managedFields",
  "metadata.resourceVersion",
  "metadata.generation",
  "metadata.uid",
  "metadata.creationTimestamp",
  'metadata.annotations["deployment.kubernetes.io/revision"]',
  'metadata.annotations["kubectl.kubernetes.io/last-applied-configuration"]',
];

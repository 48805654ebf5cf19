import { labels } from "./scheduling";

/**
 * Labels by which a pod says which job it belongs to. The first that a pod has names its job: a TrainJob makes a JobSet, and a JobSet
 * makes Jobs, and a person knows the one that it made.
 */
export const jobLabels = [
  /** Source: kubernetes-sigs/jobset:api/jobset/v1alpha2/jobset_types.go (v0.12.0, JobSetNameKey) */
  "jobset.sigs.k8s.io/jobset-name",
  /** Source: kubernetes-sigs/lws:api/leaderworkerset/v1/leaderworkerset_types.go (v0.9.0, SetNameLabelKey) */
  "leaderworkerset.sigs.k8s.io/name",
  /** Source: ray-project/kuberay:ray-operator/controllers/ray/utils/constant.go (000cda4, RayClusterLabelKey) */
  "ray.io/cluster",
  /** Source: kubeflow/mpi-operator:pkg/apis/kubeflow/v2beta1/constants.go (v0.8.2, JobNameLabel) */
  "training.kubeflow.org/job-name",
  /** Source: https://kubernetes.io/docs/reference/labels-annotations-taints/ */
  "batch.kubernetes.io/job-name",
] as const;

/** Labels of Kubernetes that kube-state-metrics hands on, by the plural of the kind. By itself it hands on none. */
export const reportedLabels = { nodes: [labels.pool], namespaces: [labels.costCenter], pods: jobLabels } as const;

/**
 * Name that a label of Kubernetes has as a label of a metric.
 * Source: kubernetes/kube-state-metrics:internal/store/utils.go (v2.19.0, labelName); keys with capitals are none of ours
 */
export function metricLabel(key: string): string {
  return `label_${key.replace(/[^a-zA-Z0-9_]/g, "_")}`;
}

/** `reportedLabels` in the notation of AKS. Source: https://aka.ms/AzureManagedPrometheus-optional-parameters */
export function labelsAllowList(): string {
  return Object.entries(reportedLabels)
    .map(([kind, keys]) => `${kind}=[${keys.join(",")}]`)
    .join(",");
}

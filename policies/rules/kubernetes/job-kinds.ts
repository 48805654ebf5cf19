import { sameType } from "../../engine/rule";

/** Where a kind of job says when it ends. Paths of what a kind does not have are absent. */
export interface JobKind {
  /** Seconds that it may run. Of a list, one that says it is enough: with it the whole job ends. */
  readonly deadline: string;
  /** Whether each of a list must say it: one that ends leaves the others running. */
  readonly endsAlone?: true;
  /** How often what failed is tried again. */
  readonly retries?: string;
  /** Seconds after its end until it is removed. */
  readonly removal?: string;
  /** What must be true for its pods to go when it ends. */
  readonly stopsPods?: string;
  /** What each of its nodes takes, where a template that stands elsewhere has its pods. */
  readonly nodeLimits?: string;
}

const ofRunPolicy: JobKind = {
  deadline: "spec.runPolicy.activeDeadlineSeconds",
  retries: "spec.runPolicy.backoffLimit",
  removal: "spec.runPolicy.ttlSecondsAfterFinished",
};

/** Steps of a workflow are tried again each by itself: how often stands beside each. */
function ofWorkflow(spec: string): JobKind {
  return {
    deadline: `${spec}.activeDeadlineSeconds`,
    retries: `${spec}.templates[].retryStrategy.limit`,
    removal: `${spec}.ttlStrategy.secondsAfterCompletion`,
  };
}

/**
 * Kinds of jobs, by their tokens in whichever version.
 * Sources: kubernetes-sigs/jobset:api/jobset/v1alpha2/jobset_types.go (v0.12.0), kubeflow/mpi-operator:pkg/apis/kubeflow/v2beta1/types.go
 * (v0.8.2), kubeflow/training-operator:pkg/apis/kubeflow.org/v1/common_types.go (v1.9.3, RunPolicy),
 * kubeflow/trainer:pkg/apis/trainer/v1alpha1/trainjob_types.go (v2.3.0), ray-project/kuberay:ray-operator/apis/ray/v1/rayjob_types.go (v1.6.2),
 * volcano-sh/apis:pkg/apis/batch/v1alpha1/job.go (032c8b6), argoproj/argo-workflows:sdks/python/client/docs (WorkflowSpec, TTLStrategy)
 */
export const jobKinds: Readonly<Record<string, JobKind>> = {
  "kubernetes:batch/v1:Job": {
    deadline: "spec.activeDeadlineSeconds",
    retries: "spec.backoffLimit",
    removal: "spec.ttlSecondsAfterFinished",
  },
  // It removes its jobs by its history limits.
  "kubernetes:batch/v1:CronJob": {
    deadline: "spec.jobTemplate.spec.activeDeadlineSeconds",
    retries: "spec.jobTemplate.spec.backoffLimit",
  },
  "kubernetes:jobset.x-k8s.io/v1alpha2:JobSet": {
    deadline: "spec.replicatedJobs[].template.spec.activeDeadlineSeconds",
    retries: "spec.failurePolicy.maxRestarts",
    removal: "spec.ttlSecondsAfterFinished",
  },
  "kubernetes:kubeflow.org/v2beta1:MPIJob": ofRunPolicy,
  "kubernetes:kubeflow.org/v1:PyTorchJob": ofRunPolicy,
  "kubernetes:kubeflow.org/v1:TFJob": ofRunPolicy,
  "kubernetes:kubeflow.org/v1:JAXJob": ofRunPolicy,
  "kubernetes:kubeflow.org/v1:XGBoostJob": ofRunPolicy,
  "kubernetes:kubeflow.org/v1:PaddleJob": ofRunPolicy,
  "kubernetes:trainer.kubeflow.org/v1alpha1:TrainJob": {
    deadline: "spec.activeDeadlineSeconds",
    nodeLimits: "spec.trainer.resourcesPerNode.limits",
  },
  // Its cluster keeps its GPUs after the job unless it is told to go.
  "kubernetes:ray.io/v1:RayJob": {
    deadline: "spec.activeDeadlineSeconds",
    retries: "spec.backoffLimit",
    stopsPods: "spec.shutdownAfterJobFinishes",
  },
  // It knows no deadline itself: that of its pods is what there is.
  "kubernetes:batch.volcano.sh/v1alpha1:Job": {
    deadline: "spec.tasks[].template.spec.activeDeadlineSeconds",
    endsAlone: true,
    retries: "spec.maxRetry",
    removal: "spec.ttlSecondsAfterFinished",
  },
  "kubernetes:argoproj.io/v1alpha1:Workflow": ofWorkflow("spec"),
  "kubernetes:argoproj.io/v1alpha1:CronWorkflow": ofWorkflow("spec.workflowSpec"),
};

/** The kind of job that a type is, in whichever version. */
export function jobKindOf(type: string): JobKind | undefined {
  return Object.entries(jobKinds).find(([token]) => sameType(token, type))?.[1];
}

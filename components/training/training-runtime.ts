import { defaultMaxRestarts, jobSetFailurePolicy, podFailurePolicy } from "./failure-policy";
import type { KubernetesObject } from "../../core/kubernetes-object";
import type { JobPool } from "./job-request";
import { wholeNodePod } from "./pod-template";
import type { ReplicatedJob, RuntimeChoices, TrainerForm } from "./runtimes/runtime";

/** Group and version of Trainer's kinds. */
export const trainerApi = "trainer.kubeflow.org/v1alpha1";

/** What a runtime of the cluster decides, which many jobs use. */
const choicesOfCluster: RuntimeChoices = { maxRestarts: defaultMaxRestarts, spareNodes: 0, nodes: null };

/** Name of the runtime of the cluster for a pool. */
export function clusterRuntimeName(runtime: string, pool: Pick<JobPool, "key">): string {
  return `${runtime}-${pool.key}`;
}

/**
 * The runtime of a cluster for one pool, which every TrainJob may name. On a rack its pods claim their places in a ComputeDomain by the
 * template `compute-domain` of their namespace.
 */
export function clusterTrainingRuntime(name: string, form: TrainerForm, pool: JobPool): KubernetesObject {
  return {
    apiVersion: trainerApi,
    kind: "ClusterTrainingRuntime",
    metadata: { name: clusterRuntimeName(name, pool), labels: frameworkLabel(form) },
    spec: runtimeSpec(form, pool, choicesOfCluster),
  };
}

/** Label by which people and the Python SDK of Kubeflow find what a runtime runs. */
export function frameworkLabel({ framework }: TrainerForm): Readonly<Record<string, string>> {
  return { "trainer.kubeflow.org/framework": framework };
}

/**
 * What a runtime is: the JobSet that a TrainJob becomes.
 * @param domainTemplate Template of claims for places in a ComputeDomain
 */
export function runtimeSpec(
  form: TrainerForm,
  pool: JobPool,
  choices: RuntimeChoices,
  domainTemplate?: string,
): Readonly<Record<string, unknown>> {
  const jobs = form.jobs(wholeNodePod(pool, domainTemplate), pool);
  return {
    mlPolicy: { numNodes: 1, ...form.policy(pool) },
    template: {
      spec: {
        failurePolicy: jobSetFailurePolicy(choices.maxRestarts),
        replicatedJobs: jobs.map((it) => replicatedJob(it, choices)),
      },
    },
  };
}

function replicatedJob({ name, isTrainer, after, pod }: ReplicatedJob, { spareNodes, nodes }: RuntimeChoices): object {
  return {
    name,
    ...(after !== undefined && { dependsOn: [{ name: after, status: "Ready" }] }),
    template: {
      ...(isTrainer && { metadata: { labels: { "trainer.kubeflow.org/trainjob-ancestor-step": "trainer" } } }),
      spec: {
        // A program that fails on one node fails on all of them, and the job starts anew. Of the nodes that stand ready each may fail
        // alone, when the program is over and those that it runs on have left.
        backoffLimit: spareNodes,
        ...(spareNodes > 0 && nodes !== null && { successPolicy: { rules: [{ succeededCount: nodes }] } }),
        podFailurePolicy,
        template: pod,
      },
    },
  };
}

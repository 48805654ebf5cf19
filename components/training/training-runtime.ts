import type { KubernetesObject } from "../../core/kubernetes-object";
import type { JobPool } from "./job-request";
import { jobSetSpec } from "./job-set";
import { wholeNodePod } from "./pod-template";
import type { RuntimeChoices, TrainerForm } from "./runtimes/runtime";
import { runtimes } from "./runtimes/runtimes";

/** Group and version of Trainer's kinds. */
export const trainerApi = "trainer.kubeflow.org/v1alpha1";

/**
 * Label of jobs that run what a TrainJob says, so that they get its image, arguments and variables.
 * Source: kubeflow/trainer:pkg/constants/constants.go (v2.3.0, LabelTrainJobAncestor)
 */
const runsProgram = { "trainer.kubeflow.org/trainjob-ancestor-step": "trainer" };

/** Name of the runtime of the cluster for a pool. */
export function clusterRuntimeName(runtime: string, pool: Pick<JobPool, "key">): string {
  return `${runtime}-${pool.key}`;
}

/**
 * The runtimes of a cluster for one pool, which every TrainJob may name. On a rack their pods claim places in a ComputeDomain by the
 * template `compute-domain` of their namespace, whose ComputeDomain the team makes.
 */
export function clusterTrainingRuntimes(pool: JobPool): readonly KubernetesObject[] {
  return Object.entries(runtimes).flatMap(([key, { form, maxRestarts }]) =>
    form.by === "trainer"
      ? {
          apiVersion: trainerApi,
          kind: "ClusterTrainingRuntime",
          metadata: { name: clusterRuntimeName(key, pool), labels: frameworkLabel(form) },
          spec: runtimeSpec(form, pool, { maxRestarts, spares: null }),
        }
      : [],
  );
}

/** Label by which people, and the Python SDK of Kubeflow, know what a runtime runs. */
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
  const group = form.group(wholeNodePod(pool, domainTemplate), pool, choices);
  return {
    mlPolicy: { numNodes: 1, ...form.policy(pool) },
    template: { spec: jobSetSpec(group, choices, runsProgram) },
  };
}

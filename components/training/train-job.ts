import { labels } from "../../catalog/scheduling";
import type { KubernetesObject } from "../../core/kubernetes-object";
import { computeDomainName, inComputeDomain } from "./compute-domain";
import { jobLabels, podParts } from "./job-parts";
import type { JobRequest } from "./job-request";
import { programContainer } from "./pod-template";
import type { Runtime, TrainerForm } from "./runtimes/runtime";
import { clusterRuntimeName, frameworkLabel, runtimeSpec, trainerApi } from "./training-runtime";

/** Who writes the part of a TrainJob that changes its runtime. */
const patchManager = "azure-gpu-cluster/job";

/**
 * The TrainJob of a request. It names the runtime of the cluster. A job that needs what no other job has, brings a runtime of its own: on
 * a rack for its ComputeDomain, and elsewhere for another number of restarts or for nodes that stand ready, since a TrainJob can change
 * none of these in the runtime that it names.
 * Source: kubeflow/trainer:pkg/apis/trainer/v1alpha1/trainjob_types.go (v2.3.0, RuntimePatch, PodSpecPatch)
 */
export function trainJob(
  request: JobRequest,
  { maxRestarts: usual }: Runtime,
  form: TrainerForm,
): readonly KubernetesObject[] {
  const { name, namespace, pool, nodes, maxRestarts = usual, spareNodes = 0 } = request;
  const { image, env } = podParts(request);
  const own = inComputeDomain(pool) || maxRestarts !== usual || spareNodes > 0;
  const job: KubernetesObject = {
    apiVersion: trainerApi,
    kind: "TrainJob",
    metadata: { name, namespace, labels: jobLabels(request) },
    spec: {
      runtimeRef: own
        ? { kind: "TrainingRuntime", name }
        : { kind: "ClusterTrainingRuntime", name: clusterRuntimeName(request.runtime, pool) },
      trainer: { image, args: form.args(request), ...(env.length > 0 && { env }), numNodes: nodes + spareNodes },
      ...patches(request, form),
    },
  };
  if (!own) return [job];
  const choices = { maxRestarts, spares: spareNodes > 0 ? { active: nodes, ready: spareNodes } : null };
  const runtime: KubernetesObject = {
    apiVersion: trainerApi,
    kind: "TrainingRuntime",
    metadata: { name, namespace, labels: { [labels.job]: name, ...frameworkLabel(form) } },
    spec: runtimeSpec(form, pool, choices, computeDomainName(request)),
  };
  return [runtime, job];
}

/** What a job has in its pods that its runtime has not: volumes and an account. */
function patches(request: JobRequest, form: TrainerForm): Readonly<Record<string, unknown>> {
  const { volumes, mounts, serviceAccount } = podParts(request);
  if (volumes.length === 0 && serviceAccount === undefined) return {};
  const spec = {
    ...(serviceAccount !== undefined && { serviceAccountName: serviceAccount }),
    ...(volumes.length > 0 && { volumes, containers: [{ name: programContainer, volumeMounts: mounts }] }),
  };
  const replicatedJobs = form.jobs.map((name) => ({ name, template: { spec: { template: { spec } } } }));
  return {
    runtimePatches: [{ manager: patchManager, trainingRuntimeSpec: { template: { spec: { replicatedJobs } } } }],
  };
}

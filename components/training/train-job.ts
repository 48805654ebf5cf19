import { gpuStackRows } from "../../catalog/gpu-stacks";
import { labels } from "../../catalog/scheduling";
import type { KubernetesObject } from "../../core/kubernetes-object";
import { defaultMaxRestarts } from "./failure-policy";
import { jobLabels, jobVariables, type JobVolumes, jobVolumes } from "./job-parts";
import type { JobRequest } from "./job-request";
import { programContainer } from "./pod-template";
import type { TrainerForm } from "./runtimes/runtime";
import { clusterRuntimeName, frameworkLabel, runtimeSpec, trainerApi } from "./training-runtime";

/** Who writes the part of a TrainJob that changes its runtime. */
const patchManager = "azure-gpu-cluster/job";

/**
 * The TrainJob of a request. It names the runtime of the cluster. A job that needs what no other job has, brings a runtime of its own: on
 * a rack for its ComputeDomain, and elsewhere for another number of restarts or for nodes that stand ready, since a TrainJob can change
 * none of these in the runtime that it names.
 * Source: kubeflow/trainer:pkg/apis/trainer/v1alpha1/trainjob_types.go (v2.3.0, RuntimePatch, PodSpecPatch)
 */
export function trainJob(request: JobRequest, form: TrainerForm): readonly KubernetesObject[] {
  const { name, namespace, pool, nodes, image, maxRestarts = defaultMaxRestarts, spareNodes = 0 } = request;
  const inDomain = gpuStackRows[pool.gpuStack].computeDomain;
  const own = inDomain || maxRestarts !== defaultMaxRestarts || spareNodes > 0;
  const domain = `${name}-domain`;
  const ofJob = { namespace, labels: { [labels.job]: name } };
  const volumes = jobVolumes(request);
  const env = Object.entries(jobVariables(request)).map(([key, value]) => ({ name: key, value }));
  return [
    ...(inDomain ? [computeDomain(domain, ofJob)] : []),
    ...(own
      ? [
          {
            apiVersion: trainerApi,
            kind: "TrainingRuntime",
            metadata: { name, namespace, labels: { ...ofJob.labels, ...frameworkLabel(form) } },
            spec: runtimeSpec(form, pool, { maxRestarts, spareNodes, nodes }, domain),
          },
        ]
      : []),
    {
      apiVersion: trainerApi,
      kind: "TrainJob",
      metadata: { name, namespace, labels: jobLabels(request) },
      spec: {
        runtimeRef: own
          ? { kind: "TrainingRuntime", name }
          : { kind: "ClusterTrainingRuntime", name: clusterRuntimeName(request.runtime, pool) },
        trainer: {
          image,
          ...form.start(request),
          ...(env.length > 0 && { env }),
          numNodes: nodes + spareNodes,
        },
        ...patches(request, volumes, form),
      },
    },
  ];
}

/** What a job has in its pods that its runtime has not: volumes and an account. */
function patches({ serviceAccount, pool }: JobRequest, { volumes, mounts }: JobVolumes, form: TrainerForm): object {
  if (volumes.length === 0 && serviceAccount === undefined) return {};
  const spec = {
    ...(serviceAccount !== undefined && { serviceAccountName: serviceAccount }),
    ...(volumes.length > 0 && { volumes, containers: [{ name: programContainer, volumeMounts: mounts }] }),
  };
  const jobNames = form.jobs({ metadata: {}, spec: { containers: [{}], volumes: [] } }, pool).map((it) => it.name);
  const replicatedJobs = jobNames.map((name) => ({ name, template: { spec: { template: { spec } } } }));
  return {
    runtimePatches: [{ manager: patchManager, trainingRuntimeSpec: { template: { spec: { replicatedJobs } } } }],
  };
}

/**
 * What gives the nodes of a job a way into one another's GPU memory over NVLink. Its controller makes the template of its claims.
 * Source: kubernetes-sigs/dra-driver-nvidia-gpu:api/nvidia.com/resource/v1beta1/computedomain.go (v0.4.1)
 */
function computeDomain(
  name: string,
  ofJob: { readonly namespace: string; readonly labels: Readonly<Record<string, string>> },
): KubernetesObject {
  return {
    apiVersion: "resource.nvidia.com/v1beta1",
    kind: "ComputeDomain",
    metadata: { name, ...ofJob },
    // Two copies of its CRD are about: one requires the number of nodes, the other calls it deprecated, and 0 suits both.
    spec: { numNodes: 0, channel: { resourceClaimTemplate: { name }, allocationMode: "Single" } },
  };
}

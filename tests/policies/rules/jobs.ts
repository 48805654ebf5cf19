import { unknownValue } from "../../../core/property-marks";
import { k8sJobBounded } from "../../../policies/rules/kubernetes/k8s-job-bounded";
import { account } from "../fixtures";
import { changed, resource, table, type RuleCases } from "../harness";

const notApplicable = { "another type": [[account]] } as const;
const job = resource("kubernetes:batch/v1:Job", {
  spec: {
    activeDeadlineSeconds: 3600,
    backoffLimit: 2,
    ttlSecondsAfterFinished: 600,
    template: {
      spec: {
        containers: [{ name: "t", image: "mcr.microsoft.com/t:1", resources: { limits: { "nvidia.com/gpu": 1 } } }],
      },
    },
  },
});
const cronJob = resource("kubernetes:batch/v1:CronJob", { spec: { jobTemplate: { spec: job.inputs["spec"] } } });
const pods = job.inputs["spec"] as { readonly template: object };
const jobSet = resource("kubernetes:jobset.x-k8s.io/v1alpha2:JobSet", {
  spec: {
    ttlSecondsAfterFinished: 600,
    failurePolicy: { maxRestarts: 2 },
    replicatedJobs: [
      { name: "launcher", template: { spec: { template: pods.template } } },
      { name: "worker", template: { spec: { activeDeadlineSeconds: 3600, template: pods.template } } },
    ],
  },
});
const mpiJob = resource("kubernetes:kubeflow.org/v2beta1:MPIJob", {
  spec: {
    runPolicy: { activeDeadlineSeconds: 3600, backoffLimit: 2, ttlSecondsAfterFinished: 600 },
    mpiReplicaSpecs: { Worker: { template: pods.template } },
  },
});
const trainJob = resource("kubernetes:trainer.kubeflow.org/v1alpha1:TrainJob", {
  spec: { runtimeRef: { name: "torch" }, trainer: { numNodes: 2, resourcesPerNode: {} } },
});
const rayJob = resource("kubernetes:ray.io/v1:RayJob", {
  spec: {
    activeDeadlineSeconds: 3600,
    shutdownAfterJobFinishes: true,
    rayClusterSpec: { workerGroupSpecs: [{ template: pods.template }] },
  },
});

/** Rules about jobs. */
export const jobTables: readonly RuleCases[] = [
  table(k8sJobBounded, job, {
    compliant: {
      "a job without GPUs": [
        { spec: { template: { spec: { containers: [{ name: "t", image: "mcr.microsoft.com/t:1" }] } } } },
      ],
      "a job by the clock, which removes its own": [
        [changed(cronJob, { "spec.jobTemplate.spec.ttlSecondsAfterFinished": undefined })],
      ],
      "a set of jobs, one of which ends all": [[jobSet]],
      "a job of MPI": [[mpiJob]],
      "a job of a training runtime that ends": [[changed(trainJob, { "spec.activeDeadlineSeconds": 3600 })]],
      "a job of a training runtime without GPUs": [
        [changed(trainJob, { "spec.trainer.resourcesPerNode.limits": { cpu: "4" } })],
      ],
      "a job of Ray whose cluster goes with it": [[rayJob]],
    },
    broken: {
      "a deadline far away": [
        { "spec.activeDeadlineSeconds": 9_000_000 },
        "spec.activeDeadlineSeconds is 9000000; must be seconds, at most 2592000",
      ],
      "many retries": [{ "spec.backoffLimit": 100 }, "spec.backoffLimit is 100; must be at most 6"],
      "a job by the clock": [
        [changed(cronJob, { "spec.jobTemplate.spec.activeDeadlineSeconds": undefined })],
        "spec.jobTemplate.spec.activeDeadlineSeconds is absent; must be seconds, at most 2592000",
      ],
      "a set of jobs that starts again and again": [
        [changed(jobSet, { "spec.failurePolicy.maxRestarts": 50 })],
        "spec.failurePolicy.maxRestarts is 50; must be at most 6",
      ],
      "a set of jobs none of which has an end": [
        [changed(jobSet, { "spec.replicatedJobs[1].template.spec.activeDeadlineSeconds": undefined })],
        ...[0, 1].map(
          (at) =>
            `spec.replicatedJobs[${at}].template.spec.activeDeadlineSeconds is absent; must be seconds, at most 2592000`,
        ),
      ],
      "a job of MPI that stays": [
        [changed(mpiJob, { "spec.runPolicy.ttlSecondsAfterFinished": 9_000_000 })],
        "spec.runPolicy.ttlSecondsAfterFinished is 9000000; must be seconds, at most 604800",
      ],
      "a job of a training runtime, whose GPUs stand there": [
        [trainJob],
        "spec.activeDeadlineSeconds is absent; must be seconds, at most 2592000",
      ],
      "a job of a training runtime that says its GPUs": [
        [changed(trainJob, { "spec.trainer.resourcesPerNode.limits": { "nvidia.com/gpu": 8 } })],
        "spec.activeDeadlineSeconds is absent; must be seconds, at most 2592000",
      ],
      "a job of Ray whose cluster stays": [
        [changed(rayJob, { "spec.shutdownAfterJobFinishes": false })],
        "spec.shutdownAfterJobFinishes is false; must be true: its pods stay otherwise",
      ],
    },
    absent: {
      "its end": [
        { "spec.activeDeadlineSeconds": undefined, "spec.ttlSecondsAfterFinished": undefined },
        "spec.activeDeadlineSeconds is absent; must be seconds, at most 2592000",
        "spec.ttlSecondsAfterFinished is absent; must be seconds, at most 604800",
      ],
    },
    unknown: { "the deadline": [{ "spec.activeDeadlineSeconds": unknownValue }, "?spec.activeDeadlineSeconds"] },
    notApplicable,
  }),
  table(
    k8sJobBounded,
    job,
    {
      broken: {
        "longer than the setting says": [
          { "spec.activeDeadlineSeconds": 7200 },
          "spec.activeDeadlineSeconds is 7200; must be seconds, at most 3600",
        ],
      },
      absent: { "its retries": [{ "spec.backoffLimit": undefined }] },
      unknown: { "the retries": [{ "spec.backoffLimit": unknownValue }, "?spec.backoffLimit"] },
      notApplicable,
    },
    { settings: { jobDeadlineSeconds: 3600 } },
  ),
];

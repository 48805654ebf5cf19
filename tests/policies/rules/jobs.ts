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
const pods = job.inputs["spec"] as { readonly template: { readonly spec: object } };
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

const volcanoJob = resource("kubernetes:batch.volcano.sh/v1alpha1:Job", {
  spec: {
    maxRetry: 2,
    ttlSecondsAfterFinished: 600,
    tasks: ["master", "worker"].map((name) => ({
      name,
      template: { spec: { ...pods.template.spec, activeDeadlineSeconds: 3600 } },
    })),
  },
});
const workflow = resource("kubernetes:argoproj.io/v1alpha1:Workflow", {
  spec: {
    activeDeadlineSeconds: 3600,
    ttlStrategy: { secondsAfterCompletion: 600 },
    templates: [
      {
        retryStrategy: { limit: "2" },
        container: { image: "mcr.microsoft.com/t:1", resources: { limits: { "nvidia.com/gpu": 1 } } },
      },
    ],
  },
});
const cronWorkflow = resource("kubernetes:argoproj.io/v1alpha1:CronWorkflow", {
  spec: { workflowSpec: workflow.inputs["spec"] },
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
      "a job of Volcano": [[volcanoJob]],
      "a workflow": [[workflow]],
      "the most of everything": [
        { "spec.activeDeadlineSeconds": 2_592_000, "spec.backoffLimit": 6, "spec.ttlSecondsAfterFinished": 604_800 },
      ],
      "the least of everything": [
        { "spec.activeDeadlineSeconds": 1, "spec.backoffLimit": 0, "spec.ttlSecondsAfterFinished": 0 },
      ],
      "a workflow by the clock": [[cronWorkflow]],
    },
    broken: {
      "a deadline far away": [
        { "spec.activeDeadlineSeconds": 9_000_000 },
        "spec.activeDeadlineSeconds is 9000000; must be from 1 to 2592000 seconds",
      ],
      "many retries": [{ "spec.backoffLimit": 100 }, "spec.backoffLimit is 100; must be at most 6"],
      "a job by the clock": [
        [changed(cronJob, { "spec.jobTemplate.spec.activeDeadlineSeconds": undefined })],
        "spec.jobTemplate.spec.activeDeadlineSeconds is absent; must be from 1 to 2592000 seconds",
      ],
      "a set of jobs that starts again and again": [
        [changed(jobSet, { "spec.failurePolicy.maxRestarts": 50 })],
        "spec.failurePolicy.maxRestarts is 50; must be at most 6",
      ],
      "a set of jobs none of which has an end": [
        [changed(jobSet, { "spec.replicatedJobs[1].template.spec.activeDeadlineSeconds": undefined })],
        ...[0, 1].map(
          (at) =>
            `spec.replicatedJobs[${at}].template.spec.activeDeadlineSeconds is absent; must be from 1 to 2592000 seconds`,
        ),
      ],
      "a job of MPI that stays": [
        [changed(mpiJob, { "spec.runPolicy.ttlSecondsAfterFinished": 9_000_000 })],
        "spec.runPolicy.ttlSecondsAfterFinished is 9000000; must be from 0 to 604800 seconds",
      ],
      "a job of a training runtime, whose GPUs stand there": [
        [trainJob],
        "spec.activeDeadlineSeconds is absent; must be from 1 to 2592000 seconds",
      ],
      "a job of a training runtime that says its GPUs": [
        [changed(trainJob, { "spec.trainer.resourcesPerNode.limits": { "nvidia.com/gpu": 8 } })],
        "spec.activeDeadlineSeconds is absent; must be from 1 to 2592000 seconds",
      ],
      "a job of a training runtime that says its GPUs beside its cores": [
        [changed(trainJob, { "spec.trainer.resourcesPerNode.limits": { cpu: "4", "nvidia.com/gpu": 8 } })],
        "spec.activeDeadlineSeconds is absent; must be from 1 to 2592000 seconds",
      ],
      "a job that ends at once": [
        { "spec.activeDeadlineSeconds": 0 },
        "spec.activeDeadlineSeconds is 0; must be from 1 to 2592000 seconds",
      ],
      "a second more and one try more than there may be": [
        { "spec.activeDeadlineSeconds": 2_592_001, "spec.backoffLimit": 7, "spec.ttlSecondsAfterFinished": 604_801 },
        "spec.activeDeadlineSeconds is 2592001; must be from 1 to 2592000 seconds",
        "spec.backoffLimit is 7; must be at most 6",
        "spec.ttlSecondsAfterFinished is 604801; must be from 0 to 604800 seconds",
      ],
      "tries that are no number": [{ "spec.backoffLimit": true }, "spec.backoffLimit is true; must be at most 6"],
      "a job of Volcano one task of which never ends": [
        [changed(volcanoJob, { "spec.tasks[1].template.spec.activeDeadlineSeconds": undefined })],
        "spec.tasks[1].template.spec.activeDeadlineSeconds is absent; must be from 1 to 2592000 seconds",
      ],
      "a job of Volcano that starts again and again": [
        [changed(volcanoJob, { "spec.maxRetry": 50, "spec.ttlSecondsAfterFinished": undefined })],
        "spec.maxRetry is 50; must be at most 6",
        "spec.ttlSecondsAfterFinished is absent; must be from 0 to 604800 seconds",
      ],
      "a workflow whose steps are tried again and again": [
        [changed(workflow, { "spec.templates[0].retryStrategy.limit": "{{inputs.parameters.limit}}" })],
        'spec.templates[0].retryStrategy.limit is "{{inputs.parameters.limit}}"; must be at most 6',
      ],
      "a workflow by the clock that never ends": [
        [
          changed(cronWorkflow, {
            "spec.workflowSpec.activeDeadlineSeconds": undefined,
            "spec.workflowSpec.ttlStrategy": undefined,
          }),
        ],
        "spec.workflowSpec.activeDeadlineSeconds is absent; must be from 1 to 2592000 seconds",
        "spec.workflowSpec.ttlStrategy.secondsAfterCompletion is absent; must be from 0 to 604800 seconds",
      ],
      "a job of Ray whose cluster stays": [
        [changed(rayJob, { "spec.shutdownAfterJobFinishes": false })],
        "spec.shutdownAfterJobFinishes is false; must be true: its pods stay otherwise",
      ],
    },
    absent: {
      "its end": [
        { "spec.activeDeadlineSeconds": undefined, "spec.ttlSecondsAfterFinished": undefined },
        "spec.activeDeadlineSeconds is absent; must be from 1 to 2592000 seconds",
        "spec.ttlSecondsAfterFinished is absent; must be from 0 to 604800 seconds",
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
          "spec.activeDeadlineSeconds is 7200; must be from 1 to 3600 seconds",
        ],
      },
      absent: { "its retries": [{ "spec.backoffLimit": undefined }] },
      unknown: { "the retries": [{ "spec.backoffLimit": unknownValue }, "?spec.backoffLimit"] },
      notApplicable,
    },
    { settings: { jobDeadlineSeconds: 3600 } },
  ),
];

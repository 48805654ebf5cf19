import { queueLabels } from "../catalog/scheduling";
import { jobSetApi } from "../components/training/job-set";
import { trainerApi } from "../components/training/training-runtime";
import { list, number, read, record, text } from "../core/property-tree";
import { type Props, toProps } from "../core/property-value";
import type { JobState } from "./job-state";
import { askedFor, condition, ownerOf } from "./job-workload";

/** Kinds of jobs that are there before Kueue has made their Workload, and the API that has them. */
export const submittedKinds = [
  { kind: "TrainJob", apiVersion: trainerApi, resource: "trainjobs" },
  { kind: "JobSet", apiVersion: jobSetApi, resource: "jobsets" },
  { kind: "Job", apiVersion: "batch/v1", resource: "jobs" },
] as const;

/** A job as whoever submitted it made it. */
export interface Submitted {
  readonly kind: string;
  readonly apiVersion: string;
  readonly job: Props;
}

/**
 * The jobs that Kueue has not made a Workload of yet, as they do. What another job owns is a part of that one. One that has ended waits
 * for nothing: Kueue deletes its Workload after a week. One without a queue is not Kueue's.
 * @param gpusPerNode GPUs of a node of the team's pool: jobs take whole nodes
 * @param now Milliseconds of Unix time
 */
export function submittedJobs(
  jobs: readonly Submitted[],
  workloads: readonly Props[],
  { gpusPerNode, now }: { readonly gpusPerNode: number; readonly now: number },
): readonly JobState[] {
  const seen = new Set(workloads.map(ownerOf).map(({ kind, name }) => `${kind}/${name}`));
  return jobs
    .filter(({ kind, job }) => {
      const name = text(job, "metadata.name") ?? "";
      const queues = read(job, `metadata.labels["${queueLabels.queue}"]`) !== undefined;
      return queues && ownerOf(job).name === "" && !hasEnded(job) && !seen.has(`${kind}/${name}`);
    })
    .map((it) => stateOf(it, gpusPerNode, now));
}

/**
 * Whether a job is over, well or not.
 * Sources: kubeflow/trainer:pkg/apis/trainer/v1alpha1/trainjob_types.go (v2.3.0, TrainJobComplete, TrainJobFailed);
 * kubernetes-sigs/jobset:api/jobset/v1alpha2/jobset_types.go (v0.12.0, JobSetCompleted, JobSetFailed)
 */
function hasEnded(job: Props): boolean {
  return ["Complete", "Completed", "Failed"].some((it) => condition(job, it)?.holds === true);
}

function stateOf({ kind, apiVersion, job }: Submitted, gpusPerNode: number, now: number): JobState {
  const submitted = text(job, "metadata.creationTimestamp") ?? "";
  const { nodes, gpus, all } = kind === "TrainJob" ? ofTrainJob(job, gpusPerNode) : askedFor(asPodSets(job));
  return {
    name: text(job, "metadata.name") ?? "",
    apiVersion,
    kind,
    phase: "submitted",
    priority: text(job, `metadata.labels["${queueLabels.priorityClass}"]`) ?? null,
    reasons: [],
    place: null,
    submitted,
    waitedSeconds: Math.max(0, Math.round((now - Date.parse(submitted)) / 1000)),
    nodes,
    gpus,
    pods: { ready: 0, ended: 0, all },
    domains: [],
    nodeNames: [],
    exitCode: null,
  };
}

/** What a TrainJob asks for: its pods are those of its runtime, which people of a team cannot read. */
function ofTrainJob(job: Props, gpusPerNode: number): ReturnType<typeof askedFor> {
  // One, as the runtimes say.
  const nodes = read(job, "spec.trainer.numNodes") === undefined ? 1 : number(job, "spec.trainer.numNodes");
  return { nodes, gpus: nodes * gpusPerNode, all: nodes };
}

/** A Job, or the jobs of a JobSet, as Kueue sees them. */
function asPodSets(job: Props): Props {
  const jobs = [
    ...list(job, "spec.replicatedJobs"),
    ...(read(job, "spec.template") === undefined ? [] : [{ template: job }]),
  ];
  const podSets = jobs.map((it) => {
    const { parallelism = 1, template = {} } = record(it, "template.spec");
    return { count: (read(it, "replicas") === undefined ? 1 : number(it, "replicas")) * Number(parallelism), template };
  });
  return toProps({ spec: { podSets } });
}

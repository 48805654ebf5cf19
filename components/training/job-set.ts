import type { KubernetesObject } from "../../core/kubernetes-object";
import { jobSetFailurePolicy, podFailurePolicy } from "./failure-policy";
import { jobLabels, podParts } from "./job-parts";
import type { JobRequest } from "./job-request";
import { withJob } from "./pod-template";
import type { JobGroup, ReplicatedJob, RuntimeChoices } from "./runtimes/runtime";

/** Group and version of JobSet's kind. */
export const jobSetApi = "jobset.x-k8s.io/v1alpha2";

/**
 * Host name of a pod of a JobSet, for its other pods.
 * Source: kubernetes-sigs/jobset:pkg/util/placement/placement.go (v0.12.0)
 */
export function podHost(jobSetName: string, job: string, index: number): string {
  return `${jobSetName}-${job}-0-${index}.${jobSetName}`;
}

/** The JobSet of a request whose runtime Trainer has no policy for. */
export function jobSet(request: JobRequest, group: JobGroup, maxRestarts: number): KubernetesObject {
  const { name, namespace } = request;
  const parts = podParts(request);
  const jobs = group.jobs.map((it) => ({ ...it, pod: withJob(it.pod, parts) }));
  return {
    apiVersion: jobSetApi,
    kind: "JobSet",
    metadata: { name, namespace, labels: jobLabels(request) },
    spec: jobSetSpec({ ...group, jobs }, { maxRestarts, spares: null }),
  };
}

/**
 * Jobs that start, fail and start anew as one.
 * Source: kubernetes-sigs/jobset:api/jobset/v1alpha2/jobset_types.go (v0.12.0)
 * @param labels Labels of each of them
 */
export function jobSetSpec(
  { jobs, endsWith }: JobGroup,
  choices: RuntimeChoices,
  labels?: Readonly<Record<string, string>>,
): Readonly<Record<string, unknown>> {
  return {
    failurePolicy: jobSetFailurePolicy(choices.maxRestarts),
    ...(endsWith !== undefined && { successPolicy: { operator: "All", targetReplicatedJobs: [endsWith] } }),
    replicatedJobs: jobs.map((it) => replicatedJob(it, choices, labels)),
  };
}

function replicatedJob(
  { name, pods, after, pod }: ReplicatedJob,
  { spares }: RuntimeChoices,
  labels: Readonly<Record<string, string>> | undefined,
): Readonly<Record<string, unknown>> {
  return {
    name,
    ...(after !== undefined && { dependsOn: [{ name: after, status: "Ready" }] }),
    template: {
      ...(labels !== undefined && { metadata: { labels } }),
      spec: {
        ...(pods !== undefined && { parallelism: pods, completions: pods }),
        // A program that fails on one node has failed. A node that stands ready may fail alone: once the program is done, those that it
        // waits at are gone.
        backoffLimit: spares?.ready ?? 0,
        ...(spares !== null && { successPolicy: { rules: [{ succeededCount: spares.active }] } }),
        podFailurePolicy,
        template: pod,
      },
    },
  };
}

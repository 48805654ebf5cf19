import { list, number, record, text } from "../core/property-tree";
import type { Props } from "../core/property-value";
import { reasonsOf } from "./job-reasons";
import type { Reason } from "./job-words";
import { askedFor, condition, ownerOf } from "./job-workload";

/** Where a job is in its life. */
export const jobPhases = ["submitted", "waits", "starts", "runs", "succeeded", "failed", "put aside"] as const;
export type JobPhase = (typeof jobPhases)[number];

/** What the cluster has of one job. */
export interface JobObjects {
  /** Kueue's Workload: one for each job that queues. */
  readonly workload: Props;
  readonly pods: readonly Props[];
  /** Events of the namespace, of which those that are of the job count. */
  readonly events: readonly Props[];
  /** Jobs that wait in its queue, as Kueue's visibility API lists them; null where it does not answer. */
  readonly pending: readonly Props[] | null;
}

/** How a job does, as its owner asks. */
export interface JobState {
  readonly name: string;
  /** Version and kind of the object that it is. */
  readonly apiVersion: string;
  readonly kind: string;
  readonly phase: JobPhase;
  readonly priority: string | null;
  readonly reasons: readonly Reason[];
  /** Its place in the queue, from 1 on, and how many jobs wait there; null when it does not wait, or nobody says. */
  readonly place: { readonly at: number; readonly of: number } | null;
  readonly submitted: string;
  /** Seconds from its submission to its nodes, or until now. */
  readonly waitedSeconds: number;
  /** Nodes that it asks for, or has: pods that take GPUs. */
  readonly nodes: number;
  readonly gpus: number;
  readonly pods: { readonly ready: number; readonly ended: number; readonly all: number };
  /** InfiniBand domains and nodes that its pods are on. */
  readonly domains: readonly string[];
  readonly nodeNames: readonly string[];
  /** Exit code of its first pod that failed, else of its first one; null while none has ended. */
  readonly exitCode: number | null;
}

/**
 * Says how a job does.
 * @param nodePools AKS pools of the team's pool: the InfiniBand domains, which nodes have in their names
 * @param now Milliseconds of Unix time
 */
export function jobState(objects: JobObjects, nodePools: readonly string[], now: number): JobState {
  const { workload, pods, pending } = objects;
  const { apiVersion, kind, name } = ownerOf(workload);
  const admitted = condition(workload, "Admitted");
  const submitted = text(workload, "metadata.creationTimestamp") ?? "";
  const until = admitted?.holds === true ? Date.parse(admitted.since) : now;
  const { nodes, gpus, all } = askedFor(workload);
  const phase = phaseOf(workload, pods, all);
  const names = [...new Set(pods.flatMap((it) => text(it, "spec.nodeName") ?? []))].sort();
  return {
    name,
    apiVersion,
    kind,
    phase,
    priority: text(workload, "spec.priorityClassRef.name") ?? null,
    reasons: reasonsOf(objects, phase),
    place: phase === "waits" ? placeOf(text(workload, "metadata.name") ?? "", pending) : null,
    submitted,
    waitedSeconds: Math.max(0, Math.round((until - Date.parse(submitted)) / 1000)),
    nodes,
    gpus,
    pods: { ready: pods.filter(isReady).length, ended: pods.filter(hasEnded).length, all },
    domains: nodePools.filter((pool) => names.some((it) => it.startsWith(`aks-${pool}-`))),
    nodeNames: names,
    exitCode: exitCodeOf(pods),
  };
}

function phaseOf(workload: Props, pods: readonly Props[], all: number): JobPhase {
  const finished = condition(workload, "Finished");
  // Source: kubernetes-sigs/kueue:apis/kueue/v1beta2/workload_types.go (v0.19.2, WorkloadFinishedReasonSucceeded)
  if (finished?.holds === true) return finished.reason === "Succeeded" ? "succeeded" : "failed";
  if (workload["spec"] !== undefined && record(workload, "spec")["active"] === false) return "put aside";
  if (condition(workload, "Admitted")?.holds !== true) return "waits";
  return pods.filter((it) => isReady(it) || hasEnded(it)).length >= all ? "runs" : "starts";
}

function placeOf(workload: string, pending: readonly Props[] | null): JobState["place"] {
  const mine = pending?.find((it) => text(it, "metadata.name") === workload);
  return mine === undefined || pending === null
    ? null
    : { at: number(mine, "positionInLocalQueue") + 1, of: pending.length };
}

function isReady(pod: Props): boolean {
  return list(pod, "status.conditions").some((it) => text(it, "type") === "Ready" && text(it, "status") === "True");
}

function hasEnded(pod: Props): boolean {
  return ["Succeeded", "Failed"].includes(text(pod, "status.phase") ?? "");
}

function exitCodeOf(pods: readonly Props[]): number | null {
  const codes = pods.flatMap((pod) =>
    list(pod, "status.containerStatuses").flatMap((it) =>
      Object.keys(record(it, "state.terminated")).length > 0 ? [number(it, "state.terminated.exitCode")] : [],
    ),
  );
  return codes.find((it) => it !== 0) ?? codes[0] ?? null;
}

import { list, number, text } from "../core/property-tree";
import type { Props } from "../core/property-value";
import type { JobObjects, JobPhase } from "./job-state";
import { kueueReason, podReason, type Reason } from "./job-words";
import { condition, ownerOf } from "./job-workload";

/** Says why a job is where it is, the most important first. */
export function reasonsOf({ workload, pods, events }: JobObjects, phase: JobPhase): Reason[] {
  const kueue = (type: string): Reason[] => {
    const it = condition(workload, type);
    return it === undefined || it.message === "" ? [] : [kueueReason(it.message)];
  };
  switch (phase) {
    case "waits":
      // Why it lost its nodes, then why it has none.
      return told([
        ...(condition(workload, "Evicted")?.holds === true ? kueue("Evicted") : []),
        ...(condition(workload, "QuotaReserved")?.holds === true ? [] : kueue("QuotaReserved")),
        ...checksOf(workload),
        ...requeueOf(workload),
      ]);
    case "put aside":
      return told(kueue("Evicted"));
    case "starts":
      return told([...pods.flatMap(podReasons), ...eventReasons(workload, pods, events)]);
    case "failed":
      return told([...kueue("Finished"), ...pods.flatMap(podReasons)]);
    default:
      return [];
  }
}

/** What is worth telling, once: a gang has as many pods with one fault as it has nodes. */
function told(reasons: readonly Reason[]): Reason[] {
  return [...new Map(reasons.filter(({ plain }) => plain !== "").map((it) => [it.plain, it])).values()];
}

/** Checks that hold an admission back: nodes that Azure has yet to make. */
function checksOf(workload: Props): Reason[] {
  return list(workload, "status.admissionChecks")
    .filter((it) => text(it, "state") !== "Ready")
    .map((it) => {
      const message = text(it, "message") ?? "";
      return {
        plain: "its nodes are asked for in Azure, and are not there yet",
        said: message === "" ? null : message,
      };
    });
}

function requeueOf(workload: Props): Reason[] {
  const at = text(workload, "status.requeueState.requeueAt");
  if (at === undefined) return [];
  const tries = number(workload, "status.requeueState.count");
  return [{ plain: `it is tried again at ${at}, after ${tries === 1 ? "1 try" : `${tries} tries`}`, said: null }];
}

/** Why a pod does not run. */
function podReasons(pod: Props): Reason[] {
  const scheduled = list(pod, "status.conditions").find((it) => text(it, "type") === "PodScheduled");
  const unscheduled = text(scheduled, "status") === "False" ? (text(scheduled, "message") ?? "") : "";
  const waiting = [...list(pod, "status.initContainerStatuses"), ...list(pod, "status.containerStatuses")].flatMap(
    (it) => {
      const [reason = "", message = ""] = ["reason", "message"].map((key) => text(it, `state.waiting.${key}`) ?? "");
      return ["", "ContainerCreating", "PodInitializing"].includes(reason) ? [] : [`${reason} ${message}`.trim()];
    },
  );
  return [unscheduled, ...waiting].filter((it) => it !== "").map(podReason);
}

/** Refusals of pods, which no pod can tell, and mounts that fail. */
function eventReasons(workload: Props, pods: readonly Props[], events: readonly Props[]): Reason[] {
  const { name } = ownerOf(workload);
  const ofJob = (it: Props): boolean => {
    const on = text(it, "involvedObject.name") ?? "";
    const isPod = pods.some((pod) => text(pod, "metadata.name") === on);
    // Jobs of a JobSet, and the JobSet of a TrainJob, begin with its name.
    return isPod || on === name || (on.startsWith(`${name}-`) && text(it, "involvedObject.kind") !== "Pod");
  };
  return events
    .filter(
      (it) => ["FailedCreate", "FailedMount", "FailedAttachVolume"].includes(text(it, "reason") ?? "") && ofJob(it),
    )
    .map((it) => podReason(text(it, "message") ?? ""));
}

import type { CheckedPool, ControllerConfig } from "../controller-config";
import type { NodeState } from "./node-state";
import { mayBeEmptied } from "./remedy";

/** A pod that checks a node. */
export interface CheckPod {
  readonly name: string;
  /** Whether its own checks have ended, well or badly. */
  readonly finished: boolean;
  /** Where it is reached by pods of other nodes, while it can write to them; null otherwise. */
  readonly address: string | null;
  /** Why it does not run yet, in the words of the cluster; empty where it says nothing. */
  readonly waiting: string;
}

/** What a step is decided by, beside the node. */
export interface StepFacts {
  /** Milliseconds of Unix time. */
  readonly now: number;
  /** Pod that checks the node. Null: there is none yet, or none any more. */
  readonly checkPod: CheckPod | null;
  readonly config: Pick<ControllerConfig, "remediate" | "recheckHours" | "retryHours" | "deadlineMinutes">;
  /** Extended resources that the node should have. */
  readonly devices: CheckedPool["devices"];
  /** Why nothing may be done now about a node of the pool that failed, null where it may. */
  readonly heldBack: () => string | null;
}

/** What to do with a node next. */
export type NextStep =
  /** Nothing. */
  | { readonly kind: "wait" }
  /** Its checks become due; where it is in use, not before it is idle. Closed: from now on no new pods come. */
  | { readonly kind: "check"; readonly close: boolean }
  /** Its checks have ended: read what they wrote. */
  | { readonly kind: "judge"; readonly pod: string }
  /** Its own checks have passed: other nodes bear it out. */
  | { readonly kind: "pair" }
  /** Azure has said what it will do to the VM, or that is over. */
  | { readonly kind: "maintenance" }
  /** It failed, and worked on because too many others were closed. Now it is its turn. */
  | { readonly kind: "close" }
  /** It failed by something that no job survives: its pods go. */
  | { readonly kind: "drain" }
  /** It has lost devices: no checks are needed to see that. */
  | { readonly kind: "fail"; readonly why: string }
  /** Its checks did not come to an end in time. */
  | { readonly kind: "give-up"; readonly why: string };

const hour = 3_600_000;

/** Decides what to do with a node: the same answer however often it is asked, so that a step that failed is simply done again. */
export function nextStep(node: NodeState, facts: StepFacts): NextStep {
  const { now, checkPod, config, devices } = facts;
  const { report, bootId, dueSince, closed } = node;
  if (report !== null && report.maintenance !== (node.maintenance?.id ?? null)) return { kind: "maintenance" };
  if (dueSince !== null) {
    if (checkPod?.finished === true) {
      const judged = report?.awaitsPair === true && report.bootId === bootId && report.at >= dueSince;
      return judged ? { kind: "pair" } : { kind: "judge", pod: checkPod.name };
    }
    const minutes = (now - dueSince) / 60_000;
    if (minutes < config.deadlineMinutes) return { kind: "wait" };
    const short = missing(node, devices);
    if (short !== null) return { kind: "fail", why: short };
    const waiting = checkPod === null ? "no pod came to check it" : checkPod.waiting;
    return {
      kind: "give-up",
      why: `no result in ${config.deadlineMinutes} minutes: ${waiting || "the checks still run"}`,
    };
  }
  // Its own processes start anew too, and what is wrong with it is known already.
  if (!node.ready) return { kind: "wait" };
  // A node that worked before this add-on came goes on until it is idle.
  if (report === null) return { kind: "check", close: false };
  if (report.bootId !== bootId) return { kind: "check", close: !closed };
  const lost = report.verdict === "pass" ? missing(node, devices) : null;
  if (lost !== null) return { kind: "fail", why: lost };
  if (report.verdict === "fail" && config.remediate !== "observe") {
    if (!closed && facts.heldBack() === null) return { kind: "close" };
    const begun = report.remedy?.action === "drain";
    if (closed && config.remediate === "drain" && mayBeEmptied(report) && (begun || facts.heldBack() === null))
      return { kind: "drain" };
  }
  const age = now - report.at;
  const due = age >= (report.verdict === "pass" ? config.recheckHours : config.retryHours) * hour;
  return due ? { kind: "check", close: false } : { kind: "wait" };
}

/**
 * Devices that a node hands out some of, but not all: its plugin took the others for broken. None at all says nothing of the node: then
 * the plugin is not there yet, or starts anew.
 */
function missing(node: NodeState, devices: CheckedPool["devices"]): string | null {
  const short = Object.entries(devices).flatMap(([resource, count]) => {
    const there = node.devices[resource] ?? 0;
    return there > 0 && there < count ? [`the node hands out ${there} of ${count} ${resource}`] : [];
  });
  return short.length === 0 ? null : `Devices: ${short.join(", ")}`;
}

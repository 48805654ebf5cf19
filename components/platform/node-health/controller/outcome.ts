import type { ControllerConfig } from "../controller-config";
import type { CheckValue, NodeState, Report } from "./node-state";
import { replaceCommand } from "./remedy";
import type { Verdict } from "./verdict";

/** What checks came to, or why they came to nothing. */
export interface Result extends Pick<Verdict, "verdict" | "reasons" | "physicalHost"> {
  readonly checks: readonly CheckValue[];
}

/** What people and alerts see of a node beside its condition. */
export interface NodeEvent {
  readonly type: "Normal" | "Warning";
  readonly reason: string;
  readonly message: string;
}

/** How a node is closed: not at all, until checks pass, or until Azure's maintenance is over. */
export type Closing = "open" | "checks" | "maintenance";

/** What a result changes at a node. */
export interface Outcome {
  readonly report: Report;
  readonly closing: Closing;
  readonly condition: {
    readonly status: "True" | "False" | "Unknown";
    readonly reason: string;
    readonly message: string;
  };
  /** Null: all is as before. */
  readonly event: NodeEvent | null;
}

/** What a result is weighed with. */
export interface OutcomeFacts extends Pick<ControllerConfig, "remediate"> {
  /** Milliseconds of Unix time. */
  readonly now: number;
  /** Why no more nodes of its pool may be closed now, null where one may. */
  readonly heldBack: string | null;
}

/** Longest text of an event. Source: kubernetes:pkg/apis/core/validation/events.go (NoteLengthLimit, v1.36) */
const longestMessage = 1024;

/**
 * Decides what a result changes. A node is opened by a pass and by nothing else, and closed by a failure that a tool has shown: never
 * by missing evidence, and never while its pool bears no more closed nodes.
 */
export function outcomeOf(node: NodeState, result: Result, { now, heldBack, remediate }: OutcomeFacts): Outcome {
  const { verdict, reasons, physicalHost, checks } = result;
  const { closed, bootId, maintenance } = node;
  const remedy = node.report?.remedy ?? null;
  const report: Report = {
    ...{ verdict, bootId, at: now, reasons, physicalHost, awaitsPair: false },
    checks: valuesOf(checks),
    remedy: verdict === "pass" ? null : remedy,
    maintenance: node.report?.maintenance ?? null,
  };
  const host = physicalHost === null ? "" : ` Physical host: ${physicalHost}.`;
  const evidence = `${[...(verdict === "pass" ? ["All checks passed"] : []), ...reasons].join("; ")}.`;
  const say = (more: string): string =>
    `${clipped(evidence, longestMessage - more.length - host.length)}${host}${more}`;
  const stays: Closing = closed ? "checks" : "open";
  if (verdict === "pass") {
    // A node that Azure is about to stop proves nothing by what it could before.
    const held = closed && maintenance !== null;
    const becomes = held ? ` The node stays closed: ${maintenance.what}.` : " The node is open.";
    return {
      report: { ...report, maintenance: held ? maintenance.id : report.maintenance },
      closing: held ? "maintenance" : "open",
      condition: { status: "True", reason: "ChecksPassed", message: say("") },
      event: closed ? { type: "Normal", reason: "GpuHealthPassed", message: say(becomes) } : null,
    };
  }
  if (verdict === "no-evidence") {
    return {
      report,
      closing: stays,
      condition: { status: "Unknown", reason: "NoEvidence", message: say("") },
      event: {
        type: "Warning",
        reason: "GpuHealthUnknown",
        message: say(closed ? " The node stays closed." : " The node stays open."),
      },
    };
  }
  const closes = !closed && remediate !== "observe" && heldBack === null;
  const becomes = closed
    ? ` The node stays closed. To replace it: ${replaceCommand(node)}`
    : closes
      ? ` The node is closed. To replace it: ${replaceCommand(node)}`
      : remediate === "observe"
        ? " The node stays open: remediate is observe. With close or drain it would take no new pods."
        : ` The node stays open: ${heldBack ?? ""}.`;
  return {
    report: closes ? { ...report, remedy: { action: "close", at: now } } : report,
    closing: closes ? "checks" : stays,
    condition: { status: "False", reason: /^[A-Z]\w*/.exec(reasons[0] ?? "")?.[0] ?? "ChecksFailed", message: say("") },
    event: { type: "Warning", reason: "GpuHealthFailed", message: say(becomes) },
  };
}

/** The report of a node whose own checks have passed while others are to bear it out. What worked goes on to count as good. */
export function awaitingPair({ closed, bootId, report }: NodeState, result: Result, now: number): Report {
  const { physicalHost, checks } = result;
  return {
    verdict: closed ? "no-evidence" : "pass",
    reasons: ["InfinibandPair: it waits for another node of its domain"],
    ...{ bootId, at: now, physicalHost, awaitsPair: true, remedy: report?.remedy ?? null },
    checks: valuesOf(checks),
    maintenance: report?.maintenance ?? null,
  };
}

/** What is said of a node that failed, worked on and is closed now. */
export function closedLater(node: NodeState, { reasons }: Report): NodeEvent {
  const more = ` The node is closed, which its pool bears now. To replace it: ${replaceCommand(node)}`;
  const message = `${clipped(`${reasons.join("; ")}.`, longestMessage - more.length)}${more}`;
  return { type: "Warning", reason: "GpuHealthFailed", message };
}

function valuesOf(checks: readonly CheckValue[]): CheckValue[] {
  return checks.map(({ name, measured, bound, limit, unit }) => ({ name, measured, bound, limit, unit }));
}

function clipped(message: string, length: number): string {
  return message.length <= length ? message : `${message.slice(0, length - 3)}...`;
}

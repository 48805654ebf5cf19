import type { ControllerConfig } from "../controller-config";
import type { NodeState, Report } from "./node-state";
import type { Verdict } from "./verdict";

/** What checks came to, or why they came to nothing. */
export type Result = Pick<Verdict, "verdict" | "reasons" | "physicalHost">;

/** What a result changes at a node. */
export interface Outcome {
  readonly report: Report;
  readonly taint: "add" | "remove" | "keep";
  readonly condition: {
    readonly status: "True" | "False" | "Unknown";
    readonly reason: string;
    readonly message: string;
  };
  /** What people and alerts see beside the condition. Null: all is as before. */
  readonly event: { readonly type: "Normal" | "Warning"; readonly reason: string; readonly message: string } | null;
}

/** Longest text of an event. Source: kubernetes:pkg/apis/core/validation/events.go (NoteLengthLimit, v1.36) */
const longestMessage = 1024;

/**
 * Decides what a result changes. A node is opened by a pass and by nothing else, and closed by a failure that a tool has shown: never
 * by missing evidence, and never when too many of its pool are closed already.
 * @param mayClose Whether the pool bears one more closed node.
 */
export function outcomeOf(
  node: NodeState,
  { verdict, reasons, physicalHost }: Result,
  {
    now,
    mayClose,
    remediate,
  }: { readonly now: number; readonly mayClose: boolean } & Pick<ControllerConfig, "remediate">,
): Outcome {
  const report: Report = { verdict, bootId: node.bootId, at: now, reasons, physicalHost };
  const host = physicalHost === null ? "" : ` Physical host: ${physicalHost}.`;
  const evidence = reasons.length === 0 ? "All checks passed." : `${reasons.join("; ")}.`;
  const say = (more: string): string =>
    `${clipped(evidence, longestMessage - more.length - host.length)}${host}${more}`;
  if (verdict === "pass") {
    return {
      report,
      taint: node.closed ? "remove" : "keep",
      condition: { status: "True", reason: "ChecksPassed", message: say("") },
      event: node.closed ? { type: "Normal", reason: "GpuHealthPassed", message: say(" The node is open.") } : null,
    };
  }
  if (verdict === "no-evidence") {
    return {
      report,
      taint: "keep",
      condition: { status: "Unknown", reason: "NoEvidence", message: say("") },
      event: {
        type: "Warning",
        reason: "GpuHealthUnknown",
        message: say(node.closed ? " The node stays closed." : " The node stays open."),
      },
    };
  }
  const closes = !node.closed && remediate === "close" && mayClose;
  const becomes = node.closed
    ? " The node stays closed."
    : closes
      ? " The node is closed."
      : remediate === "observe"
        ? " The node stays open: remediate is observe."
        : " The node stays open: too many of its pool are closed.";
  return {
    report,
    taint: closes ? "add" : "keep",
    condition: { status: "False", reason: /^[A-Z]\w*/.exec(reasons[0] ?? "")?.[0] ?? "ChecksFailed", message: say("") },
    event: { type: "Warning", reason: "GpuHealthFailed", message: say(becomes) },
  };
}

/** Whether a pool bears one more node that is closed after it worked. One it always does. */
export function mayCloseAnother(nodes: readonly NodeState[], maxClosedPercent: number): boolean {
  const failed = nodes.filter(({ closed, report }) => closed && report?.verdict === "fail").length;
  return failed < Math.max(1, Math.floor((nodes.length * maxClosedPercent) / 100));
}

function clipped(message: string, length: number): string {
  return message.length <= length ? message : `${message.slice(0, length - 3)}...`;
}

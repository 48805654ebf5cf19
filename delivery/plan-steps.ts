import type { EngineEvent } from "@pulumi/pulumi/automation";
import { hashOf } from "./hash-of";
import type { PlanFinding, PlanStep } from "./saved-plan";

/** Steps that change nothing. */
const lookings: readonly string[] = ["same", "read", "refresh"];

/** What the events of a preview say that would be done, in an order that does not hang on what ran first. */
export function stepsOf(events: readonly EngineEvent[]): PlanStep[] {
  const steps = events.flatMap(({ resourcePreEvent }): PlanStep[] => {
    if (resourcePreEvent === undefined) return [];
    const { op, urn, new: after, diffs, detailedDiff } = resourcePreEvent.metadata;
    if (lookings.includes(op)) return [];
    const changed = detailedDiff ? Object.keys(detailedDiff) : (diffs ?? []);
    return [{ urn, op, changed: [...changed].sort(), inputs: hashOf(after?.inputs ?? {}) }];
  });
  return steps.sort((a, b) => compare(`${a.urn} ${a.op}`, `${b.urn} ${b.op}`));
}

/** What the policy pack said: `preview --json` leaves this out, so it is taken from the events. */
export function findingsOf(events: readonly EngineEvent[]): PlanFinding[] {
  return events.flatMap(({ policyEvent }): PlanFinding[] => {
    if (policyEvent === undefined) return [];
    const { policyName: rule, enforcementLevel: level, resourceUrn: urn = "", message } = policyEvent;
    return [{ rule, level, urn, message }];
  });
}

/** Findings in an order that does not hang on what ran first. */
export function sortedFindings(findings: readonly PlanFinding[]): PlanFinding[] {
  const plain = findings.map(({ rule, level, urn, message }) => ({ rule, level, urn, message }));
  return plain.sort((a, b) => compare(`${a.rule} ${a.urn} ${a.message}`, `${b.rule} ${b.urn} ${b.message}`));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

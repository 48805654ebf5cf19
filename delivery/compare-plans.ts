import type { PlanStep, SavedPlan } from "./saved-plan";

/** What differs between the plan that was approved and one made now; empty when `up` does exactly what was approved. */
export function comparePlans(approved: SavedPlan, now: SavedPlan): string[] {
  const facts = (["stack", "commit", "dirty", "subscriptionId", "pulumi", "files", "state"] as const).flatMap((key) =>
    approved[key] === now[key] ? [] : [`${key}: planned ${String(approved[key])}, now ${String(now[key])}`],
  );
  const [before, after] = [byKey(approved.steps), byKey(now.steps)];
  const steps = [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((key) => {
    const [old, fresh] = [before.get(key), after.get(key)];
    if (old === undefined) return [`step: ${key} was not planned`];
    if (fresh === undefined) return [`step: ${key} was planned and is gone`];
    if (old.changed.join() !== fresh.changed.join())
      return [`step: ${key} planned to change ${list(old)}, now ${list(fresh)}`];
    return old.inputs === fresh.inputs ? [] : [`step: ${key} has other inputs`];
  });
  const told = (plan: SavedPlan): string => JSON.stringify(plan.findings);
  return [...facts, ...steps, ...(told(approved) === told(now) ? [] : ["findings: the policies say something else"])];
}

function byKey(steps: readonly PlanStep[]): Map<string, PlanStep> {
  return new Map(steps.map((it) => [`${it.op} ${it.urn}`, it]));
}

function list({ changed }: PlanStep): string {
  return changed.length === 0 ? "nothing" : changed.join(", ");
}

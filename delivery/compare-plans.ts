import { hashOf } from "./hash-of";
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
  // Whoever approved it has read these: a plan that says something else than is done was written by hand.
  const told = (
    [
      ["findings", "the policies say something else"],
      ["versions", "what the versions of the environment are is something else"],
      ["bill", "the bill is another one"],
      ["quota", "the quota is another one"],
    ] as const
  ).flatMap(([key, what]) => (hashOf(approved[key]) === hashOf(now[key]) ? [] : [`${key}: ${what}`]));
  return [...facts, ...steps, ...told];
}

function byKey(steps: readonly PlanStep[]): Map<string, PlanStep> {
  return new Map(steps.map((it) => [`${it.op} ${it.urn}`, it]));
}

function list({ changed }: PlanStep): string {
  return changed.length === 0 ? "nothing" : changed.join(", ");
}

import { hashOf } from "./hash-of";
import type { PlanStep, SavedPlan } from "./saved-plan";

/**
 * What differs between the plan that was approved and one made now; empty when `up` does exactly what was approved.
 * @param now Made without those whom a forge names: who applies need not be who planned.
 */
export function comparePlans(approved: SavedPlan, now: SavedPlan): string[] {
  const facts = (["stack", "commit", "dirty", "subscriptionId", "pulumi", "files", "state"] as const).flatMap((key) =>
    approved[key] === now[key] ? [] : [`${key}: planned ${String(approved[key])}, now ${String(now[key])}`],
  );
  const unnamed = now.makers.filter((it) => !approved.makers.includes(it));
  const makers = unnamed.length === 0 ? [] : [`makers: git names ${unnamed.join(", ")}, and the plan does not`];
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
  return [...facts, ...makers, ...steps, ...told];
}

/** Steps by what they do to what; of two that do the same, the second is another one. */
function byKey(steps: readonly PlanStep[]): Map<string, PlanStep> {
  const times = new Map<string, number>();
  return new Map(
    steps.map((it) => {
      const key = `${it.op} ${it.urn}`;
      const time = (times.get(key) ?? 0) + 1;
      times.set(key, time);
      return [time === 1 ? key : `${key}, time ${time}`, it];
    }),
  );
}

function list({ changed }: PlanStep): string {
  return changed.length === 0 ? "nothing" : changed.join(", ");
}

import type { PlanContent } from "./saved-plan";

/** Which lock an environment is on, where it comes from, and how long the lock is kept. */
export function lockText({ lock, before, retiredOn }: PlanContent["versions"]): string {
  const from = before === null || before === lock ? "" : `${before === "default" ? "the default" : before} -> `;
  const until = retiredOn === null ? "no end is set" : `retired on ${retiredOn}`;
  return `${from}${lock}, ${until}`;
}

import type { Problem } from "../core/problems";
import { spokenName } from "../core/urn";
import type { LastApply } from "./last-apply";
import type { PendingOperation } from "./pending-operations";
import type { StackLock } from "./read-locks";

/** What stands in the way of the next update of a stack. */
export interface Unfinished {
  /** `null` where nobody could look. */
  readonly locks: readonly StackLock[] | null;
  readonly pending: readonly PendingOperation[];
  readonly last: LastApply | null;
}

/**
 * Says what an update left that never ended, by whom and since when. An `up` over it would make again what Azure has already, and fail half-way.
 */
export function unfinishedProblems(stack: string, { locks, pending, last }: Unfinished): Problem[] {
  const by = last?.result === "running" ? `, by the apply begun ${last.started}, ${last.run ?? "on no pipeline"}` : "";
  return [
    ...(locks ?? []).map((it) => ({
      path: "lock",
      rule: `must be free: held by ${it.user}@${it.host}, process ${it.pid}, since ${it.since}`,
      remedy: "Wait for that update; when it is dead, docs/runbooks/stale-lock.md",
    })),
    ...pending.map((it) => ({
      path: "pending",
      rule: `must have ended: ${it.operation} ${spokenName(it.urn)}${by}`,
      remedy: `Once nothing runs: npm run recover -- ENVIRONMENT --settle ${stack}, then plan again`,
    })),
  ];
}

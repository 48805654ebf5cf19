import { type Drift, type DriftHarm, harms } from "./judge-change";
import type { Judged } from "./judge-drift";
import type { JudgedGroups, Unmanaged } from "./judge-unmanaged";
import type { Unread } from "./observation";
import type { Act, Asked } from "./who";

/** A change with who did it, as far as Azure tells. */
export interface ToldDrift extends Drift {
  /** Newest first; empty where nobody could be asked or nothing is recorded. */
  readonly acts: readonly Act[];
}

/** What lies beside the stacks, with who wrote it. */
export interface ToldUnmanaged extends Unmanaged {
  readonly acts: readonly Act[];
}

/** What lies in the resource groups of an environment and in no stack of it. */
export interface GroupsReport extends Omit<JudgedGroups, "unmanaged"> {
  /** ARM IDs of the groups that its stacks made. */
  readonly groups: readonly string[];
  readonly unmanaged: readonly ToldUnmanaged[];
  /** Whether the Activity Log told who made it. */
  readonly asked: Asked;
}

/** What `--json` prints. Its fields are a promise to whoever reads it: drift/README.md describes them. */
export interface DriftReport {
  readonly environment: string;
  readonly stacks: readonly StackReport[];
  readonly beside: GroupsReport;
}

/** One stack of an environment. */
export interface StackReport extends Pick<Judged, "difference"> {
  readonly stack: string;
  /** ISO time of the last update, which is where the looking begins. */
  readonly since: string | null;
  /** How many resources were looked at. */
  readonly read: number;
  readonly unread: readonly Unread[];
  readonly drifts: readonly ToldDrift[];
  /** Whether the Activity Log told who did it. */
  readonly asked: Asked;
}

/** Whether anything of it harms: what nobody has judged counts, until somebody has. */
export function isHarm({ harm }: Pick<Drift, "harm">): boolean {
  return harm !== "harmless";
}

/**
 * 4 where something harms, else 3 where not all was looked at, else 0.
 */
export function exitCodeOf({ stacks, beside }: DriftReport): 0 | 3 | 4 {
  if (stacks.some(({ drifts }) => drifts.some(isHarm)) || beside.unmanaged.some(isHarm)) return 4;
  return stacks.some(({ unread }) => unread.length > 0) || beside.unlisted.length > 0 ? 3 : 0;
}

/** What is told by harm, worst first, without harms that there are none of. */
export function byHarm<T extends { readonly harm: DriftHarm }>(
  all: readonly T[],
): (readonly [DriftHarm, readonly T[]])[] {
  return harms
    .map((harm) => [harm, all.filter((it) => it.harm === harm)] as const)
    .filter(([, some]) => some.length > 0);
}

import { type Drift, type DriftHarm, harms } from "./judge-change";
import type { Judged } from "./judge-drift";
import type { Unread } from "./observation";
import type { Act, Asked } from "./who";

/** A change with who did it, as far as Azure tells. */
export interface ToldDrift extends Drift {
  /** Newest first; empty where nobody could be asked or nothing is recorded. */
  readonly acts: readonly Act[];
}

/** What `--json` prints. Its fields are a promise to whoever reads it: drift/README.md describes them. */
export interface DriftReport {
  readonly environment: string;
  readonly stacks: readonly StackReport[];
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
export function exitCodeOf({ stacks }: DriftReport): 0 | 3 | 4 {
  if (stacks.some(({ drifts }) => drifts.some(isHarm))) return 4;
  return stacks.some(({ unread }) => unread.length > 0) ? 3 : 0;
}

/** Changes by harm, worst first, without harms that there are none of. */
export function byHarm(drifts: readonly ToldDrift[]): (readonly [harm: DriftHarm, drifts: readonly ToldDrift[]])[] {
  return harms
    .map((harm) => [harm, drifts.filter((it) => it.harm === harm)] as const)
    .filter(([, all]) => all.length > 0);
}

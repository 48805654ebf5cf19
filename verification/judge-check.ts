import type { Check, Reading } from "./check";
import type { Comparison } from "./compare-runs";

/** How a check ended. `measured`: a value without a floor. `warn` and `fail`: below one, or shown to be wrong. */
export type Verdict = "pass" | "warn" | "fail" | "measured" | "no-evidence";

/** A check and what it came to. */
export interface CheckResult {
  readonly name: string;
  readonly title: string;
  readonly verdict: Verdict;
  readonly measured: number | null;
  readonly unit: string;
  /** The floor that decided, or that was met. */
  readonly floor: number | null;
  readonly detail: string;
}

/** Compares what was read with the floors: a value below one misses it, a value at it does not. */
export function judgeCheck(
  { name, title, unit, floor }: Pick<Check, "name" | "title" | "unit" | "floor">,
  reading: Reading,
): CheckResult {
  const lowest = floor?.fail ?? floor?.warn ?? null;
  const result = { name, title, unit };
  if (reading.kind === "no-evidence")
    return { ...result, verdict: "no-evidence", measured: null, floor: lowest, detail: reading.because };
  if (reading.kind === "wrong")
    return { ...result, verdict: "fail", measured: reading.value, floor: lowest, detail: reading.because };
  const { value: measured, detail } = reading;
  const told = { ...result, measured, detail };
  if (floor === null || lowest === null) return { ...told, verdict: "measured", floor: null };
  if (floor.fail !== null && measured < floor.fail) return { ...told, verdict: "fail", floor: floor.fail };
  if (floor.warn !== null && measured < floor.warn) return { ...told, verdict: "warn", floor: floor.warn };
  return { ...told, verdict: "pass", floor: floor.warn ?? floor.fail };
}

/**
 * Exit code for whoever promotes by it: 1 a floor was missed or a value is worse than before, 3 something has no evidence, or there is
 * none at all.
 * @param compared Null where there is nothing to compare with.
 */
export function exitCodeOf(
  results: readonly Pick<CheckResult, "verdict">[],
  compared: Pick<Comparison, "changes"> | null,
): 0 | 1 | 3 {
  const some = (...verdicts: Verdict[]): boolean => results.some((it) => verdicts.includes(it.verdict));
  if (some("fail", "warn") || compared?.changes.some((it) => it.worse) === true) return 1;
  return some("no-evidence") || results.length === 0 ? 3 : 0;
}

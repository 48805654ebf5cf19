import { atLeast, type Check, slowestWrite, worst } from "./check";
import { logSections } from "./log-sections";

/** What the adapters of two nodes must show to each other. */
export interface PairFloor {
  readonly hcas: number;
  readonly gbitsPerSecond: number;
}

/**
 * Reads what two nodes wrote down of a test.
 * @param logs Of the pods of both.
 * @param at When the test began, its name in both logs.
 * @returns null while one of them has not come to its end
 */
export function pairCheck(
  logs: readonly [string, string],
  at: number,
  { hcas, gbitsPerSecond }: PairFloor,
): Check | null {
  const sections = logs.map(logSections);
  if (sections.some((it) => it.get(`pair ${at}`)?.exitCode === undefined)) return null;
  const rule = atLeast("InfinibandPair", gbitsPerSecond, "Gb/s");
  return worst(sections.map((it) => slowestWrite(it, `pair ${at} `, rule, hcas))) ?? null;
}

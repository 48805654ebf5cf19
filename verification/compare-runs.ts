import { z } from "zod";
import { MisconfiguredError } from "../core/problems";
import type { CheckResult } from "./judge-check";

/** What an earlier run printed with `--json`, as far as it is compared. */
const earlierRun = z.object({
  environment: z.string(),
  run: z.string(),
  results: z.array(z.object({ name: z.string(), measured: z.number().nullable(), unit: z.string() })),
});
export type EarlierRun = z.output<typeof earlierRun>;

/** How a value changed. Of everything that is measured more is better. */
export interface Change {
  readonly name: string;
  readonly before: number;
  /** Positive: better. */
  readonly percent: number;
  readonly worse: boolean;
}

/** A run beside an earlier one. */
export interface Comparison {
  /** The earlier run, and the environment that it measured. */
  readonly run: string;
  readonly environment: string;
  /** A value is worse once it fell by more than this, in percent. */
  readonly tolerancePercent: number;
  /** One for each check that both runs measured. */
  readonly changes: readonly Change[];
}

/**
 * Reads what an earlier run printed.
 * @throws MisconfiguredError when it is something else
 */
export function readEarlierRun(text: string, file: string): EarlierRun {
  try {
    const read = earlierRun.safeParse(JSON.parse(text));
    if (read.success) return read.data;
  } catch {
    // The same answer as for JSON of something else.
  }
  throw new MisconfiguredError("The command", [
    {
      path: "--compare",
      rule: "must be a file with what npm run verify printed with --json",
      got: file,
      remedy: "Make one: npm run --silent verify -- ENVIRONMENT --json > before.json",
    },
  ]);
}

/** Compares the checks that both runs measured, in one unit. */
export function compareRuns(
  results: readonly CheckResult[],
  { run, environment, results: earlier }: EarlierRun,
  tolerancePercent: number,
): Comparison {
  const changes = results.flatMap(({ name, measured, unit }): Change[] => {
    const before = earlier.find((it) => it.name === name && it.unit === unit)?.measured ?? null;
    if (measured === null || before === null || before === 0) return [];
    const percent = ((measured - before) / before) * 100;
    return [{ name, before, percent: Math.round(percent * 10) / 10, worse: percent < -tolerancePercent }];
  });
  return { run, environment, tolerancePercent, changes };
}

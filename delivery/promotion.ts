import { z } from "zod";
import { MisconfiguredError, type Problem, Problems } from "../core/problems";
import type { EnvironmentKind } from "../stacks/environment";
import type { SavedPlan } from "./saved-plan";

/** The kind of environment that must have been verified with a commit before it goes on: dev, then staging, then prod. */
export const promotedAfter: Readonly<Record<EnvironmentKind, EnvironmentKind | null>> = {
  dev: null,
  staging: "dev",
  prod: "staging",
};

/** Hours that a verification counts for: what was measured last week says nothing of the drivers of today. */
const countsForHours = 24;

/** What `npm run verify -- ENVIRONMENT --json` printed, as far as a promotion asks. */
const verification = z.object({
  kind: z.enum(["dev", "staging", "prod"]),
  /** `null` where files differed from the commit. */
  commit: z.string().nullable(),
  ended: z.iso.datetime(),
  /** Whether every check ran, and not those of `--only`. */
  whole: z.boolean(),
  exitCode: z.number(),
});

/** How a verification went. */
export type Verification = z.infer<typeof verification>;

/**
 * Reads the report of a verification.
 * @throws MisconfiguredError when it is something else
 */
export function readVerification(text: string, file: string): Verification {
  try {
    const read = verification.safeParse(JSON.parse(text));
    if (read.success) return read.data;
  } catch {
    // The same answer as for JSON of something else.
  }
  throw new MisconfiguredError("The command", [
    {
      path: "--after",
      rule: `must be a file with what npm run verify printed with --json: ${file} is not`,
      remedy: "Make one: npm run --silent verify -- ENVIRONMENT --json > verified.json",
    },
  ]);
}

/** Says why a plan may not be applied yet; empty when what comes before it was verified with the same commit. */
export function promotionProblems(
  kind: EnvironmentKind,
  { commit }: Pick<SavedPlan, "commit">,
  report: Verification | undefined,
  now: Date,
): readonly Problem[] {
  const before = promotedAfter[kind];
  const problems = new Problems();
  if (before === null) {
    problems.require(report === undefined, "--after", `must be left out: nothing comes before ${kind}`);
    return problems.list;
  }
  const again = `npm run --silent verify -- ${before.toUpperCase()} --json, of this commit`;
  if (report === undefined) {
    problems.require(false, "--after", `must be the verification of ${before}, which comes before ${kind}`, {
      remedy: again,
    });
    return problems.list;
  }
  problems.require(report.kind === before, "after.kind", `must be ${before}, which comes before ${kind}`, {
    got: report.kind,
  });
  problems.require(report.commit === commit, "after.commit", `must be that of the plan, ${commit}`, {
    got: report.commit,
    remedy: again,
  });
  problems.require(report.exitCode === 0, "after.exitCode", "must be 0: all is as it should be", {
    got: report.exitCode,
    remedy: again,
  });
  problems.require(report.whole, "after.whole", "must be true: every check counts, not those of --only", {
    got: report.whole,
  });
  const hours = (now.getTime() - new Date(report.ended).getTime()) / 3_600_000;
  problems.require(
    hours >= 0 && hours <= countsForHours,
    "after.ended",
    `must be within the last ${countsForHours} hours`,
    {
      got: report.ended,
      remedy: again,
    },
  );
  return problems.list;
}

import type { Check } from "./check";

/** Something that is not checked. */
export interface Skipped {
  readonly what: string;
  readonly because: string;
}

/** What is measured in a cluster, or in a part of it, and what is not. */
export interface VerificationPlan {
  readonly checks: readonly Check[];
  readonly skipped: readonly Skipped[];
}

/** A plan of one check. */
export function only(check: Check): VerificationPlan {
  return { checks: [check], skipped: [] };
}

/** A plan without a check, and why. */
export function skip(what: string, because: string): VerificationPlan {
  return { checks: [], skipped: [{ what, because }] };
}

/** One plan of several. */
export function together(plans: readonly VerificationPlan[]): VerificationPlan {
  return { checks: plans.flatMap((it) => it.checks), skipped: plans.flatMap((it) => it.skipped) };
}

import type { Finding, Line } from "./line";
import type { PreflightFacts } from "./preflight-facts";
import type { Ask } from "./question";

/** One thing that is asked about a plan. */
export interface Check<Needs, Answers> {
  /** How tables and machines call it. */
  readonly name: string;
  /** What the plan needs, null where it needs nothing of the kind: then nothing is asked. */
  readonly needs: (facts: PreflightFacts) => Needs | null;
  /** Asks all that must be known. An answer that does not come is an answer, too: it never throws. */
  readonly ask: (needs: Needs, ask: Ask) => Promise<Answers>;
  /** Compares the two. Pure. */
  readonly judge: (needs: Needs, answers: Answers) => readonly Finding[];
}

/** A check of which only its lines are of interest. */
export interface AnyCheck {
  readonly name: string;
  readonly linesOf: (facts: PreflightFacts, ask: Ask) => Promise<readonly Line[]>;
}

/** Hides what a check needs and asks. */
export function anyCheck<Needs, Answers>(check: Check<Needs, Answers>): AnyCheck {
  return {
    name: check.name,
    linesOf: async (facts, ask) => {
      const needs = check.needs(facts);
      if (needs === null) return [];
      const findings = check.judge(needs, await check.ask(needs, ask));
      return findings.map((it) => ({ check: check.name, ...it }));
    },
  };
}

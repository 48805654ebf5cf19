import { atLeast, type Check, withoutEvidence } from "./check";
import { partnerIn, type PairTest } from "./pair-tests";
import { type Candidate, standingOf, testsOf, witnessesAgainst } from "./pair-up";

/** What is known beside a node and its tests, those included that begin now. */
export interface PairFacts {
  readonly tests: readonly PairTest[];
  /** Milliseconds of Unix time. */
  readonly now: number;
  /** What the slowest adapter must write, in Gb/s. */
  readonly floor: number;
  /** Whether its domain has no other node. */
  readonly alone: boolean;
}

/** Minutes that a node waits for a partner: nodes of a pool that grows come within some minutes of each other. */
export const partnerMinutes = 15;

/** What the tests of a node with others come to. Null: not known yet. */
export function pairOutcome(candidate: Candidate, { tests, now, floor, alone }: PairFacts): Check | null {
  const rule = atLeast("InfinibandPair", floor, "Gb/s");
  const own = testsOf(candidate, tests);
  const of = (state: PairTest["state"]): PairTest[] => own.filter((it) => it.state === state);
  const partners = (state: PairTest["state"]): string =>
    of(state)
      .flatMap((it) => {
        const partner = partnerIn(it, candidate.node);
        return partner === undefined ? [] : [it.why === "" ? partner : `${partner} (${it.why})`];
      })
      .join(", ");
  const speeds = own.flatMap(({ gbitsPerSecond }) => gbitsPerSecond ?? []);
  const measured = speeds.length === 0 ? null : Math.max(...speeds);
  const said = [
    ...(of("fail").length === 0 ? [] : [`it failed with ${partners("fail")}`]),
    ...(of("unknown").length === 0 ? [] : [`nothing was measured with ${partners("unknown")}`]),
  ].join("; ");
  const waited = (now - Math.max(candidate.since, ...own.map(({ at }) => at * 1000))) / 60_000;
  switch (standingOf(candidate, tests)) {
    case "busy":
      return null;
    case "proven":
      return { ...rule, measured, ok: true, detail: "" };
    case "bad": {
      const witnesses = `with ${witnessesAgainst(candidate, tests).join(" and ")}, which passed with others`;
      const why = of("fail").find((it) => it.why !== "")?.why;
      // Good writes are no reason for a failure.
      return why === undefined
        ? { ...rule, measured, ok: false, detail: witnesses }
        : { ...rule, measured: null, ok: false, detail: `${why}, ${witnesses}` };
    }
    case "spent":
      return withoutEvidence(rule, `${said}; ${own.length} tests do not say which node is bad`);
    case "suspect":
      if (waited < partnerMinutes && !alone) return null;
      return withoutEvidence(rule, `${said}; no other node of its domain was idle to say which one is bad`);
    case "fresh":
      if (waited < partnerMinutes && !alone) return null;
      // A node has not failed because nobody was there to write to.
      return { ...rule, measured: null, ok: true, detail: alone ? "no partner in its domain" : "no partner was idle" };
  }
}

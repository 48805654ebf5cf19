import { partnerIn, type PairTest, type Side } from "./pair-tests";

/** A node whose own checks have passed, and whose pod waits to be told whom to write to. */
export interface Candidate extends Side {
  /** InfiniBand domain: adapters reach no node of another one. */
  readonly domain: string;
  /** When its own checks were read, in milliseconds of Unix time. Tests from before count no more. */
  readonly since: number;
}

/**
 * Where a node stands. `busy`: in a test. `proven`: it passed with another one. `bad`: it failed with two that are proven. `spent`: it
 * was tried often enough without an answer. `suspect`: a test of it did not pass. `fresh`: it was in none.
 */
export type Standing = "busy" | "proven" | "bad" | "spent" | "suspect" | "fresh";

/**
 * Tests of one node. A bad node meets a bad one twice at the worst of what is likely, and then two good ones.
 * An estimate: nobody publishes how often a node is bad.
 */
const mostTests = 4;

/** Proven nodes whose word it takes. One test may fail by a fault of the moment. */
const witnesses = 2;

/** Tests of a node since its own checks. */
export function testsOf({ node, since }: Pick<Candidate, "node" | "since">, tests: readonly PairTest[]): PairTest[] {
  return tests.filter((it) => it.at >= Math.floor(since / 1000) && partnerIn(it, node) !== undefined);
}

/** Decides where a node stands. */
export function standingOf(candidate: Candidate, tests: readonly PairTest[]): Standing {
  const own = testsOf(candidate, tests);
  if (own.some(({ state }) => state === "runs")) return "busy";
  if (own.some(({ state }) => state === "pass")) return "proven";
  if (witnessesAgainst(candidate, tests).length >= witnesses) return "bad";
  if (own.length >= mostTests) return "spent";
  return own.length === 0 ? "fresh" : "suspect";
}

/** Partners that a node failed with and that passed with others: the fault is not theirs. */
export function witnessesAgainst(candidate: Candidate, tests: readonly PairTest[]): string[] {
  const failed = testsOf(candidate, tests).filter(({ state }) => state === "fail");
  const partners = new Set(failed.flatMap((it) => partnerIn(it, candidate.node) ?? []));
  const passed = tests.filter(({ state }) => state === "pass");
  return [...partners].filter((partner) => passed.some((it) => partnerIn(it, partner) !== undefined)).sort();
}

/**
 * Chooses the next tests: all at once, so that hundreds of nodes take as many rounds as two. Who is in doubt comes first, and gets a
 * proven node if there is one; nobody meets a partner twice, and nobody one of another domain.
 * @param at When the tests begin, in seconds of Unix time.
 */
export function pairUp(candidates: readonly Candidate[], tests: readonly PairTest[], at: number): PairTest[] {
  const sorted = [...candidates].sort((a, b) => (a.node < b.node ? -1 : 1));
  const standing = new Map(sorted.map((it) => [it.node, standingOf(it, tests)]));
  const those = (kind: Standing): Candidate[] => sorted.filter(({ node }) => standing.get(node) === kind);
  const [suspect, fresh, proven] = [those("suspect"), those("fresh"), those("proven")];
  const taken = new Set<string>();
  const partners = partnersOf(sorted, tests);
  const met = (one: string, other: string): boolean =>
    partners.get(one)?.has(other) === true || partners.get(other)?.has(one) === true;
  const chosen: PairTest[] = [];
  const choose = (nodes: readonly Candidate[], others: readonly Candidate[]): void => {
    for (const one of nodes) {
      if (taken.has(one.node)) continue;
      const other = others.find(
        (it) => it.node !== one.node && it.domain === one.domain && !taken.has(it.node) && !met(one.node, it.node),
      );
      if (other === undefined) continue;
      taken.add(one.node).add(other.node);
      const side = ({ node, address }: Side): Side => ({ node, address });
      chosen.push({ at, state: "runs", gbitsPerSecond: null, sides: [side(one), side(other)], key: null, why: "" });
    }
  };
  choose(suspect, proven);
  choose(fresh, fresh);
  choose(fresh, proven);
  choose(suspect, [...fresh, ...suspect]);
  return chosen;
}

/** Whom each node was tested with. */
function partnersOf(candidates: readonly Candidate[], tests: readonly PairTest[]): ReadonlyMap<string, Set<string>> {
  return new Map(
    candidates.map((it) => [it.node, new Set(testsOf(it, tests).flatMap((test) => partnerIn(test, it.node) ?? []))]),
  );
}

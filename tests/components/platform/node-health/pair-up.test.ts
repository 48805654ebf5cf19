import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pairOutcome, partnerMinutes } from "../../../../components/platform/node-health/controller/pair-outcome";
import { partnerIn, type PairTest } from "../../../../components/platform/node-health/controller/pair-tests";
import {
  type Candidate,
  pairUp,
  standingOf,
  testsOf,
} from "../../../../components/platform/node-health/controller/pair-up";

const start = 1_764_000_000;
const nodesOf = (count: number, domain = "d"): Candidate[] =>
  Array.from({ length: count }, (_, at) => ({
    node: `${domain}${String(at).padStart(3, "0")}`,
    address: `10.0.${Math.floor(at / 256)}.${at % 256}`,
    domain,
    since: start * 1000,
  }));

/** What became of nodes of which some are bad: a test passes where both are good. */
interface Lived {
  readonly rounds: number;
  /** True for a pass, false for blame, null where nobody knows. */
  readonly ends: ReadonlyMap<string, boolean | null>;
  readonly tests: readonly PairTest[];
}

function live(nodes: readonly Candidate[], isBad: (node: string) => boolean): Lived {
  let left = nodes;
  let tests: PairTest[] = [];
  const ends = new Map<string, boolean | null>();
  for (let round = 1; ; round++) {
    const at = start + round * 120;
    const begun = pairUp(left, tests, at);
    const now = (begun.length === 0 ? at + partnerMinutes * 60 : at) * 1000;
    for (const candidate of left) {
      const check = pairOutcome(candidate, { tests: [...tests, ...begun], now, floor: 380, alone: nodes.length === 1 });
      if (check !== null) ends.set(candidate.node, check.ok);
    }
    left = left.filter(({ node }) => !ends.has(node));
    if (left.length === 0) return { rounds: round - 1, ends, tests };
    if (round > 20) throw new Error(`${left.length} nodes are still waiting.`);
    const ended = begun.map((it): PairTest => {
      const good = it.sides.every(({ node }) => !isBad(node));
      return { ...it, state: good ? "pass" : "fail", gbitsPerSecond: good ? 390 : 200 };
    });
    tests = [...tests, ...ended];
  }
}

/** Some nodes of some domains, of which some are bad. */
const some = fc.record({
  nodes: fc
    .array(fc.integer({ min: 1, max: 24 }), { minLength: 1, maxLength: 3 })
    .map((sizes) => sizes.flatMap((size, at) => nodesOf(size, `d${at}-`))),
  bad: fc.func(fc.boolean()),
});

describe("pairs of nodes", () => {
  it("are the same in whatever order the nodes come", () => {
    fc.assert(
      fc.property(
        some.chain(({ nodes, bad }) =>
          fc.tuple(fc.constant(nodes), fc.constant(bad), fc.shuffledSubarray(nodes, { minLength: nodes.length })),
        ),
        ([nodes, bad, shuffled]) => {
          const { tests } = live(nodes, bad);
          for (const at of new Set(tests.map((it) => it.at))) {
            const before = tests.filter((it) => it.at < at);
            expect(pairUp(shuffled, before, at)).toEqual(pairUp(nodes, before, at));
          }
        },
      ),
    );
  });

  it("take no node twice at once, no two twice, and none of two domains", () => {
    fc.assert(
      fc.property(some, ({ nodes, bad }) => {
        const { tests } = live(nodes, bad);
        const domain = new Map(nodes.map((it) => [it.node, it.domain]));
        const busy = tests.flatMap(({ at, sides }) => sides.map(({ node }) => `${at} ${node}`));
        expect(new Set(busy).size).toBe(busy.length);
        const pairs = tests.map(({ sides }) =>
          sides
            .map(({ node }) => node)
            .sort()
            .join(" "),
        );
        expect(new Set(pairs).size).toBe(pairs.length);
        for (const { sides } of tests) expect(domain.get(sides[0].node)).toBe(domain.get(sides[1].node));
      }),
    );
  });

  it("never leave a node out that has company, and come to an end", () => {
    fc.assert(
      fc.property(some, ({ nodes, bad }) => {
        const { ends, tests, rounds } = live(nodes, bad);
        expect([...ends.keys()].sort()).toEqual(nodes.map(({ node }) => node).sort());
        expect(rounds).toBeLessThanOrEqual(8);
        for (const one of nodes) {
          const company = nodes.some((it) => it.domain === one.domain && it.node !== one.node);
          expect([one.node, testsOf(one, tests).length > 0]).toEqual([one.node, company]);
        }
      }),
    );
  });

  it("blame no good node, however many others are bad, and pass no bad one", () => {
    fc.assert(
      fc.property(some, ({ nodes, bad }) => {
        const { ends, tests } = live(nodes, bad);
        for (const { node } of nodes) {
          const tried = tests.some((it) => partnerIn(it, node) !== undefined);
          if (bad(node)) expect([node, tried && ends.get(node) === true]).toEqual([node, false]);
          else expect([node, ends.get(node) === false]).toEqual([node, false]);
        }
      }),
    );
  });

  it("blame a node on the word of two that passed with others, and of no other ones", () => {
    fc.assert(
      fc.property(some, ({ nodes, bad }) => {
        const { ends, tests } = live(nodes, bad);
        for (const blamed of nodes.filter(({ node }) => ends.get(node) === false)) {
          const against = testsOf(blamed, tests)
            .map((it) => partnerIn(it, blamed.node) ?? "")
            .filter((partner) => tests.some((it) => it.state === "pass" && partnerIn(it, partner) !== undefined));
          expect(new Set(against).size).toBeGreaterThanOrEqual(2);
        }
      }),
    );
  });

  it.each([
    [2, []],
    [3, []],
    [3, [0]],
    [5, [2]],
    [12, [0, 1, 2]],
    [264, [0, 1, 7, 8, 50, 100, 101, 200, 262, 263]],
    [528, [3, 4, 5, 99, 100, 250, 251, 400, 401, 402, 403, 404, 527]],
  ])("find in at most four rounds of %i nodes the bad ones %j", (count, bad) => {
    const nodes = nodesOf(count);
    const names = new Set(bad.map((at) => nodes[at]?.node));
    const { ends, rounds } = live(nodes, (it) => names.has(it));
    expect(nodes.filter(({ node }) => ends.get(node) !== !names.has(node))).toEqual([]);
    expect(rounds).toBeLessThanOrEqual(4);
  });

  it("of two nodes blame neither", () => {
    const { ends } = live(nodesOf(2), (it) => it === "d000");
    expect([...ends.values()]).toEqual([null, null]);
  });

  it("count no test from before a node's own checks", () => {
    const [one, two] = nodesOf(2) as [Candidate, Candidate];
    const old: PairTest = { at: start - 1, state: "pass", gbitsPerSecond: 390, sides: [one, two], key: null, why: "" };
    expect(standingOf(one, [old])).toBe("fresh");
    expect(standingOf(one, [{ ...old, at: start }])).toBe("proven");
  });
});

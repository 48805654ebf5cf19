import { text } from "../../../../core/property-tree";
import { pairsContainer, pairsName } from "../controller-config";
import { ask, patchTypes } from "./api";
import { type Check, reasonOf } from "./check";
import type { CheckPod } from "./next-step";
import type { NodeState } from "./node-state";
import type { Result } from "./outcome";
import { deciding, pairChecks } from "./pair-check";
import { pairOutcome } from "./pair-outcome";
import { newKey, pairTests, type PairTest, pairTestsText, partnerIn } from "./pair-tests";
import { type Candidate, pairUp, standingOf, testsOf } from "./pair-up";
import type { Round } from "./round";

/** A node in its tests with others, and its pod. */
export interface Paired {
  readonly node: NodeState;
  readonly pod: CheckPod;
}

/**
 * Seconds after which a test has come to nothing: 300 for kubelets to read of it, 160 for sixteen writes, 240 for an all-reduce and who
 * waits for it, and the rest for what hangs.
 */
const testSeconds = 900;

/** What a round of tests came to. */
export interface PairRound {
  /** Results of the nodes that are through, by name. */
  readonly results: ReadonlyMap<string, Result>;
  /** Nodes that wait for a partner. */
  readonly waiting: readonly NodeState[];
}

/**
 * Goes on with the tests between nodes: reads what ended, begins new ones, and says which nodes are through.
 * @param nodes All nodes, of which some only count as nodes of a domain.
 */
export async function pairRound(
  round: Round,
  nodes: readonly NodeState[],
  paired: readonly Paired[],
): Promise<PairRound> {
  const { api, config, now } = round;
  const path = `/api/v1/namespaces/${config.namespace}/configmaps/${pairsName}`;
  const before = text(await ask(api, "GET", path), "data.pairs") ?? "";
  const pods = new Map(paired.map((it) => [it.node.name, it]));
  const ended: PairTest[] = [];
  for (const test of pairTests(before)) ended.push(test.state === "runs" ? await asItEnded(round, test, pods) : test);
  const candidates = paired.flatMap(candidateOf);
  // A key of its own for each test, where the two are to start something on each other.
  const begun = pairUp(candidates, ended, Math.floor(now / 1000)).map((it): PairTest => {
    const floor = config.pools[pods.get(it.sides[0].node)?.node.pool ?? ""]?.expected.floors.allReducePairGBps ?? null;
    return floor === null ? it : { ...it, key: newKey() };
  });
  const tests = [...ended, ...begun];
  const after = pairTestsText(stillTold(tests, candidates));
  if (after !== before) await ask(api, "PATCH", path, { data: { pairs: after } }, patchTypes.merge);
  const size = new Map<string, number>();
  for (const { domain } of nodes) size.set(domain, (size.get(domain) ?? 0) + 1);
  const results = new Map<string, Result>();
  const waiting: NodeState[] = [];
  for (const candidate of candidates) {
    const node = pods.get(candidate.node)?.node;
    if (node?.report == null) continue;
    const floor = config.pools[node.pool]?.expected.floors.infinibandWriteGbps ?? 0;
    const check = pairOutcome(candidate, { tests, now, floor, alone: (size.get(candidate.domain) ?? 0) < 2 });
    if (check !== null) results.set(node.name, resultOf(node.report, check));
    else if (standingOf(candidate, tests) !== "busy") waiting.push(node);
  }
  return { results, waiting };
}

/** Times are those of the controller alone: the clocks of nodes may differ. */
function candidateOf({ node: { name, domain, report }, pod: { address } }: Paired): Candidate[] {
  return address === null || report === null ? [] : [{ node: name, address, domain, since: report.at }];
}

/** A test that may have ended, by what the pods of both nodes wrote. */
async function asItEnded(
  { api, config, now, log }: Round,
  test: PairTest,
  pods: ReadonlyMap<string, Paired>,
): Promise<PairTest> {
  const [first, second] = test.sides.map(({ node }) => pods.get(node));
  const expected = config.pools[first?.node.pool ?? ""]?.expected;
  // One of the two went: to a job that needed its GPUs, for example.
  if (first === undefined || second === undefined || expected === undefined) return over(test, "unknown");
  const logOf = async ({ pod }: Paired): Promise<string> => {
    const path = `/api/v1/namespaces/${config.namespace}/pods/${pod.name}/log?container=${pairsContainer}`;
    const { status, body } = await api.request("GET", path);
    // A container that starts anew has no log for a moment: others do not wait for that.
    return status < 300 && typeof body === "string" ? body : "";
  };
  const { infinibandWriteGbps, allReducePairGBps } = expected.floors;
  const checks = pairChecks(await Promise.all([logOf(first), logOf(second)]), test.at, {
    ...expected,
    gbitsPerSecond: infinibandWriteGbps ?? 0,
    // A test that an older controller began has no key: its nodes were not asked.
    allReduceGBps: test.key === null ? null : allReducePairGBps,
  });
  if (checks === null) return now / 1000 - test.at < testSeconds ? test : over(test, "unknown");
  log(`${first.node.name} and ${second.node.name}: ${JSON.stringify(checks)}`);
  const check = deciding(checks);
  const why = check.ok === true || check === checks.writes ? "" : reasonOf(check);
  return {
    ...over(test, check.ok === null ? "unknown" : check.ok ? "pass" : "fail"),
    gbitsPerSecond: checks.writes.measured,
    why,
  };
}

/** Whoever still knows its key reaches nobody by it. */
function over(test: PairTest, state: PairTest["state"]): PairTest {
  return { ...test, state, key: null };
}

/** Tests that something still depends on: those of nodes that are not through, and those of their partners. */
function stillTold(tests: readonly PairTest[], candidates: readonly Candidate[]): PairTest[] {
  const named = new Set(candidates.map(({ node }) => node));
  for (const candidate of candidates)
    for (const test of testsOf(candidate, tests)) named.add(partnerIn(test, candidate.node) ?? "");
  return tests.filter(({ sides }) => sides.some(({ node }) => named.has(node)));
}

/** The verdict of a node whose own checks have passed, with what others bore out. */
function resultOf(own: Pick<Result, "checks" | "physicalHost">, check: Check): Result {
  return {
    verdict: check.ok === null ? "no-evidence" : check.ok ? "pass" : "fail",
    reasons: check.ok === true && check.detail === "" ? [] : [reasonOf(check)],
    physicalHost: own.physicalHost,
    checks: [...own.checks, check],
  };
}

import { mayBeEmptied, mostAtOnce } from "../components/platform/node-health/controller/remedy";
import { closestHint } from "../core/closest-names";
import { MisconfiguredError, type Problem, show } from "../core/problems";
import { hasFailed, isClosed, type Machine } from "./machine";
import type { AgentPool, ReplacementFacts } from "./replacement-facts";
import type { ReplacedMachine, ReplacementRecord } from "./replacement-record";

/** A node whose machine may be replaced now. */
export interface PlannedReplacement {
  readonly machine: Machine;
  readonly agentPool: AgentPool;
}

/** A node that failed, and stays. */
export interface HeldBack {
  readonly node: string;
  /** Key of the GPU pool. */
  readonly pool: string;
  readonly why: string;
  /** Whether it should go, and only may not now. False: whether it goes, a person decides. */
  readonly due: boolean;
  /** When the next one of its pool may go, ISO; null where no time decides that. */
  readonly nextAt: string | null;
}

/** What is to be replaced now, and what is not. */
export interface ReplacementPlan {
  readonly replace: readonly PlannedReplacement[];
  readonly heldBack: readonly HeldBack[];
}

/** What a replacement is decided by. */
export interface ReplacementCase {
  readonly machines: readonly Machine[];
  /** Nodes that were asked for by name; none: whatever is due. */
  readonly named: readonly string[];
  readonly record: ReplacementRecord;
  /** Milliseconds of Unix time. */
  readonly now: number;
}

/**
 * Decides which machines are replaced now. Unasked only those that failed by something no job survives; the pace of a pool holds for
 * all of them, so that a fault of many at once, such as a bad driver, does not take the pool away.
 * @throws MisconfiguredError with every name that is none of a node which failed and is closed
 */
export function planReplacement(it: ReplacementCase, facts: ReplacementFacts): ReplacementPlan {
  const machines = it.machines.filter(({ pool }) => Object.hasOwn(facts.agentPools, pool));
  const problems = [...new Set(it.named)].flatMap((name) => problemOf(name, machines) ?? []);
  if (problems.length > 0) throw new MisconfiguredError("The command", problems);
  const plans = Object.keys(facts.agentPools).map((pool) =>
    planPool(pool, { ...it, machines: machines.filter((of) => of.pool === pool) }, facts),
  );
  return { replace: plans.flatMap(({ replace }) => replace), heldBack: plans.flatMap(({ heldBack }) => heldBack) };
}

function planPool(
  pool: string,
  { machines, named, record, now }: ReplacementCase,
  { agentPools, maxClosedPercent, coolDownMinutes }: ReplacementFacts,
): ReplacementPlan {
  const failed = machines.filter(hasFailed).sort((a, b) => failedAt(a) - failedAt(b) || a.name.localeCompare(b.name));
  const most = mostAtOnce(machines.length, maxClosedPercent);
  const last = coolingDown(record[pool] ?? [], coolDownMinutes, now);
  // With a pause between two of them there is one in any window of that length, and one may always go: most is never less.
  const room = last !== null ? 0 : coolDownMinutes > 0 ? 1 : most;
  const replace: PlannedReplacement[] = [];
  const heldBack: HeldBack[] = [];
  for (const machine of failed) {
    const { name: node, nodePool } = machine;
    const asked = named.includes(node);
    if (named.length > 0 && !asked) continue;
    const hold = (why: string, due: boolean, nextAt: number | null = null): void =>
      void heldBack.push({ node, pool, why, due, nextAt: nextAt === null ? null : new Date(nextAt).toISOString() });
    const agentPool = agentPools[pool]?.find(({ name }) => name === nodePool);
    if (!asked && machine.report !== null && !mayBeEmptied(machine.report)) {
      hold("slow only: name it to replace it", false);
    } else if (!asked && !isClosed(machine)) {
      hold(`it failed and still takes pods: if it is to go, kubectl cordon ${node} first`, false);
    } else if (!asked && failed.length > most) {
      hold(`${failed.length} of ${machines.length} nodes failed: suspect the image or driver, not the machines`, true);
    } else if (agentPool === undefined) {
      const known = agentPools[pool]?.map(({ name }) => name).join(", ") ?? "";
      hold(`its AKS node pool ${nodePool || "without a name"} is none of the stack file, which has ${known}`, true);
    } else if (last !== null) {
      const next = Date.parse(last.at) + coolDownMinutes * 60_000;
      hold(`${last.node} was replaced at ${last.at}: the next may go at ${new Date(next).toISOString()}`, true, next);
    } else if (replace.length === room) {
      const [why, next] =
        coolDownMinutes > 0
          ? [`one node of a pool every ${coolDownMinutes} minutes`, now + coolDownMinutes * 60_000]
          : [`at most ${most} of ${machines.length} nodes at once: run the command again when they are back`, null];
      hold(next === null ? why : `${why}: the next may go at ${new Date(next).toISOString()}`, true, next);
    } else replace.push({ machine, agentPool });
  }
  return { replace, heldBack };
}

/** Machine of a pool that was replaced a moment ago, the newest one. A clock that goes ahead of ours holds the pool back, too. */
function coolingDown(
  machines: readonly ReplacedMachine[],
  coolDownMinutes: number,
  now: number,
): ReplacedMachine | null {
  if (coolDownMinutes === 0) return null;
  const recent = machines.filter(
    ({ at, failed }) => failed === undefined && Date.parse(at) > now - coolDownMinutes * 60_000,
  );
  return recent.reduce<ReplacedMachine | null>(
    (newest, it) => (newest !== null && Date.parse(newest.at) >= Date.parse(it.at) ? newest : it),
    null,
  );
}

function failedAt({ report }: Machine): number {
  return report?.at ?? 0;
}

/** What is wrong with a name, null for one of a node that may go. */
function problemOf(name: string, machines: readonly Machine[]): Problem | null {
  const path = "NODE";
  const got = show(name);
  const machine = machines.find((it) => it.name === name);
  const failed = machines.filter((it) => hasFailed(it)).map((it) => it.name);
  const known = failed.length === 0 ? "None has failed" : `Failed: ${failed.slice(0, 10).join(", ")}`;
  if (machine === undefined) {
    const names = machines.map((it) => it.name);
    const rule = "must be a node of a GPU pool of the environment";
    return { path, rule, got, remedy: closestHint(name, names, known) };
  }
  if (!hasFailed(machine)) {
    const { report, bootId } = machine;
    const said =
      report === null
        ? "it has no verdict"
        : report.bootId === bootId
          ? `its verdict is ${report.verdict}`
          : "its verdict is from before it was started anew";
    return { path, rule: `must be a node that failed its checks: ${said}`, got, remedy: known };
  }
  if (isClosed(machine)) return null;
  const remedy = `If it is to go, close it first: kubectl cordon ${name}`;
  return { path, rule: "must be closed: it failed, and still takes pods", got, remedy };
}

import { cents, sumUsd, usdOf } from "../../azure/money";
import type { MonthlyCost } from "./cost";

/** A team, and what it is guaranteed. */
export interface SharingTeam {
  /** Name of its namespace. */
  readonly namespace: string;
  /** Key of its pool. */
  readonly pool: string;
  /** GPUs, or instances of a MIG profile, that it is guaranteed. */
  readonly gpus: number;
}

/** A pool that teams share: by what it is counted, and the groups of machines that it is made of. */
export interface SharedPool {
  readonly key: string;
  readonly nodePools: readonly string[];
  readonly maxNodes: number;
  readonly gpusPerNode: number;
}

/** What a team costs: its part of its pool, by the GPUs that it is guaranteed. */
export interface TeamCost extends MonthlyCost {
  readonly namespace: string;
  readonly pool: string;
  readonly gpus: number;
  /** USD a month that it may cost at most, `null` where nobody said it. */
  readonly budgetUsdPerMonth: number | null;
}

/** Costs by team. With what no team has, and what all of them share, they add up to the total. */
export interface TeamCosts {
  readonly teams: readonly TeamCost[];
  /** Of each pool what no team is guaranteed: spares too. */
  readonly unassigned: readonly (MonthlyCost & { readonly pool: string; readonly gpus: number })[];
  /** What is of no pool of a team: network, control plane, stores, other machines; `null` where another stack pays it. */
  readonly shared: MonthlyCost | null;
}

/**
 * Divides what pools cost among the teams that they are guaranteed to.
 * @param byPool What each group of machines costs, of this stack and of the one that made the pools.
 * @param total What this stack costs, `null` where another stack pays for the pools.
 */
export function teamCosts(
  teams: readonly (SharingTeam & { readonly budgetUsdPerMonth?: number | undefined })[],
  pools: readonly SharedPool[],
  byPool: readonly (MonthlyCost & { readonly name: string })[],
  total: MonthlyCost | null,
): TeamCosts | null {
  if (teams.length === 0) return null;
  const shared = pools.filter(({ key }) => teams.some((it) => it.pool === key));
  const divided = shared.map((pool) => dividePool(pool, teams, byPool));
  const paid = divided.flatMap((it) => [...it.teams, it.unassigned]);
  return {
    teams: divided.flatMap((it) => it.teams),
    unassigned: divided.map((it) => it.unassigned),
    shared: total === null ? null : less(total, paid),
  };
}

function dividePool(
  { key, nodePools, maxNodes, gpusPerNode }: SharedPool,
  teams: readonly (SharingTeam & { readonly budgetUsdPerMonth?: number | undefined })[],
  byPool: readonly (MonthlyCost & { readonly name: string })[],
): { readonly teams: readonly TeamCost[]; readonly unassigned: TeamCosts["unassigned"][number] } {
  const machines = byPool.filter(({ name }) => nodePools.includes(name));
  const own = teams.filter((it) => it.pool === key);
  const gpus = maxNodes * gpusPerNode;
  const left = Math.max(0, gpus - own.reduce((sum, it) => sum + it.gpus, 0));
  const parts = [...own.map((it) => it.gpus), left];
  const idle = divide(sumUsd(machines.map((it) => it.idleUsdPerMonth)), parts);
  const full = divide(sumUsd(machines.map((it) => it.fullUsdPerMonth)), parts);
  const at = (index: number): MonthlyCost => ({
    idleUsdPerMonth: idle[index] ?? 0,
    fullUsdPerMonth: full[index] ?? 0,
  });
  return {
    teams: own.map(({ namespace, gpus: guaranteed, budgetUsdPerMonth = null }, index) => ({
      ...{ namespace, pool: key, gpus: guaranteed, budgetUsdPerMonth },
      ...at(index),
    })),
    unassigned: { pool: key, gpus: left, ...at(own.length) },
  };
}

/** An amount in parts as large as the shares. To the cent they add up to it: the last takes what rounding leaves. */
export function divide(usd: number, shares: readonly number[]): readonly number[] {
  const whole = shares.reduce((sum, it) => sum + it, 0);
  const amount = cents(usd);
  let before = 0;
  let given = 0;
  return shares.map((share, at) => {
    before += share;
    const until = at === shares.length - 1 ? amount : whole === 0 ? 0 : Math.round((amount * before) / whole);
    const part = until - given;
    given = until;
    return usdOf(part);
  });
}

function less(total: MonthlyCost, paid: readonly MonthlyCost[]): MonthlyCost {
  const rest = (pick: (it: MonthlyCost) => number): number => usdOf(cents(pick(total)) - cents(sumUsd(paid.map(pick))));
  return {
    idleUsdPerMonth: rest((it) => it.idleUsdPerMonth),
    fullUsdPerMonth: rest((it) => it.fullUsdPerMonth),
  };
}

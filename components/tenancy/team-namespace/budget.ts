import { hoursPerMonth } from "../../../catalog/hours-per-month";
import { nodePrice } from "../../../catalog/prices/node-price";
import { findVmSize } from "../../../catalog/vm-sizes";
import type { TeamPool } from "./quota";

/** What bounds the cost of a team's GPU nodes. */
export interface BudgetedShare {
  readonly gpus: number;
  /** GPUs that its queue may let it have beyond those. */
  readonly borrow: number;
  /** Absent: nobody set a bound. */
  readonly budgetUsdPerMonth?: number;
}

/**
 * What to know of a budget: that the team's share, used around the clock, costs more, or that nobody can tell. GPUs pay for their part
 * of a node at the list price on demand; CPUs on other pools and storage are not counted.
 * @param namespace Name of the team's namespace
 * @param location Region whose prices count. Without it, or where it has none, the lowest of all regions does.
 */
export function budgetNotes(
  namespace: string,
  { gpus, borrow, budgetUsdPerMonth }: BudgetedShare,
  pool: Pick<TeamPool, "key" | "size" | "figures" | "gpusPerNode">,
  location = "",
): readonly string[] {
  if (budgetUsdPerMonth === undefined) return [];
  const size = findVmSize(pool.size, pool.figures);
  const price = size === undefined ? null : nodePrice(size, "onDemand", location);
  const budget = `budgetUsdPerMonth: USD ${budgetUsdPerMonth}`;
  if (price === null) {
    return [
      `${namespace}: whether it stays below its ${budget} cannot be told, no list price of ${pool.size} is known`,
    ];
  }
  const full = Math.round(((gpus + borrow) / pool.gpusPerNode) * price.usd * hoursPerMonth);
  if (full <= budgetUsdPerMonth) return [];
  const which = borrow === 0 ? `${gpus} GPUs` : `${gpus} GPUs, and ${borrow} that it may borrow,`;
  return [
    `${namespace}: can go over its ${budget}. Its ${which} of pool ${pool.key} cost USD ${full} in a month of full use, at the list price of ${price.asOf}; nothing stops it there`,
  ];
}

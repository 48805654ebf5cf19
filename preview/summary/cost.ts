import type { MeteredPrice } from "../../azure/arm-row";
import { hoursPerMonth } from "../../catalog/hours-per-month";
import type { NodeGroup } from "./node-groups";

/** What a service costs at most that bills by its use. */
export interface MeteredCost extends MeteredPrice {
  /** What the bill calls it. */
  readonly what: string;
}

/** What bills beside the nodes. */
export interface OtherBilling {
  readonly metered: readonly MeteredCost[];
  /** What has no sourced price, in words. */
  readonly unpriced: readonly string[];
}

/** Prices of the nodes, and of what is metered up to a bound. Nothing else is priced: `unpriced` names what bills besides. */
export interface Cost {
  /** USD per hour with the fewest nodes and with the most. */
  readonly idleUsdPerHour: number;
  readonly fullUsdPerHour: number;
  readonly idleUsdPerMonth: number;
  readonly fullUsdPerMonth: number;
  /** Beside the nodes: not in the sums, because idle and full nodes use it alike. */
  readonly metered: readonly MeteredCost[];
  /** USD per hour of all nodes at spot prices, for the groups whose spot price is known. */
  readonly spot: readonly { readonly name: string; readonly usdPerHour: number }[];
  /** Date of the oldest price used. */
  readonly asOf: string | null;
  /** What bills and has no sourced price here. */
  readonly unpriced: readonly string[];
  /** What to keep in mind about a price. */
  readonly notes: readonly string[];
}

/** Price of one group of nodes. */
export interface GroupCost {
  readonly name: string;
  /** USD for one node and hour, `null` when no list price is known. */
  readonly usdPerNodeHour: number | null;
  readonly idleUsdPerHour: number | null;
  readonly fullUsdPerHour: number | null;
}

/** On-demand list price of one group. */
export function groupCost({ name, size, minNodes, maxNodes }: NodeGroup): GroupCost {
  const usdPerNodeHour = size.price?.usdPerHour ?? null;
  const of = (nodes: number): number | null => (usdPerNodeHour === null ? null : cents(usdPerNodeHour * nodes));
  return { name, usdPerNodeHour, idleUsdPerHour: of(minNodes), fullUsdPerHour: of(maxNodes) };
}

/** Adds up on-demand list prices, and says what they leave out. */
export function cost(groups: readonly NodeGroup[], region: string, other: OtherBilling): Cost {
  const costs = groups.map(groupCost);
  const sum = (pick: (it: GroupCost) => number | null): number =>
    cents(costs.reduce((total, it) => total + (pick(it) ?? 0), 0));
  const idleUsdPerHour = sum((it) => it.idleUsdPerHour);
  const fullUsdPerHour = sum((it) => it.fullUsdPerHour);
  const sizes = [...new Map(groups.map(({ size }) => [size.name, size])).values()];
  return {
    metered: other.metered,
    idleUsdPerHour,
    fullUsdPerHour,
    idleUsdPerMonth: Math.round(idleUsdPerHour * hoursPerMonth),
    fullUsdPerMonth: Math.round(fullUsdPerHour * hoursPerMonth),
    spot: groups.flatMap(({ name, size, maxNodes }) =>
      size.spotUsdPerHour === null ? [] : [{ name, usdPerHour: cents(size.spotUsdPerHour * maxNodes) }],
    ),
    asOf: sizes.flatMap(({ price }) => price?.asOf ?? []).sort()[0] ?? null,
    unpriced: [...sizes.filter((it) => it.price === null).map((it) => it.name), ...other.unpriced],
    notes: sizes.flatMap(({ name, price }) =>
      price === null || price.region === null || price.region === region
        ? []
        : [`${name}: price of ${price.region}; other regions ask up to ${price.maxUsdPerHour} USD an hour`],
    ),
  };
}

function cents(usd: number): number {
  return Math.round(usd * 100) / 100;
}

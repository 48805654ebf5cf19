import { type Bill, type Billable, type BillLine, billOf, type UnpricedOf, type UsePrice } from "../../azure/bill";
import { machinePrice } from "../../azure/machine-price";
import { cents, sumUsd, usdOf } from "../../azure/money";
import { hoursPerMonth } from "../../catalog/hours-per-month";
import { type BillKind, billKinds } from "../../catalog/prices/meter";
import { nodePrice } from "../../catalog/prices/node-price";
import type { ExpectedUse } from "../../catalog/prices/uses";
import type { VmOffer } from "../../catalog/prices/vm-prices";
import { keysOf } from "../../core/records";
import type { NodeGroup } from "./node-groups";
import type { TeamCosts } from "./team-costs";

/** USD a month with the fewest nodes, and with the most. */
export interface MonthlyCost {
  readonly idleUsdPerMonth: number;
  readonly fullUsdPerMonth: number;
}

/** What a group of machines costs with all that is charged for it, and what its nodes would cost when they are bought otherwise. */
export interface PoolCost extends MonthlyCost {
  readonly name: string;
  /** USD a month for all of its nodes at spot prices or with a reservation, `null` where no source gives the price in this region. */
  readonly nodesBoughtAs: Readonly<Record<Exclude<VmOffer, "onDemand">, number | null>>;
}

/** All that has a price, and what has none. */
export interface Cost extends MonthlyCost {
  /** USD an hour with the fewest nodes and with the most: the month through 730. */
  readonly idleUsdPerHour: number;
  readonly fullUsdPerHour: number;
  /** Part of the full cost that bills while nothing runs, `null` where nothing has a price. */
  readonly idleShare: number | null;
  /** Every line. They add up to the totals, cent by cent. */
  readonly lines: readonly BillLine[];
  readonly byKind: readonly (MonthlyCost & { readonly kind: BillKind })[];
  readonly byPool: readonly PoolCost[];
  /** By team, where teams are declared. */
  readonly byTeam: TeamCosts | null;
  /** Prices of what bills by its use alone. */
  readonly byUse: readonly UsePrice[];
  /** What bills or may be bought and has no price here, each with the reason. */
  readonly unpriced: readonly UnpricedOf[];
  /** Date of the oldest price used. */
  readonly asOf: string | null;
  /** What to keep in mind about a price. */
  readonly notes: readonly string[];
}

/** What no declaration tells, so that no bill here has it. */
export const neverPriced: readonly UnpricedOf[] = [
  { what: "traffic", because: "nothing declares how much leaves the region or crosses zones", resources: [] },
  { what: "disks and balancers that Kubernetes makes", because: "they come with what runs", resources: [] },
];

/** Ways to buy nodes that a pool is compared with. */
const offers = {
  spot: "nodes as spot",
  reserved1Year: "nodes reserved for a year",
  reserved3Years: "nodes reserved for three years",
} as const satisfies Readonly<Record<Exclude<VmOffer, "onDemand">, string>>;

/** Price of one group of nodes, without what else is charged for it. */
export interface GroupCost {
  readonly idleUsdPerHour: number | null;
  readonly fullUsdPerHour: number | null;
}

/** What one group of nodes costs, as it is bought. */
export function groupCost(group: NodeGroup): GroupCost {
  const { size, minNodes, maxNodes, region } = group;
  const bought = machinePrice(group, size, region);
  const of = (nodes: number): number | null => (bought === null ? null : usdOf(cents(bought.price.usd * nodes)));
  return { idleUsdPerHour: of(minNodes), fullUsdPerHour: of(maxNodes) };
}

/** The bill of resources, added up in every way that somebody asks for. */
export function cost(
  resources: readonly Billable[],
  groups: readonly NodeGroup[],
  region: string,
  expected: ExpectedUse = {},
): Cost {
  const { lines, byUse, unpriced, notes } = billOf(resources, region, expected);
  const total = sumOf(lines);
  const perHour = (usdPerMonth: number): number => usdOf(cents(usdPerMonth / hoursPerMonth));
  return {
    idleUsdPerHour: perHour(total.idleUsdPerMonth),
    fullUsdPerHour: perHour(total.fullUsdPerMonth),
    ...total,
    idleShare: total.fullUsdPerMonth === 0 ? null : total.idleUsdPerMonth / total.fullUsdPerMonth,
    lines,
    byKind: billKinds.flatMap((kind) => {
      const own = lines.filter((it) => it.kind === kind);
      return own.length === 0 ? [] : [{ kind, ...sumOf(own) }];
    }),
    byPool: groups.map((group) => poolCost(group, lines)),
    byTeam: null,
    byUse,
    unpriced: [...unpriced, ...unpricedOffers(groups, region), ...neverPriced],
    asOf: oldest([...lines, ...byUse]),
    notes,
  };
}

/** The exact sum of lines. */
export function sumOf(lines: readonly MonthlyCost[]): MonthlyCost {
  return {
    idleUsdPerMonth: sumUsd(lines.map((it) => it.idleUsdPerMonth)),
    fullUsdPerMonth: sumUsd(lines.map((it) => it.fullUsdPerMonth)),
  };
}

function poolCost({ name, size, maxNodes, onShare, region }: NodeGroup, lines: readonly BillLine[]): PoolCost {
  const all = (offer: VmOffer): number | null => {
    const price = nodePrice(size, offer, region);
    // A reservation bills through the hours in which a schedule has them off.
    const share = offer === "spot" ? onShare : 1;
    return price === null ? null : usdOf(cents(price.usd * maxNodes * share * hoursPerMonth));
  };
  return {
    name,
    ...sumOf(lines.filter((it) => it.pool === name)),
    nodesBoughtAs: { spot: all("spot"), reserved1Year: all("reserved1Year"), reserved3Years: all("reserved3Years") },
  };
}

/** Ways to buy nodes that no source gives a price of in the region. */
function unpricedOffers(groups: readonly NodeGroup[], region: string): UnpricedOf[] {
  return keysOf(offers).flatMap((offer) => {
    const sizes = groups.map(({ size }) => size).filter((size) => nodePrice(size, offer, region) === null);
    const names = [...new Set(sizes.map(({ name }) => name.replace("Standard_", "")))].sort();
    return names.length === 0
      ? []
      : [{ what: offers[offer], because: `no sourced price of ${region}: ${names.join(", ")}`, resources: [] }];
  });
}

function oldest(priced: readonly Pick<Bill["byUse"][number], "price">[]): string | null {
  return priced.map(({ price }) => price.asOf).sort()[0] ?? null;
}

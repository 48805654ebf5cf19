import { type Bill, type Billable, type BillLine, billOf, type UsePrice } from "../../azure/bill";
import type { Unpriced } from "../../azure/charge";
import { cents, sumUsd, usdOf } from "../../azure/money";
import { hoursPerMonth } from "../../catalog/hours-per-month";
import { type BillKind, billKinds } from "../../catalog/prices/meter";
import { nodePrice } from "../../catalog/prices/node-price";
import type { ExpectedUse } from "../../catalog/prices/uses";
import type { VmOffer } from "../../catalog/prices/vm-prices";
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
  /** What bills and has no price here, each with the reason. */
  readonly unpriced: readonly Unpriced[];
  /** Date of the oldest price used. */
  readonly asOf: string | null;
  /** What to keep in mind about a price. */
  readonly notes: readonly string[];
}

/** What no declaration tells, so that no bill here has it. */
export const neverPriced: readonly Unpriced[] = [
  { what: "traffic", because: "nothing declares how much leaves the region or crosses zones" },
  { what: "disks and balancers that Kubernetes makes", because: "they come with what runs" },
];

/** Price of one group of nodes, without what else is charged for it. */
export interface GroupCost {
  readonly idleUsdPerHour: number | null;
  readonly fullUsdPerHour: number | null;
}

/** What one group of nodes costs, as it is bought. */
export function groupCost({ size, spot, minNodes, maxNodes, region }: NodeGroup): GroupCost {
  const price = (spot ? nodePrice(size, "spot", region) : null) ?? nodePrice(size, "onDemand", region);
  const of = (nodes: number): number | null => (price === null ? null : usdOf(cents(price.usd * nodes)));
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
    unpriced: [...unpriced, ...neverPriced],
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
    nodesBoughtAs: {
      spot: all("spot"),
      reserved1Year: all("reserved1Year"),
      reserved3Years: all("reserved3Years"),
    },
  };
}

function oldest(priced: readonly Pick<Bill["byUse"][number], "price">[]): string | null {
  return priced.map(({ price }) => price.asOf).sort()[0] ?? null;
}

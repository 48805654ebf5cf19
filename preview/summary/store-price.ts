import { type Billable, billOf } from "../../azure/bill";
import { noSourcedPrice, type Unpriced } from "../../azure/charge";
import { cents, sumUsd, usdOf } from "../../azure/money";
import { type UseKey, uses } from "../../catalog/prices/uses";

/** What a store costs, by the bill's own lines and meters. */
export interface StorePrice {
  /** USD a month of all that is bought, used or not. Null where what is stored bills, and without a price. */
  readonly usdPerMonth: number | null;
  /** USD a month of each TiB: of what is bought, or of what lies in the hot tier. Null without a price. */
  readonly usdPerTiBMonth: number | null;
  /** USD a month of each TiB that lies in the cool tier. Null where there is none, and without a price. */
  readonly coolUsdPerTiBMonth: number | null;
  /** Regions whose list prices these are: others stand in for one that has none. */
  readonly pricesOf: readonly string[];
  /** What of the store has no price, each with the reason. */
  readonly unpriced: readonly Unpriced[];
}

/** Uses that are what is stored. */
const tiers: readonly UseKey[] = ["hotBlobTiB", "coolBlobTiB"];

/**
 * The price of one store.
 * @param sizeTiB What is bought, `null` where what is stored bills.
 * @param region Where it is, if it does not say so itself.
 */
export function storePrice(resource: Billable, sizeTiB: number | null, region: string): StorePrice {
  const { lines, byUse, unpriced } = billOf([resource], region);
  const inTiers = sizeTiB === null ? byUse.filter(({ use }) => tiers.includes(use)) : [];
  const stored = (tier: UseKey): number | null => {
    const price = inTiers.find(({ use }) => use === tier)?.price;
    return price === undefined ? null : usdOf(cents(price.usd * uses[tier].unitsOfMeter));
  };
  const usdPerMonth = sizeTiB === null || lines.length === 0 ? null : sumUsd(lines.map((it) => it.fullUsdPerMonth));
  const bought = usdPerMonth === null || !sizeTiB ? null : usdOf(cents(usdPerMonth / sizeTiB));
  const usdPerTiBMonth = sizeTiB === null ? stored("hotBlobTiB") : bought;
  const silent = usdPerTiBMonth === null && unpriced.length === 0;
  return {
    usdPerMonth,
    usdPerTiBMonth,
    coolUsdPerTiBMonth: stored("coolBlobTiB"),
    pricesOf: [...new Set([...lines, ...inTiers].flatMap(({ price }) => price.region ?? []))].sort(),
    unpriced: silent
      ? [{ what: "capacity", because: noSourcedPrice }]
      : unpriced.map(({ what, because }) => ({ what, because })),
  };
}

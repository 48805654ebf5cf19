import { hoursPerMonth } from "../hours-per-month";
import type { LustreTier } from "../lustre-tiers";
import { gibPerTib, lustreMeters } from "./lustre-meters";
import { meterPrice } from "./meter-price";

/**
 * List price of a file system in USD a month of 730 hours, whether anything is written to it or not; the lowest of other regions where the
 * list has none of the one that is asked for, as in the bill.
 * @throws Error for a tier of which no list has a price: a fault of the catalogue
 */
export function lustreUsdPerMonth({ sku }: Pick<LustreTier, "sku">, sizeTiB: number, region: string): number {
  const meter = lustreMeters.get(sku);
  const price = meter === undefined ? null : meterPrice(meter, region);
  if (price === null) throw new Error(`no list has a price of Lustre tier ${sku}`);
  return sizeTiB * gibPerTib * hoursPerMonth * price.usd;
}

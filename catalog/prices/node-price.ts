import type { VmSize } from "../vm-size";
import type { UnitPrice } from "./meter-price";
import { hoursPaid, regionPrices, type VmOffer } from "./vm-prices";

/**
 * USD for a node and hour. On demand the lowest of other regions stands in where the region has no price, and the answer names it; spot
 * and reserved prices are of the region itself or `null`, because they differ too much from one to the next.
 */
export function nodePrice(size: VmSize, offer: VmOffer, region: string): UnitPrice | null {
  const row = regionPrices(size.name, offer).find((it) => it.region === region);
  if (row !== undefined) return { usd: row.usd / hoursPaid[offer], region, ...row.list };
  const { price } = size;
  if (offer !== "onDemand" || price === null) return null;
  return { usd: price.usdPerHour, region: price.region, asOf: price.asOf, source: price.source };
}

/** Whether the price of a size in a region is exactly twice its lowest one, which looks like a placeholder and not like a price. */
export function looksLikePlaceholder({ price }: VmSize, usd: number): boolean {
  return price !== null && price.region !== null && usd === 2 * price.usdPerHour;
}

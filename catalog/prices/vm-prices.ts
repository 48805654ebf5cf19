import data from "./vm-prices.json";
import type { PriceList } from "./price-list";

/** Prices of VM sizes in one way to buy them: a column a region, each of one list. */
export interface VmPriceTable {
  readonly lists: readonly PriceList[];
  /** Regions in the order of the columns, each with the place of its list in `lists`. */
  readonly regions: Readonly<Record<string, number>>;
  /** USD in each region, `null` where the list has no price. */
  readonly sizes: Readonly<Record<string, readonly (number | null)[]>>;
}

/** Ways to buy a VM. */
export const vmOffers = ["onDemand", "spot", "reserved1Year", "reserved3Years"] as const;
export type VmOffer = (typeof vmOffers)[number];

/** Linux VMs: USD an hour, and for reservations USD for the whole term, as the list has them. */
export const vmPrices: Readonly<Record<VmOffer, VmPriceTable>> = data;

/** Hours that a price of the table pays for. */
export const hoursPaid: Readonly<Record<VmOffer, number>> = {
  onDemand: 1,
  spot: 1,
  reserved1Year: 365 * 24,
  reserved3Years: 3 * 365 * 24,
};

/** Prices of a size in every region that has one, with their lists. */
export function regionPrices(
  name: string,
  offer: VmOffer,
): readonly { readonly region: string; readonly usd: number; readonly list: PriceList }[] {
  const { lists, regions, sizes } = vmPrices[offer];
  const row = sizes[name];
  if (row === undefined) return [];
  return Object.entries(regions).flatMap(([region, at], column) => {
    const usd = row[column];
    const list = lists[at];
    return usd == null || list === undefined ? [] : [{ region, usd, list }];
  });
}

import data from "./meter-prices.json";
import type { Meter } from "./meter";
import type { PriceList } from "./price-list";

/** List price of one unit of a meter. */
export interface UnitPrice {
  readonly usd: number;
  /** Region that the list has it for, `Global` where it is the same everywhere, `null` for a price that a user declares. */
  readonly region: string | null;
  /** ISO date of the list. */
  readonly asOf: string;
  readonly source: string;
}

/** Prices of meters as the data have them: by meter and region, each with the list that it comes from. */
export interface MeterPrices {
  readonly lists: readonly PriceList[];
  readonly meters: Readonly<Record<string, Readonly<Record<string, readonly (string | number)[]>>>>;
}

/** Prices of all meters. */
export const meterPrices: MeterPrices = data;

/**
 * List price of a meter in a region. Where that region has none, the lowest of the others stands in, and the answer names its region;
 * `null` when no source gives any.
 */
export function meterPrice({ id }: Meter, region: string): UnitPrice | null {
  const cells = Object.entries(meterPrices.meters[id] ?? {});
  const own = cells.find(([name]) => name === region) ?? cells.find(([name]) => name === "Global");
  const [where, cell] = own ?? cells.sort(([, [a = 0]], [, [b = 0]]) => Number(a) - Number(b))[0] ?? [];
  const list = meterPrices.lists[Number(cell?.[1])];
  if (where === undefined || cell === undefined || list === undefined) return null;
  return { usd: Number(cell[0]), region: where, ...list };
}

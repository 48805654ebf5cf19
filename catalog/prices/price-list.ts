/** A record of Azure's public price list: whose, and of which day. */
export interface PriceList {
  /** ISO date. */
  readonly asOf: string;
  readonly source: string;
}

/** Days after which a price is called old: Azure renews its list every month. */
export const daysUntilOld = 365;

/** Whether a price is so old that it should be read again. Both are ISO dates. */
export function isOld(asOf: string, today: string): boolean {
  return Date.parse(today) - Date.parse(asOf) > daysUntilOld * 24 * 60 * 60 * 1000;
}

/** What a bill is grouped by. */
export const billKinds = ["nodes", "disks", "storage", "cluster", "network", "logs and metrics", "other"] as const;
export type BillKind = (typeof billKinds)[number];

/** A meter of Azure: what it counts, and how the public price list calls it. Its prices stand in `meter-prices.json`. */
export interface Meter {
  /** Name of its prices in the data. Never changes. */
  readonly id: string;
  /** What a bill calls it. */
  readonly what: string;
  readonly kind: BillKind;
  /** What one unit of the list is, to follow a price: `USD 0.045 a GB`. */
  readonly unit: string;
  /** Where the price list has it. */
  readonly list: ListedMeter;
}

/** Texts by which a meter is found in the retail price list, each as it stands there. */
export interface ListedMeter {
  readonly serviceName: string;
  readonly meterName: string;
  readonly productName?: string;
  readonly skuName?: string;
}

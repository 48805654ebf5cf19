import type { Store } from "../../azure/arm-row";
import type { Billable } from "../../azure/bill";
import { findRow } from "../../azure/rows";
import { type StorePrice, storePrice } from "./store-price";

/** A store, and what it costs. */
export interface PricedStore extends Store {
  readonly price: StorePrice;
}

/**
 * Reads every store out of a plan.
 * @param region Where a store is that does not say it.
 */
export function stores(resources: readonly Billable[], region: string): PricedStore[] {
  return resources.flatMap((it) => {
    const store = findRow(it.type)?.stores?.(it.inputs);
    return store == null ? [] : [{ ...store, price: storePrice(it, store.sizeTiB, region) }];
  });
}

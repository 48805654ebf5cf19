import type { Meter } from "../catalog/prices/meter";
import type { VmOffer } from "../catalog/prices/vm-prices";
import type { Problems } from "../core/problems";
import type { ListItem } from "./prices-list";

/**
 * The price of a meter among items of a list, in the region itself or the same everywhere; `undefined` when the list has none.
 * @param problems Gets what cannot be a price.
 */
export function meterUsd(
  { id, list }: Meter,
  region: string,
  items: readonly ListItem[],
  problems: Problems,
): number | undefined {
  const own = items.filter(
    (it) =>
      it.type === "Consumption" &&
      it.armRegionName === region &&
      it.serviceName === list.serviceName &&
      it.meterName === list.meterName &&
      (list.productName === undefined || it.productName === list.productName) &&
      (list.skuName === undefined || it.skuName === list.skuName),
  );
  if (own.length === 0) return undefined;
  const path = `${id} in ${region}`;
  const meters = new Set(own.map((it) => it.meterId));
  problems.require(meters.size === 1, path, "must be one meter of the list", {
    got: [...new Set(own.map(({ productName, skuName }) => `${productName}, ${skuName}`))].join("; "),
    remedy: "Name its product or SKU in catalog/prices",
  });
  // The first units of some meters are free. Those after them have the price that counts here.
  const paid = own.filter((it) => it.retailPrice > 0).sort((a, b) => a.tierMinimumUnits - b.tierMinimumUnits)[0];
  problems.require(paid !== undefined, path, "must have a price above 0", { got: own[0]?.retailPrice });
  return paid?.retailPrice;
}

/** Prices of one size in one region. */
export type SizePrices = Readonly<Partial<Record<VmOffer, number>>>;

const terms: Readonly<Record<string, VmOffer>> = { "1 Year": "reserved1Year", "3 Years": "reserved3Years" };

/**
 * Prices of sizes for Linux in one region, by the exact name of the size.
 * @param problems Gets what cannot be a price.
 */
export function sizeUsd(
  names: ReadonlySet<string>,
  region: string,
  items: readonly ListItem[],
  problems: Problems,
): ReadonlyMap<string, SizePrices> {
  const found = new Map<string, Partial<Record<VmOffer, number>>>();
  for (const it of items) {
    const offer = offerOf(it);
    const name = it.armSkuName ?? "";
    if (offer === undefined || it.armRegionName !== region || !names.has(name)) continue;
    const path = `${name} in ${region}, ${offer}`;
    problems.require(it.retailPrice > 0, path, "must have a price above 0", { got: it.retailPrice });
    const prices = found.get(name) ?? {};
    const before = prices[offer];
    // Of Spot the list may have two meters, and bills by either: the higher one is the most that it can be.
    problems.require(
      before === undefined || before === it.retailPrice || offer === "spot",
      path,
      "must have one price",
      {
        got: `${String(before)} and ${it.retailPrice}`,
      },
    );
    found.set(name, { ...prices, [offer]: Math.max(before ?? 0, it.retailPrice) });
  }
  return found;
}

/** What an item sells, `undefined` for Windows, for whole hosts and for the old kind of Spot. */
function offerOf({ type, productName, skuName, meterName, reservationTerm = "" }: ListItem): VmOffer | undefined {
  if (/Windows|\bWin\b|Dedicated Host|Cloud Services/i.test(productName)) return undefined;
  // The list gives a reservation the unit "1 Hour", and the price of its whole term.
  if (type === "Reservation") return terms[reservationTerm];
  if (type !== "Consumption" || /Low Priority/.test(`${skuName} ${meterName}`)) return undefined;
  return / Spot$/.test(meterName) || / Spot$/.test(skuName) ? "spot" : "onDemand";
}

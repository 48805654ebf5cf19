import { meters } from "../catalog/prices/meters";
import type { MeterPrices } from "../catalog/prices/meter-price";
import { looksLikePlaceholder } from "../catalog/prices/node-price";
import type { PriceList } from "../catalog/prices/price-list";
import { type VmOffer, vmOffers, type VmPriceTable } from "../catalog/prices/vm-prices";
import { findVmSize, vmSizes } from "../catalog/vm-sizes";
import { Problems } from "../core/problems";
import type { Prices } from "./prices-files";
import type { ListItem } from "./prices-list";
import { meterUsd, type SizePrices, sizeUsd } from "./prices-match";

/** Items of the list for one region, `Global` for what costs the same everywhere. */
export interface ReadRegion {
  readonly region: string;
  readonly items: readonly ListItem[];
}

/** One price that is not what it was; `null` where there is none. */
export interface PriceChange {
  /** Meter, or VM size and how it is bought. */
  readonly what: string;
  readonly region: string;
  readonly before: number | null;
  readonly after: number | null;
  /** Why somebody should look at it before it is believed. */
  readonly suspicious: string | null;
}

/** Prices after a list was read, and what it changed. */
export interface Refreshed {
  readonly prices: Prices;
  readonly changes: readonly PriceChange[];
}

/** A price that becomes so many times what it was, or that part of it, is looked at. */
const jump = 1.5;
/** Part of the sizes of a region that a whole list has at least. */
const wholeShare = 0.5;

/**
 * Puts what a list says of some regions into the prices. Of these regions nothing old is kept: what the list has no more, goes.
 * @throws MisconfiguredError with everything that cannot be a price, and for a list that seems to break off
 */
export function refreshPrices(before: Prices, read: readonly ReadRegion[], list: PriceList): Refreshed {
  const problems = new Problems();
  const names = new Set(vmSizes.keys());
  const refreshed = read.map(({ region, items }) => ({
    region,
    sizes: region === "Global" ? new Map<string, SizePrices>() : sizeUsd(names, region, items, problems),
    meters: new Map(
      meters.flatMap((meter) => {
        const usd = meterUsd(meter, region, items, problems);
        return usd === undefined ? [] : [[meter.id, usd] as const];
      }),
    ),
  }));
  for (const { region, sizes } of refreshed) checkWhole(before, region, sizes, problems);
  problems.throwIfAny("The price list");
  const tables = vmOffers.map((offer) => {
    const columns = refreshed.filter(({ region }) => region !== "Global");
    return [offer, withColumns(before.sizes[offer], offer, columns, list)] as const;
  });
  const prices: Prices = {
    meters: withCells(before.meters, refreshed, list),
    sizes: Object.fromEntries(tables) as Prices["sizes"],
  };
  return { prices, changes: changesOf(before, prices) };
}

interface RefreshedRegion {
  readonly region: string;
  readonly sizes: ReadonlyMap<string, SizePrices>;
  readonly meters: ReadonlyMap<string, number>;
}

/** A list that breaks off would take prices away without a word. */
function checkWhole(before: Prices, region: string, sizes: RefreshedRegion["sizes"], problems: Problems): void {
  if (region === "Global") return;
  const had = cellsOf(before.sizes.onDemand).filter((it) => it.region === region).length;
  const has = [...sizes.values()].filter((it) => it.onDemand !== undefined).length;
  problems.require(has > 0 && has >= had * wholeShare, region, "must have the sizes that the list had before", {
    got: `${has} of ${had}`,
    remedy: "The list broke off, or the region has another name: nothing was written",
  });
}

function withColumns(
  { lists, regions, sizes }: VmPriceTable,
  offer: VmOffer,
  columns: readonly RefreshedRegion[],
  list: PriceList,
): VmPriceTable {
  const kept = Object.keys(regions).filter((region) => !columns.some((it) => it.region === region));
  const heads = [
    ...kept.map((region) => [region, regions[region] ?? -1] as const),
    ...columns.map(({ region }) => [region, lists.length] as const),
  ];
  const before = Object.keys(regions);
  const names = [...new Set([...Object.keys(sizes), ...columns.flatMap((it) => [...it.sizes.keys()])])];
  const rows = names.map((name) => [
    name,
    [
      ...kept.map((region) => sizes[name]?.[before.indexOf(region)] ?? null),
      ...columns.map((it) => it.sizes.get(name)?.[offer] ?? null),
    ],
  ]);
  return {
    lists: [...lists, list],
    regions: Object.fromEntries(heads),
    sizes: Object.fromEntries(rows) as VmPriceTable["sizes"],
  };
}

function withCells(
  { lists, meters: rows }: MeterPrices,
  refreshed: readonly RefreshedRegion[],
  list: PriceList,
): MeterPrices {
  const ids = [...new Set([...Object.keys(rows), ...refreshed.flatMap((it) => [...it.meters.keys()])])];
  const changed = ids.map((id) => {
    const kept = Object.entries(rows[id] ?? {}).filter(([region]) => !refreshed.some((it) => it.region === region));
    const read = refreshed.flatMap(({ region, meters: own }) => {
      const usd = own.get(id);
      return usd === undefined ? [] : [[region, [usd, lists.length]] as const];
    });
    return [id, Object.fromEntries<readonly (string | number)[]>([...kept, ...read])] as const;
  });
  return { lists: [...lists, list], meters: Object.fromEntries(changed) };
}

interface Cell {
  readonly what: string;
  readonly region: string;
  readonly usd: number;
}

function changesOf(before: Prices, after: Prices): PriceChange[] {
  const [was, is] = [allCells(before), allCells(after)];
  return [...new Set([...was.keys(), ...is.keys()])].sort().flatMap((key) => {
    const [one, other] = [was.get(key), is.get(key)];
    const { what, region } = one ?? other ?? { what: "", region: "" };
    const change = { what, region, before: one?.usd ?? null, after: other?.usd ?? null };
    return change.before === change.after ? [] : [{ ...change, suspicious: suspicionOf(change) }];
  });
}

function allCells({ meters: { meters: rows }, sizes }: Prices): ReadonlyMap<string, Cell> {
  const cells: Cell[] = [
    ...Object.entries(rows).flatMap(([what, own]) =>
      Object.entries(own).map(([region, [usd]]) => ({ what, region, usd: Number(usd) })),
    ),
    ...vmOffers.flatMap((offer) => cellsOf(sizes[offer]).map((it) => ({ ...it, what: `${it.what} ${offer}` }))),
  ];
  return new Map(cells.map((it) => [`${it.what} ${it.region}`, it]));
}

function cellsOf({ regions, sizes }: VmPriceTable): Cell[] {
  const names = Object.keys(regions);
  return Object.entries(sizes).flatMap(([what, row]) =>
    row.flatMap((usd, at) => (usd === null ? [] : [{ what, region: names[at] ?? "", usd }])),
  );
}

function suspicionOf({ what, before, after }: Omit<PriceChange, "suspicious">): string | null {
  if (after === null) return null;
  const [name = "", offer] = what.split(" ");
  const size = findVmSize(name);
  if (size !== undefined && offer === "onDemand" && looksLikePlaceholder(size, after)) {
    return "exactly twice the lowest price of the size: a placeholder?";
  }
  if (before === null) return null;
  return after >= before * jump || after <= before / jump ? "a jump by half or more" : null;
}

import { renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { MeterPrices } from "../catalog/prices/meter-price";
import type { PriceList } from "../catalog/prices/price-list";
import { type VmOffer, vmOffers, type VmPriceTable } from "../catalog/prices/vm-prices";

/** All prices of the catalogue. */
export interface Prices {
  readonly meters: MeterPrices;
  readonly sizes: Readonly<Record<VmOffer, VmPriceTable>>;
}

/** The files that hold prices, by name in `catalog/prices`: sorted, a line a row, and without lists that nothing is from any more. */
export function priceFiles({ meters, sizes }: Prices): ReadonlyMap<string, string> {
  return new Map([
    ["meter-prices.json", meterText(meters)],
    ["vm-prices.json", `{\n${vmOffers.map((offer) => `  "${offer}": ${tableText(sizes[offer])}`).join(",\n")}\n}\n`],
  ]);
}

/** Writes files beside the old ones, and only when all of them are there in their place. */
export function writeAll(folder: string, files: ReadonlyMap<string, string>): void {
  const targets = [...files.keys()].map((name) => path.join(folder, name));
  try {
    for (const [name, text] of files) writeFileSync(path.join(folder, `${name}.new`), text);
    for (const target of targets) renameSync(`${target}.new`, target);
  } finally {
    for (const target of targets) rmSync(`${target}.new`, { force: true });
  }
}

function meterText({ lists, meters }: MeterPrices): string {
  const used = new Set(Object.values(meters).flatMap((cells) => Object.values(cells).map(([, list]) => Number(list))));
  const { kept, placeOf } = keptLists(lists, used);
  const rows = sortedEntries(meters)
    .filter(([, cells]) => Object.keys(cells).length > 0)
    .map(([id, cells]) => {
      const own = sortedEntries(cells).map(([region, [usd, list]]) => [region, [usd, placeOf(Number(list))]] as const);
      return `    ${JSON.stringify(id)}: ${JSON.stringify(Object.fromEntries(own))}`;
    });
  return `{\n  "lists": [\n${listLines(kept, 4)}\n  ],\n  "meters": {\n${rows.join(",\n")}\n  }\n}\n`;
}

function tableText({ lists, regions, sizes }: VmPriceTable): string {
  const before = Object.keys(regions);
  const columns = before.filter((_, at) => Object.values(sizes).some((row) => row[at] != null)).sort();
  const { kept, placeOf } = keptLists(lists, new Set(columns.map((region) => regions[region] ?? -1)));
  const heads = columns.map((region) => [region, placeOf(regions[region] ?? -1)] as const);
  const rows = sortedEntries(sizes)
    .map(([name, row]) => [name, columns.map((region) => row[before.indexOf(region)] ?? null)] as const)
    .filter(([, row]) => row.some((usd) => usd !== null))
    .map(([name, row]) => `      ${JSON.stringify(name)}: ${JSON.stringify(row)}`);
  return [
    "{",
    `    "lists": [\n${listLines(kept, 6)}\n    ],`,
    `    "regions": ${JSON.stringify(Object.fromEntries(heads))},`,
    `    "sizes": {\n${rows.join(",\n")}\n    }`,
    "  }",
  ].join("\n");
}

/** Lists that something is from, in the order of their days, and where each of the old ones went. */
function keptLists(
  lists: readonly PriceList[],
  used: ReadonlySet<number>,
): { readonly kept: readonly PriceList[]; readonly placeOf: (before: number) => number } {
  const key = ({ asOf, source }: PriceList): string => `${asOf} ${source}`;
  const kept = [...new Map(lists.filter((_, at) => used.has(at)).map((it) => [key(it), it])).values()].sort((a, b) =>
    key(a) < key(b) ? -1 : 1,
  );
  return {
    kept,
    placeOf: (before) => kept.findIndex((it) => lists[before] !== undefined && key(it) === key(lists[before])),
  };
}

function listLines(lists: readonly PriceList[], spaces: number): string {
  const indent = " ".repeat(spaces);
  return lists.map(({ asOf, source }) => indent + JSON.stringify({ asOf, source })).join(",\n");
}

function sortedEntries<T>(table: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(table).sort(([a], [b]) => (a < b ? -1 : 1));
}

import { hoursPerMonth } from "../catalog/hours-per-month";
import { hoursPerWeek } from "../catalog/off-hours";
import type { BillKind, Meter } from "../catalog/prices/meter";
import { meterPrice, type UnitPrice } from "../catalog/prices/meter-price";
import { looksLikePlaceholder, nodePrice } from "../catalog/prices/node-price";
import { type ExpectedUse, type UseKey, uses } from "../catalog/prices/uses";
import { findSizeInAzure } from "../catalog/vm-sizes";
import type { PlannedResource } from "../core/planned-resource";
import { isUnknown } from "../core/property-marks";
import { locate, text } from "../core/property-tree";
import type { ArmRow, Machines } from "./arm-row";
import { findArmType } from "./arm-types";
import { billedElsewhere } from "./billed-elsewhere";
import { type Charge, noSourcedPrice, type ReservedNodes, type Unpriced } from "./charge";
import { machinePrice } from "./machine-price";
import { cents, usdOf } from "./money";
import { type Placed, regionsOf } from "./region-of";
import { findRow } from "./rows";

/** What a bill reads of a resource. */
export type Billable = Placed & Partial<Pick<PlannedResource, "name">>;

/** One line: so many units of something in a month of 730 hours. */
export interface BillLine {
  /** Name of the resource in Azure, or in the program where Azure's is not known yet. */
  readonly resource: string;
  readonly type: string;
  readonly kind: BillKind;
  /** Group of machines that it is for: an AKS pool, a scale set or a machine alone; `null` for none. */
  readonly pool: string | null;
  readonly what: string;
  /** What one unit is. */
  readonly unit: string;
  readonly price: UnitPrice;
  /** Units with the fewest nodes, and with the most or at the bound that is declared. */
  readonly idleUnits: number;
  readonly fullUnits: number;
  readonly idleUsdPerMonth: number;
  readonly fullUsdPerMonth: number;
}

/** What bills by its use alone. */
export interface UsePrice {
  readonly use: UseKey;
  readonly kind: BillKind;
  readonly what: string;
  readonly unit: string;
  readonly price: UnitPrice;
}

/** What bills and has no price here, and which resources it is of. */
export interface UnpricedOf extends Unpriced {
  /** Their names, as those of lines; none for what is of no one resource. */
  readonly resources: readonly string[];
}

/** All that resources are charged for, as far as their inputs and the price list tell. */
export interface Bill {
  readonly lines: readonly BillLine[];
  readonly byUse: readonly UsePrice[];
  readonly unpriced: readonly UnpricedOf[];
  /** Expected use that no resource here bills by. */
  readonly unusedExpectations: readonly UseKey[];
  /** What to keep in mind about a price. */
  readonly notes: readonly string[];
}

/**
 * The bill of resources: a pure function of them and the price list. The same resources in another order give the same lines in that
 * other order.
 * @param region Where a resource is of which nothing here says it.
 * @param expected Use that somebody expects: it becomes lines.
 */
export function billOf(resources: readonly Billable[], region: string, expected: ExpectedUse = {}): Bill {
  const regionOf = regionsOf(resources);
  const billed = resources.flatMap((it) => billedOf(it, (of) => regionOf(of) ?? region));
  const running = billed.flatMap(({ computes, inputs }) => computes?.machines(inputs) ?? []);
  const found = [nodesOf, chargesOf, (it: Billed) => reservations(it, running)].flatMap((read) =>
    billed.flatMap((it) => read(it).map((one) => ("because" in one ? { ...one, resources: [it.resource] } : one))),
  );
  const byUse = distinct(found.flatMap((it) => ("use" in it ? [it] : [])));
  const expectations = Object.entries(expected) as [UseKey, number][];
  const used = expectations.flatMap(([use, amount]) => expectedLine(use, amount, byUse));
  const lines = [...found.flatMap((it) => ("resource" in it ? [it] : [])), ...used];
  return {
    lines,
    byUse,
    unpriced: together(found.flatMap((it) => ("resources" in it ? [it] : []))),
    unusedExpectations: expectations.map(([use]) => use).filter((use) => !byUse.some((it) => it.use === use)),
    notes: [
      ...new Set(found.flatMap((it) => ("note" in it ? [it.note] : []))),
      ...standInNotes(found),
      ...expectations.flatMap(([use]) => severalMeters(use, byUse)),
    ],
  };
}

/** A resource that bills, with its name and its place. */
interface Billed extends Pick<ArmRow, "computes" | "bills"> {
  readonly resource: string;
  readonly type: string;
  readonly region: string;
  readonly inputs: Billable["inputs"];
}

type Found = BillLine | UsePrice | Unpriced | { readonly note: string } | StandIn;

/** A price of another region, because none is recorded of the one that a resource is in. */
interface StandIn {
  readonly standsInFor: string;
  readonly other: string;
  readonly priced: string;
}

function billedOf(it: Billable, regionOf: (it: Billable) => string): Billed[] {
  const { type, inputs, name } = it;
  const row = findRow(type);
  const bills = row === undefined ? (billedElsewhere(type) ?? null) : row.bills;
  const computes = row?.computes ?? null;
  if (bills === null && computes === null) return [];
  const own = findArmType(type)?.names.at(-1) ?? "";
  return [{ resource: text(inputs, own) ?? name ?? "", type, region: regionOf(it), inputs, bills, computes }];
}

function nodesOf(it: Billed): Found[] {
  return it.computes === null ? [] : it.computes.machines(it.inputs).flatMap((machines) => nodeLine(it, machines));
}

function nodeLine(it: Billed, machines: Machines): Found[] {
  const { name, vmSize, spot, minNodes, maxNodes, onShare } = machines;
  const size = vmSize?.name ?? machines.size;
  const what = `${spot ? "spot nodes" : "nodes"} ${size}`;
  if (vmSize === null) {
    const unknown = size === "" ? "their size is not known yet" : "the catalogue has no such size";
    return [{ what: what.trim(), because: unknown }];
  }
  if (isCountUnknown(it)) return [{ what, because: countUnknown }];
  const pool = name === "" ? it.resource : name;
  if (isImpossible(minNodes, maxNodes)) return [{ what, because: impossible(pool, minNodes, maxNodes) }];
  const bought = machinePrice(machines, vmSize, it.region);
  if (bought === null) return [{ what, because: "no list price is known" }];
  const { price, note } = bought;
  const hours = onShare * hoursPerMonth;
  return [
    line(it, { ...node, what }, price, pool, minNodes * hours, maxNodes * hours),
    ...standIn(it, what, price),
    ...(onShare === 0 ? [{ note: `${pool} is off in all hours: its nodes bill nothing until it starts` }] : []),
    ...(onShare > 0 && onShare < 1
      ? [
          {
            note: `what a schedule switches off is counted for the other hours: ${Math.round(hours)} of ${hoursPerMonth} where it is off for ${Math.round((1 - onShare) * hoursPerWeek)} of the ${hoursPerWeek} of a week`,
          },
        ]
      : []),
    ...(note === null ? [] : [{ note: `${pool}: ${note}` }]),
    ...(looksLikePlaceholder(vmSize, price.usd)
      ? [{ note: `${size}: its price in ${it.region} is exactly twice the lowest one, which looks like a placeholder` }]
      : []),
  ];
}

/** Where inputs say how many machines there are. */
const countPaths = ["sku.capacity", "count", "minCount", "maxCount", "agentPoolProfiles[].count"];

const countUnknown = "how many there are is not known yet";

function isCountUnknown({ inputs }: Pick<Billed, "inputs">): boolean {
  return countPaths.some((path) => locate(inputs, path).some(({ value }) => isUnknown(value)));
}

/** Whether nothing can have so many: fewer than none, or more at least than at most. There is no bill of what Azure refuses. */
function isImpossible(idle: number, full: number): boolean {
  return !(idle >= 0 && full >= idle);
}

function impossible(of: string, idle: number, full: number): string {
  return `${of} cannot have ${idle === full ? full : `${idle} at least and ${full} at most`}`;
}

/** What nodes bill as: their prices stand by size, apart from those of meters. */
const node = { kind: "nodes", unit: "node and hour" } as const;

function chargesOf(it: Billed): Found[] {
  return (it.bills?.(it.inputs) ?? []).flatMap((charge) => foundOf(it, charge));
}

function foundOf(it: Billed, charge: Charge): Found[] {
  if ("because" in charge) return [charge];
  // Together with the nodes that run in them, below.
  if (!("meter" in charge)) return [];
  const { meter } = charge;
  const { what, unit, kind } = meter;
  if ("idle" in charge) {
    const { idle, full, pool } = charge;
    if (pool !== undefined && isCountUnknown(it)) return [{ what, because: countUnknown }];
    if (isImpossible(idle, full)) return [{ what, because: impossible(pool ?? it.resource, idle, full) }];
  }
  const price = meterPrice(meter, it.region);
  if (price === null) return [{ what, because: noSourcedPrice }];
  const found =
    "use" in charge
      ? { use: charge.use, kind, what, unit, price }
      : line(it, meter, price, charge.pool ?? null, charge.idle, charge.full);
  return [found, ...standIn(it, what, price)];
}

/** Reserved nodes that nothing runs in: what runs in them bills as itself, and instead of them. */
function reservations(it: Billed, running: readonly Machines[]): Found[] {
  return (it.bills?.(it.inputs) ?? []).flatMap((charge) => ("group" in charge ? emptyPlaces(it, charge, running) : []));
}

function emptyPlaces(it: Billed, { group, size, nodes }: ReservedNodes, running: readonly Machines[]): Found[] {
  const vmSize = findSizeInAzure(size);
  const what = `reserved nodes ${vmSize?.name ?? size} that nothing runs in`;
  if (isCountUnknown(it)) return [{ what, because: countUnknown }];
  if (isImpossible(nodes, nodes)) return [{ what, because: impossible(it.resource, nodes, nodes) }];
  const price = vmSize === undefined ? null : nodePrice(vmSize, "onDemand", it.region);
  if (price === null) return [{ what, because: "no list price is known" }];
  const within = running.filter(
    (one) =>
      one.size.toLowerCase() === size.toLowerCase() && one.reservationGroup?.toLowerCase() === group.toLowerCase(),
  );
  const empty = (taken: (of: Machines) => number): number => (nodes - held(within, nodes, taken)) * hoursPerMonth;
  const [idle, full] = [empty((one) => one.minNodes), empty((one) => one.maxNodes)];
  return [line(it, { ...node, what }, price, null, idle, full), ...standIn(it, what, price)];
}

/** Places of a reservation that are held by machines, each counted by the part of the hours in which its machine is on. */
function held(machines: readonly Machines[], places: number, taken: (of: Machines) => number): number {
  // What is on the longest has its places first, as the one that bills the most instead of them.
  const [sum] = machines
    .toSorted((a, b) => b.onShare - a.onShare)
    .reduce<readonly [held: number, left: number]>(
      ([before, left], one) => {
        const own = Math.max(0, Math.min(left, taken(one)));
        return [before + own * one.onShare, left - own];
      },
      [0, places],
    );
  return sum;
}

/** Meters that a use bills by, the dearest first: that one counts what is expected, where several resources bill by the same use. */
export function metersOfUse(use: UseKey, byUse: readonly UsePrice[]): UsePrice[] {
  return byUse.filter((it) => it.use === use).sort((a, b) => b.price.usd - a.price.usd);
}

function expectedLine(use: UseKey, amount: number, byUse: readonly UsePrice[]): BillLine[] {
  const [dearest] = metersOfUse(use, byUse);
  if (dearest === undefined) return [];
  const units = amount * uses[use].unitsOfMeter;
  const of = { resource: "expected use", type: "" };
  return [line(of, dearest, dearest.price, null, units, units)];
}

/** All of a use goes by one meter, which is said where there are others. */
function severalMeters(use: UseKey, byUse: readonly UsePrice[]): string[] {
  const [dearest, ...others] = metersOfUse(use, byUse);
  if (dearest === undefined || others.length === 0) return [];
  const priced = ({ what, unit, price }: UsePrice): string => `${what} (${price.usd} a ${unit})`;
  return [
    `expectedUse.${use}: all of it is counted as ${priced(dearest)}, the dearest beside ${others.map(priced).join(", ")}`,
  ];
}

/** Each thing once, with all resources that it is of. */
function together(all: readonly UnpricedOf[]): UnpricedOf[] {
  const things = new Map<string, UnpricedOf>();
  for (const { what, because, resources } of all) {
    const key = JSON.stringify([what, because]);
    things.set(key, { what, because, resources: [...new Set([...(things.get(key)?.resources ?? []), ...resources])] });
  }
  return [...things.values()];
}

function line(
  { resource, type }: Pick<Billed, "resource" | "type">,
  { what, unit, kind }: Pick<Meter, "what" | "unit" | "kind">,
  price: UnitPrice,
  pool: string | null,
  idleUnits: number,
  fullUnits: number,
): BillLine {
  const usd = (units: number): number => usdOf(cents(units * price.usd));
  const [idleUsdPerMonth, fullUsdPerMonth] = [usd(idleUnits), usd(fullUnits)];
  return { resource, type, kind, pool, what, unit, price, idleUnits, fullUnits, idleUsdPerMonth, fullUsdPerMonth };
}

function standIn({ region }: Pick<Billed, "region">, priced: string, price: UnitPrice): StandIn[] {
  const other = price.region;
  return other === null || other === region || other === "Global" ? [] : [{ standsInFor: region, other, priced }];
}

/** So many things that another region's price stands in for are named; more are counted, and the lines of the bill have each. */
const namedStandIns = 3;

/** What is priced as in another region, a sentence for each region that has no price. */
function standInNotes(found: readonly Found[]): string[] {
  const all = found.flatMap((it) => ("standsInFor" in it ? [it] : []));
  const sorted = (texts: readonly string[]): string[] => [...new Set(texts)].sort();
  return sorted(all.map((it) => it.standsInFor)).map((region) => {
    const own = all.filter((it) => it.standsInFor === region);
    const others = sorted(own.map((it) => it.other)).map((other) => {
      const priced = own.filter((it) => it.other === other).map((it) => it.priced);
      return { other, priced: sorted(priced) };
    });
    const count = others.reduce((sum, { priced }) => sum + priced.length, 0);
    const texts = others.map(
      ({ other, priced }) => `${other} (${count > namedStandIns ? priced.length : priced.join(", ")})`,
    );
    return count > namedStandIns
      ? `no price of ${region} is recorded for ${count} meters, which are priced as in ${texts.join(", ")}: --json has the region of each line`
      : `no price of ${region} is recorded for what is priced as in ${texts.join("; ")}`;
  });
}

function distinct<T>(all: readonly T[]): T[] {
  return [...new Map(all.map((it) => [JSON.stringify(it), it])).values()];
}

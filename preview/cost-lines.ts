import { metersOfUse, type UsePrice } from "../azure/bill";
import { type ExpectedUse, uses } from "../catalog/prices/uses";
import { keysOf } from "../core/records";
import { dollars } from "./dollars";
import { numberText } from "./number-text";
import { percentText } from "./percent-text";
import { type Cost, type MonthlyCost, type PoolCost, sumOf } from "./summary/cost";
import type { TeamCosts } from "./summary/team-costs";

/** What a person reads of the bill. Its lines are for machines. */
export function costLines(cost: Cost, expected: ExpectedUse): string[] {
  const same = cost.idleUsdPerMonth === cost.fullUsdPerMonth;
  const told = cost.byUse.filter(({ use }) => expected[use] === undefined);
  const kinds = cost.byKind.map(({ kind, ...it }) => `${kind} ${monthOf(it)}`).join(", ");
  return [
    ...(same
      ? []
      : [
          `  idle  ${dollars(cost.idleUsdPerHour)} USD an hour, ${month(cost.idleUsdPerMonth)}, ${percentText(cost.idleShare ?? 0)} of full`,
        ]),
    `  full  ${dollars(cost.fullUsdPerHour)} USD an hour, ${month(cost.fullUsdPerMonth)}${kinds === "" ? "" : `: ${kinds}`}`,
    ...poolLines(cost),
    ...expectedLines(expected, cost.byUse),
    ...cost.byPool.flatMap(alternatives),
    ...(cost.byTeam === null ? [] : teamLines(cost.byTeam)),
    ...(told.length === 0 ? [] : [`  By use, in USD: ${told.map(useText).join("; ")}`]),
    `  List prices in USD a month of 730 hours${cost.asOf === null ? "" : `, the oldest of ${cost.asOf}`}.`,
    `  Not priced: ${cost.unpriced.map(({ what, because }) => `${what} (${because})`).join("; ")}.`,
    ...cost.notes.map((it) => `  ${it}`),
  ];
}

function month(usd: number): string {
  return `${numberText(Math.round(usd))} USD a month`;
}

/** What full pools cost in a month, rounded to dollars. */
function monthOf({ fullUsdPerMonth }: MonthlyCost): string {
  return numberText(Math.round(fullUsdPerMonth));
}

/** Pools that are named, the dearest: an environment may have a hundred. */
const namedPools = 12;

/** What each pool costs in a full month, and how much of that bills while it is idle. */
function poolLines(cost: Cost): string[] {
  const pools = cost.byPool.filter((it) => it.fullUsdPerMonth > 0);
  if (pools.length === 0) return [];
  const dearest = pools.toSorted((a, b) => b.fullUsdPerMonth - a.fullUsdPerMonth);
  const text = (name: string, { idleUsdPerMonth: idle, fullUsdPerMonth: full }: MonthlyCost): string =>
    `${name} ${numberText(Math.round(full))} (${percentText(idle / full)})`;
  const more = dearest.slice(namedPools);
  const beside = sumOf(cost.lines.filter((it) => it.pool === null));
  const parts = [
    ...dearest.slice(0, namedPools).map((it) => text(it.name, it)),
    ...(more.length === 0 ? [] : [text(`${more.length} more pools`, sumOf(more))]),
    ...(beside.fullUsdPerMonth === 0 ? [] : [text("beside the pools", beside)]),
  ];
  return [`  Of the full month by pool, with the part that bills idle: ${parts.join(", ")}`];
}

function expectedLines(expected: ExpectedUse, byUse: readonly UsePrice[]): string[] {
  const said = keysOf(uses).flatMap((use) => {
    const amount = expected[use];
    const [meter] = metersOfUse(use, byUse);
    if (amount === undefined) return [];
    return [`${numberText(amount)} ${uses[use].what}${meter === undefined ? "" : ` (${meter.what})`}`];
  });
  return said.length === 0 ? [] : [`  With ${said.join(", ")}, as expected.`];
}

/** What the nodes of a pool would cost when they are bought otherwise, where somebody has recorded the price. */
function alternatives({ name, nodesBoughtAs: { spot, reserved1Year, reserved3Years } }: PoolCost): string[] {
  const ways = [
    ...(spot === null ? [] : [`${numberText(Math.round(spot))} as spot`]),
    ...(reserved1Year === null ? [] : [`${numberText(Math.round(reserved1Year))} reserved for a year`]),
    ...(reserved3Years === null ? [] : [`${numberText(Math.round(reserved3Years))} reserved for three years`]),
  ];
  return ways.length === 0 ? [] : [`  All nodes of ${name}: ${ways.join(", ")}, always on`];
}

function teamLines({ teams, unassigned, shared }: TeamCosts): string[] {
  const parts = [
    ...teams.map(
      ({ namespace, budgetUsdPerMonth, ...it }) =>
        `${namespace} ${monthOf(it)}${budgetUsdPerMonth === null ? "" : ` of a budget of ${numberText(budgetUsdPerMonth)}`}`,
    ),
    ...unassigned
      .filter((it) => it.fullUsdPerMonth > 0)
      .map(({ pool, ...it }) => `unassigned of ${pool} ${monthOf(it)}`),
    ...(shared === null ? [] : [`shared ${monthOf(shared)}`]),
  ];
  return [`  Of the full month: ${parts.join(", ")}`];
}

function useText({ what, unit, price }: UsePrice): string {
  return `${what} ${price.usd} a ${unit}`;
}

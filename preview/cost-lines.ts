import type { UsePrice } from "../azure/bill";
import { type ExpectedUse, uses } from "../catalog/prices/uses";
import { dollars } from "./dollars";
import { numberText } from "./number-text";
import type { Cost, MonthlyCost, PoolCost } from "./summary/cost";
import type { TeamCosts } from "./summary/team-costs";

/** What a person reads of the bill. Its lines are for machines. */
export function costLines(cost: Cost, expected: ExpectedUse): string[] {
  const same = cost.idleUsdPerMonth === cost.fullUsdPerMonth;
  const told = cost.byUse.filter(({ use }) => expected[use] === undefined);
  const kinds = cost.byKind.map(({ kind, ...it }) => `${kind} ${monthOf(it)}`).join(", ");
  return [
    ...(same ? [] : [`  idle  ${dollars(cost.idleUsdPerHour)} USD an hour, ${month(cost.idleUsdPerMonth)}`]),
    `  full  ${dollars(cost.fullUsdPerHour)} USD an hour, ${month(cost.fullUsdPerMonth)}${kinds === "" ? "" : `: ${kinds}`}`,
    ...expectedLines(expected),
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

function expectedLines(expected: ExpectedUse): string[] {
  const said = Object.entries(uses).flatMap(([use, { what }]) => {
    const amount = Object.entries(expected).find(([key]) => key === use)?.[1];
    return amount === undefined ? [] : [`${numberText(amount)} ${what}`];
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

import { isOld } from "../catalog/prices/price-list";
import type { Environment } from "../stacks/environment";
import { teamSectionName } from "../stacks/config/teams";
import { dollars } from "./dollars";
import type { Cost } from "./summary/cost";

/** What to know of the bill before `up`: bounds that contradict each other or leave something out, and prices that are old. */
export function costNotes(
  { budget, ceilingUsdPerMonth: ceiling, teams }: Pick<Environment, "budget" | "ceilingUsdPerMonth" | "teams">,
  cost: Cost,
  today: string,
): string[] {
  const amount = budget?.budget.amount;
  const old = [...cost.lines, ...cost.byUse].filter(({ price }) => isOld(price.asOf, today));
  return [
    ...(amount !== undefined && amount < cost.fullUsdPerMonth
      ? [
          `environment.budget: USD ${dollars(amount)} a month is less than the ${dollars(cost.fullUsdPerMonth)} of full pools: Azure tells its contacts, and stops nothing`,
        ]
      : []),
    ...contradictions(amount, ceiling, teams),
    ...uncounted(ceiling, cost),
    ...(old.length === 0
      ? []
      : [
          `prices: ${[...new Set(old.map(({ what, price }) => `${what} (${price.asOf})`))].join(", ")} are older than a year; npm run prices reads them again`,
        ]),
  ];
}

/** Bounds of which one can never be reached, because another comes before it. */
function contradictions(budget: number | undefined, ceiling: number | null, teams: Environment["teams"]): string[] {
  const [ofBudget, ofCeiling] = ["environment.budget.usdPerMonth", "environment.ceilingUsdPerMonth"];
  const above = (path: string, given: number, bounds: readonly (readonly [path: string, most: number | null])[]) =>
    bounds.flatMap(([bound, most]) =>
      most !== null && given > most
        ? [`${path}: USD ${dollars(given)} is more than ${bound}, ${dollars(most)}, so it is never reached`]
        : [],
    );
  return [
    ...(budget === undefined ? [] : above(ofBudget, budget, [[ofCeiling, ceiling]])),
    ...teams.flatMap(({ kind, team, budgetUsdPerMonth: own }) =>
      own === undefined
        ? []
        : above(`${teamSectionName(kind)}.${team}.budgetUsdPerMonth`, own, [
            [ofBudget, budget ?? null],
            [ofCeiling, ceiling],
          ]),
    ),
  ];
}

/** What a ceiling does not bound. */
function uncounted(ceiling: number | null, { unpriced }: Cost): string[] {
  const things = unpriced.filter(({ resources }) => resources.length > 0).map(({ what }) => what);
  if (ceiling === null || things.length === 0) return [];
  return [`environment.ceilingUsdPerMonth: what has no price here is not counted: ${[...new Set(things)].join(", ")}`];
}

import { isOld } from "../catalog/prices/price-list";
import type { Environment } from "../stacks/environment";
import { dollars } from "./dollars";
import type { Cost } from "./summary/cost";

/** What to know of the bill before `up`: a budget that full pools break, and prices that are old. */
export function costNotes({ budget }: Pick<Environment, "budget">, cost: Cost, today: string): string[] {
  const amount = budget?.budget.amount;
  const old = [...cost.lines, ...cost.byUse].filter(({ price }) => isOld(price.asOf, today));
  return [
    ...(amount !== undefined && amount < cost.fullUsdPerMonth
      ? [
          `environment.budget: USD ${dollars(amount)} a month is less than the ${dollars(cost.fullUsdPerMonth)} of full pools: Azure tells its contacts, and stops nothing`,
        ]
      : []),
    ...(old.length === 0
      ? []
      : [
          `prices: ${[...new Set(old.map(({ what, price }) => `${what} (${price.asOf})`))].join(", ")} are older than a year; npm run prices reads them again`,
        ]),
  ];
}

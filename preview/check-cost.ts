import { MisconfiguredError, Problems } from "../core/problems";
import type { Environment } from "../stacks/environment";
import { dollars } from "./dollars";
import type { Cost } from "./summary/cost";

/**
 * Refuses what contradicts the bill: a budget that is spent while nothing runs, and use that nothing bills by.
 * @throws MisconfiguredError
 */
export function checkCost(
  { stack, budget, expectedUse }: Pick<Environment, "stack" | "budget" | "expectedUse">,
  { idleUsdPerMonth, byUse }: Pick<Cost, "idleUsdPerMonth" | "byUse">,
): void {
  const problems = new Problems();
  const amount = budget?.budget.amount;
  problems.require(
    amount === undefined || amount >= idleUsdPerMonth,
    "environment.budget.usdPerMonth",
    `must be at least the ${dollars(idleUsdPerMonth)} USD that a month costs with the fewest nodes`,
    { got: amount, remedy: `Use ${Math.ceil(idleUsdPerMonth)} or more, or declare fewer nodes that always run` },
  );
  for (const use of Object.keys(expectedUse)) {
    const used = byUse.map((it) => it.use).sort();
    problems.require(
      used.some((it) => it === use),
      `environment.expectedUse.${use}`,
      "must be of something that bills by it: nothing here does",
      { remedy: used.length === 0 ? "Leave it out" : `What bills by its use here: ${[...new Set(used)].join(", ")}` },
    );
  }
  if (problems.list.length > 0) throw new MisconfiguredError(`Stack '${stack}'`, problems.list);
}

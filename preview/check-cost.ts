import { teamSectionName } from "../stacks/config/teams";
import { MisconfiguredError, Problems } from "../core/problems";
import type { Environment } from "../stacks/environment";
import { teamNamespaces } from "../stacks/team-namespaces";
import { dollars } from "./dollars";
import { numberText } from "./number-text";
import type { Cost } from "./summary/cost";

/**
 * Refuses what contradicts the bill: a budget, of all or of a team, that is spent while nothing runs, and use that nothing bills by.
 * @throws MisconfiguredError
 */
export function checkCost(
  environment: Pick<Environment, "stack" | "budget" | "expectedUse" | "teams">,
  { idleUsdPerMonth, byUse, byTeam }: Pick<Cost, "idleUsdPerMonth" | "byUse" | "byTeam">,
): void {
  const { stack, budget, expectedUse } = environment;
  const problems = new Problems();
  const requireIdle = (path: string, amount: number | undefined, idle: number, whose: string): void => {
    problems.require(
      amount === undefined || amount >= idle,
      path,
      `must be at least the ${dollars(idle)} USD that ${whose} costs with the fewest nodes`,
      { got: amount, remedy: `Use ${Math.ceil(idle)} or more, or declare fewer nodes that always run` },
    );
  };
  requireIdle("environment.budget.usdPerMonth", budget?.budget.amount, idleUsdPerMonth, "a month");
  const costs = new Map(byTeam?.teams.map((it) => [it.namespace, it]));
  for (const { kind, team, namespace, budgetUsdPerMonth } of teamNamespaces(environment)) {
    const own = costs.get(namespace);
    if (own === undefined) continue;
    const path = `${teamSectionName(kind)}.${team}.budgetUsdPerMonth`;
    requireIdle(path, budgetUsdPerMonth, own.idleUsdPerMonth, `a month of its ${numberText(own.gpus)} GPUs`);
  }
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

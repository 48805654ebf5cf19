import type { BudgetArgs } from "@pulumi/azure-native/consumption/budget";
import { checkName } from "../../../azure/check-name";
import type { Place } from "../../../catalog/place";
import { physicalName, roleOf } from "../../../core/names";
import { Problems } from "../../../core/problems";
import { readShape } from "../../../core/shape";
import { environmentBudgetShape, type EnvironmentBudgetShape } from "./shape";

/** A checked budget: what to ask of Azure. */
export interface EnvironmentBudgetPlan {
  /** The whole body but for the scope and the groups that it counts. */
  readonly budget: Omit<BudgetArgs, "scope" | "filter"> & { readonly budgetName: string; readonly amount: number };
}

/**
 * All decisions of one budget.
 * @param place Its day is that of the first month that counts.
 * @throws MisconfiguredError with every problem of the shape
 */
export function planEnvironmentBudget(
  name: string,
  given: EnvironmentBudgetShape,
  { names, today }: Pick<Place, "names" | "today">,
): EnvironmentBudgetPlan {
  const subject = `Budget '${name}'`;
  const { usdPerMonth, contacts, tellAtPercent } = readShape(environmentBudgetShape, given, subject);
  const problems = new Problems();
  const budgetName = physicalName("budget", names, roleOf(name, "env"));
  checkName("consumption:Budget", budgetName, problems);
  problems.throwIfAny(subject);
  const tell = (threshold: number, thresholdType: "Actual" | "Forecasted"): object => ({
    enabled: true,
    operator: "GreaterThanOrEqualTo",
    threshold,
    thresholdType,
    contactEmails: contacts,
  });
  return {
    budget: {
      budgetName,
      amount: usdPerMonth,
      category: "Cost",
      timeGrain: "Monthly",
      // The month of the first `up`: Azure takes no start in a month that is over, and the class leaves it alone from then on.
      timePeriod: { startDate: `${(today ?? new Date().toISOString()).slice(0, 7)}-01T00:00:00Z` },
      notifications: Object.fromEntries([
        ...tellAtPercent.map((percent) => [`actual${percent}`, tell(percent, "Actual")]),
        ["forecast100", tell(100, "Forecasted")],
      ]) as BudgetArgs["notifications"] & object,
    },
  };
}

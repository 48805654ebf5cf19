import { number, read } from "../../../core/property-tree";
import { isUnknown } from "../../../core/property-marks";
import { show } from "../../../core/problems";
import { levels, sameType, type StackOutcome, type StackRule } from "../../engine/rule";
import { types } from "../../engine/types";
import { unjudged } from "../../engine/expect";
import { billedTypes, monthOf } from "./monthly-ceiling";

export const finBudgetCoversIdle: StackRule = {
  id: 246,
  name: "fin-budget-covers-idle",
  area: "cost",
  kind: "stack",
  types: [...billedTypes, types.budget],
  title: "A monthly budget is at least what the stack costs with the fewest nodes, by list prices.",
  why: "A budget that is spent while nothing runs tells the same every month, and nobody reads it.",
  remedy: "Raise the amount, or declare fewer nodes that always run.",
  severity: "medium",
  levels: levels.always,
  source: "ours",
  check: (resources, { settings }) => {
    const budgets = resources.filter(
      ({ type, inputs }) => sameType(type, types.budget) && read(inputs, "timeGrain") === "Monthly",
    );
    if (budgets.length === 0) return [];
    const { idle } = monthOf(resources, settings);
    return budgets.flatMap(({ urn, inputs }): StackOutcome[] => {
      if (isUnknown(read(inputs, "amount"))) return [{ urn, ...unjudged("amount") }];
      const amount = number(inputs, "amount");
      return amount >= idle
        ? []
        : [{ urn, path: "amount", is: show(amount), must: `be at least ${show(idle)}, what an idle month costs` }];
    });
  },
};

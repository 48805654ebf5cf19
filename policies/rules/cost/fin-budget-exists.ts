import { isUnknown } from "../../../core/property-marks";
import { keys, number, read } from "../../../core/property-tree";
import { stackUrnOf } from "../../../core/urn";
import { about, unjudged } from "../../engine/expect";
import { levels, sameType, type Outcome, type StackRule, type Subject } from "../../engine/rule";
import { settingOf, type Setting } from "../../engine/setting";
import { types } from "../../engine/types";
import { billedTypes } from "./monthly-ceiling";

/** Budgets of either service: one thing under two names. */
const budgets = [types.budget, "azure-native:costmanagement:Budget"];

/** Whether a stack must bring a budget. Many have one for the whole subscription, which no stack shows. @default false */
const requireBudget: Setting<boolean> = {
  name: "requireBudget",
  schema: { type: "boolean", description: "Whether a stack that bills something must bring a budget of its own." },
  default: false,
  accepts: (given) => typeof given === "boolean",
};

export const finBudgetExists: StackRule = {
  id: 171,
  name: "fin-budget-exists",
  area: "cost",
  kind: "stack",
  types: [...new Set([...billedTypes, ...budgets])],
  title: "A budget tells somebody at 80 % or before, and when a forecast says that it will not last.",
  why: "A budget stops nothing: all it does is tell, and at 100 % there is nothing left to decide.",
  remedy:
    "Give it an enabled notification with a threshold of at most 80, and one with thresholdType Forecasted. Where requireBudget is set, register a budget.",
  severity: "medium",
  levels: levels.mandatoryInProd,
  source: "ours",
  settings: [requireBudget],
  check: (resources, { settings }) => {
    const own = resources.filter(({ type }) => budgets.some((it) => sameType(it, type)));
    const [first] = resources;
    if (own.length === 0 && first !== undefined && settingOf(requireBudget, settings)) {
      return [{ urn: stackUrnOf(first.urn), path: "the budget of the stack", is: "absent", must: "be there" }];
    }
    return own.flatMap((it) => about(it, expectNotices(it)));
  },
};

function expectNotices({ inputs }: Subject): readonly Outcome[] {
  const path = "notifications";
  const notices = keys(inputs, path).map((key) => read(inputs, `${path}["${key}"]`));
  if (isUnknown(read(inputs, path)) || notices.some((it) => isUnknown(it))) return [unjudged(path)];
  const on = notices.filter((it) => read(it, "enabled") === true);
  const forecast = (it: unknown): boolean => read(it, "thresholdType") === "Forecasted";
  const early = on.some((it) => !forecast(it) && number(it, "threshold") > 0 && number(it, "threshold") <= 80);
  const missing = [
    ...(early ? [] : ["hold one for 80 % or less of what was spent"]),
    ...(on.some(forecast) ? [] : ["hold one with thresholdType Forecasted"]),
  ];
  return missing.map((must) => ({ path, is: `${on.length} enabled`, must }));
}

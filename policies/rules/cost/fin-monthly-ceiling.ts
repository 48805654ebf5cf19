import { show } from "../../../core/problems";
import { stackUrnOf } from "../../../core/urn";
import { levels, type StackRule } from "../../engine/rule";
import { settingOf } from "../../engine/setting";
import { billedTypes, monthlyCeiling, monthlyUse, monthOf } from "./monthly-ceiling";

export const finMonthlyCeiling: StackRule = {
  id: 245,
  name: "fin-monthly-ceiling",
  area: "cost",
  kind: "stack",
  types: billedTypes,
  title: "A month of full pools costs no more than the ceiling that somebody set, by list prices.",
  why: "A budget in Azure tells people when the money is spent, and stops nothing.",
  remedy:
    "Declare fewer nodes or smaller stores, or raise the ceiling with whoever pays (monthlyCeilingUsd, environment.ceilingUsdPerMonth).",
  severity: "high",
  levels: levels.always,
  source: "ours",
  settings: [monthlyCeiling, monthlyUse],
  check: (resources, { settings }) => {
    const ceiling = settingOf(monthlyCeiling, settings);
    const [first] = resources;
    if (ceiling === null || first === undefined) return [];
    const { full, without } = monthOf(resources, settings);
    if (full <= ceiling) return [];
    return [
      {
        urn: stackUrnOf(first.urn),
        path: "the full month of the stack",
        is: `${show(full)} USD${without.length === 0 ? "" : ` without what has no price here (${without.join(", ")})`}`,
        must: `be at most ${show(ceiling)} USD`,
      },
    ];
  },
};

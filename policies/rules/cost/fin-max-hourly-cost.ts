import { levels, type StackRule } from "../../engine/rule";
import { settingOf, type Setting } from "../../engine/setting";
import { stackUrnOf } from "../../../core/urn";
import { show } from "../../../core/problems";
import { hoursPerMonth } from "../../../catalog/hours-per-month";
import { billedTypes, monthOf } from "./monthly-ceiling";

/** USD that an hour may cost when every pool is full. @default `null`, no bound */
const maxHourlyUsd: Setting<number | null> = {
  name: "maxHourlyUsd",
  schema: {
    type: "number",
    minimum: 0,
    description: "USD that an hour may cost by list prices when every pool is full.",
  },
  default: null,
  accepts: (given): given is number => typeof given === "number" && given >= 0 && Number.isFinite(given),
};

export const finMaxHourlyCost: StackRule = {
  id: 165,
  name: "fin-max-hourly-cost",
  area: "cost",
  kind: "stack",
  types: billedTypes,
  title: "An hour of full pools costs no more than somebody allowed, by list prices.",
  why: "The bill of a day comes the day after, when the money is spent.",
  remedy: "Declare fewer nodes or smaller stores, or raise the bound with whoever pays (maxHourlyUsd).",
  severity: "critical",
  levels: levels.always,
  source: "ours",
  settings: [maxHourlyUsd],
  check: (resources, { settings }) => {
    const most = settingOf(maxHourlyUsd, settings);
    const [first] = resources;
    if (most === null || first === undefined) return [];
    const { full, without } = monthOf(resources, settings);
    const hour = Math.round((full / hoursPerMonth) * 100) / 100;
    if (hour <= most) return [];
    return [
      {
        urn: stackUrnOf(first.urn),
        path: "the full hour of the stack",
        is: `${show(hour)} USD${without.length === 0 ? "" : ` without what has no price here (${without.join(", ")})`}`,
        must: `be at most ${show(most)} USD`,
      },
    ];
  },
};

import { billOf } from "../../../azure/bill";
import { typesBilledElsewhere } from "../../../azure/billed-elsewhere";
import { sumUsd } from "../../../azure/money";
import { rows } from "../../../azure/rows";
import { type ExpectedUse, mostUse, uses } from "../../../catalog/prices/uses";
import { text } from "../../../core/property-tree";
import { isRecord } from "../../../core/property-value";
import { isCount } from "../../engine/expect";
import type { Subject } from "../../engine/rule";
import { type GivenSettings, type Setting, settingOf } from "../../engine/setting";

/** USD that a month may cost when every pool is full. @default `null`, no bound */
export const monthlyCeiling: Setting<number | null> = {
  name: "monthlyCeilingUsd",
  schema: {
    type: "integer",
    minimum: 1,
    description: "USD that a month may cost by list prices when every pool is full.",
  },
  default: null,
  accepts: (given) => isCount(given, 1, Number.MAX_SAFE_INTEGER),
};

/** Use in a month that is counted besides. @default none */
export const monthlyUse: Setting<ExpectedUse> = {
  name: "expectedUse",
  schema: {
    type: "object",
    additionalProperties: { type: "number", minimum: 0, maximum: mostUse },
    description: `Use in a month that is counted besides, by key: ${Object.keys(uses).join(", ")}.`,
  },
  default: {},
  accepts: (given): given is ExpectedUse =>
    isRecord(given) &&
    Object.entries(given).every(
      ([use, amount]) => use in uses && typeof amount === "number" && amount >= 0 && amount <= mostUse,
    ),
};

/** Types that a bill reads. */
export const billedTypes: readonly string[] = [
  ...[...rows].flatMap(([token, { bills, computes }]) => (bills === null && computes === null ? [] : [token])),
  ...typesBilledElsewhere,
];

/** What a month costs by list prices: with the fewest nodes, and with the most, and what is in neither because it has no price. */
export function monthOf(
  resources: readonly Subject[],
  settings: GivenSettings,
): { readonly idle: number; readonly full: number; readonly without: readonly string[] } {
  const region = resources.map(({ inputs }) => text(inputs, "location")).find((it) => it !== undefined) ?? "";
  const { lines, unpriced } = billOf(resources, region, settingOf(monthlyUse, settings));
  return {
    idle: sumUsd(lines.map((it) => it.idleUsdPerMonth)),
    full: sumUsd(lines.map((it) => it.fullUsdPerMonth)),
    without: [...new Set(unpriced.map(({ what }) => what))],
  };
}

import { absent, absentOr, expectAt, isCount, isText } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { settingOf, type Setting } from "../../engine/setting";
import { types } from "../../engine/types";

/** Days that an environment of kind dev may live from today. @default `null`, as long as it likes */
const maxTtlDays: Setting<number | null> = {
  name: "maxTtlDays",
  schema: {
    type: "integer",
    minimum: 1,
    maximum: 3650,
    description: "Days that an environment of kind dev may live from today.",
  },
  default: null,
  accepts: (given) => isCount(given, 1, 3650),
};

export const finTtlDev: ResourceRule = {
  id: 168,
  name: "fin-ttl-dev",
  area: "cost",
  kind: "resource",
  types: ["azure-native:resources:ResourceGroup", types.scaleSet, types.virtualMachine, types.nodePool, types.cluster],
  title:
    "Where maxTtlDays is set, an environment of kind dev and each of its machines say when they end; staging and production never do.",
  why: "Clusters that everybody forgot bill until somebody reads the invoice.",
  remedy:
    "Set the tag expiresOn of the resource group and of machines to a day (YYYY-MM-DD) that is near enough (maxTtlDays), and in staging and production to none.",
  severity: "high",
  levels: levels.always,
  source: "ours",
  settings: [maxTtlDays],
  check: ({ inputs }, { environment, today, settings }) => {
    const path = "tags.expiresOn";
    if (environment !== "dev") return expectAt(inputs, path, absent, `be absent in ${environment}`);
    const days = settingOf(maxTtlDays, settings);
    if (days === null)
      return expectAt(
        inputs,
        path,
        absentOr((it) => isDay(it) && it >= today),
        `be a day from ${today}`,
      );
    const last = new Date(Date.parse(today) + days * 24 * 3600 * 1000).toISOString().slice(0, 10);
    return expectAt(inputs, path, (it) => isDay(it) && it >= today && it <= last, `be a day from ${today} to ${last}`);
  },
};

function isDay(value: unknown): value is string {
  return isText(value) && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value));
}

import { isList } from "../../../core/property-value";
import { isUnknown } from "../../../core/property-marks";
import { read } from "../../../core/property-tree";
import { isText, unjudged, violation } from "../../engine/expect";
import { levels, sameType, type ResourceRule } from "../../engine/rule";
import { settingOf, type Setting } from "../../engine/setting";
import { types } from "../../engine/types";

/** Types that bill by the hour whether anybody uses them or not. */
const expensive = [
  types.firewall,
  "azure-native:network:DdosProtectionPlan",
  "azure-native:network:BastionHost",
  types.capacityReservation,
  types.registry,
];

/** Which of them somebody decided on, by type. @default `null`, all of them */
const allowedExpensive: Setting<readonly string[] | null> = {
  name: "allowedExpensive",
  schema: {
    type: "array",
    items: { type: "string", enum: expensive },
    description: "Types with a fixed price that somebody decided on. A registry counts where it is Premium.",
  },
  default: null,
  accepts: (given): given is readonly string[] =>
    isList(given) && given.every((it) => isText(it) && expensive.includes(it)),
};

export const finExpensiveTypes: ResourceRule = {
  id: 172,
  name: "fin-expensive-types",
  area: "cost",
  kind: "resource",
  types: expensive,
  title: "What bills by the hour whether anybody uses it or not is what somebody decided on.",
  why: "A firewall or a reservation that was copied from production bills on when the experiment is over.",
  remedy: "Leave it out, or name its type in allowedExpensive with whoever pays.",
  severity: "medium",
  levels: levels.mandatoryInDev,
  source: "ours",
  settings: [allowedExpensive],
  check: ({ type, inputs }, { settings }) => {
    const allowed = settingOf(allowedExpensive, settings);
    if (allowed === null || allowed.some((it) => sameType(it, type))) return [];
    if (sameType(type, types.registry)) {
      const tier = read(inputs, "sku.name");
      if (isUnknown(tier)) return [unjudged("sku.name")];
      if (tier !== "Premium") return [];
    }
    return [violation("type", type, `be one of allowedExpensive: ${allowed.join(", ") || "none"}`)];
  },
};

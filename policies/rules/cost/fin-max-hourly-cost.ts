import { findRow } from "../../../azure/rows";
import { locate } from "../../../core/property-tree";
import { isRecord } from "../../../core/property-value";
import { violation } from "../../engine/expect";
import { sizePath } from "../../engine/sizes";
import { levels, type StackRule, type Subject } from "../../engine/rule";
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

/** USD for a node and hour, by VM size, where the catalogue has no price. @default none */
const priceOverrides: Setting<Readonly<Record<string, number>>> = {
  name: "priceOverrides",
  schema: {
    type: "object",
    additionalProperties: { type: "number", minimum: 0 },
    description: "USD for a node and hour, by the exact name of a VM size of which the catalogue has no price.",
  },
  default: {},
  accepts: (given): given is Readonly<Record<string, number>> =>
    isRecord(given) && Object.values(given).every((it) => typeof it === "number" && it >= 0 && Number.isFinite(it)),
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
  settings: [maxHourlyUsd, priceOverrides],
  check: (resources, { settings }) => {
    const most = settingOf(maxHourlyUsd, settings);
    const [first] = resources;
    if (most === null || first === undefined) return [];
    const { full, without } = monthOf(resources, settings);
    const prices = settingOf(priceOverrides, settings);
    const unpriced = resources.flatMap((it) => unpricedIn(it));
    const more = unpriced.reduce((all, { size, nodes }) => all + nodes * (prices[size] ?? 0), 0);
    const hour = Math.round((full / hoursPerMonth + more) * 100) / 100;
    const missing = without.filter((it) => !Object.keys(prices).some((size) => it.endsWith(` ${size}`)));
    return [
      ...unpriced
        .filter(({ size }) => prices[size] === undefined)
        .map(({ resource, path, size }) => ({
          urn: resource.urn,
          ...violation(path, size, "be a size with a price: of the catalogue, of its tags or of priceOverrides"),
        })),
      ...(hour <= most
        ? []
        : [
            {
              urn: stackUrnOf(first.urn),
              path: "the full hour of the stack",
              is: `${show(hour)} USD${missing.length === 0 ? "" : ` without what has no price here (${missing.join(", ")})`}`,
              must: `be at most ${show(most)} USD`,
            },
          ]),
    ];
  },
};

interface UnpricedMachines {
  readonly resource: Subject;
  readonly path: string;
  readonly size: string;
  readonly nodes: number;
}

/** Machines of a size of which nobody has told what it costs. */
function unpricedIn(resource: Subject): readonly UnpricedMachines[] {
  const { type, inputs } = resource;
  return (findRow(type)?.computes?.machines(inputs) ?? []).flatMap(({ size, vmSize, maxNodes }) => {
    const spot = locate(inputs, sizePath(type)).find(({ value }) => value === size);
    return spot === undefined || vmSize?.price != null ? [] : [{ resource, path: spot.path, size, nodes: maxNodes }];
  });
}

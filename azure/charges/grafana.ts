import { serviceMeters } from "../../catalog/prices/service-meters";
import { text } from "../../core/property-tree";
import type { Props } from "../arm-row";
import { type Charge, hourly } from "../charge";

/**
 * Units that an instance counts as, by its size; one without a size is an X1. Half as many count for its zones.
 * Source: https://github.com/ahmadabdalla/azure-cost-calculator/blob/main/skills/azure-cost-calculator/references/services/developer-tools/managed-grafana.md (2026-02-27)
 */
const unitsOf: Readonly<Record<string, number>> = { X1: 2, X2: 4 };

/** Each hour of an instance, and each of its zones. */
export function grafanaCharges(inputs: Props): readonly Charge[] {
  const tier = text(inputs, "sku.name") ?? "";
  const units = unitsOf[text(inputs, "sku.size") ?? "X1"];
  const users = { what: "users of Managed Grafana, each month", because: "nothing declares how many there are" };
  if (tier !== "Standard" || units === undefined) {
    return [{ what: `Managed Grafana ${tier}`.trim(), because: "only Standard in X1 and X2 has meters here" }, users];
  }
  return [
    hourly(serviceMeters.grafanaNode, units),
    ...(text(inputs, "properties.zoneRedundancy") === "Enabled" ? [hourly(serviceMeters.grafanaZones, units / 2)] : []),
    users,
  ];
}

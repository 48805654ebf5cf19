import { serviceMeters } from "../../catalog/prices/service-meters";
import { hoursPerMonth } from "../../catalog/hours-per-month";
import { text } from "../../core/property-tree";
import type { Props } from "../arm-row";
import { type Charge, monthly } from "../charge";

const daysPerMonth = hoursPerMonth / 24;
const bySku = {
  Basic: serviceMeters.registryBasic,
  Standard: serviceMeters.registryStandard,
  Premium: serviceMeters.registryPremium,
} as const;

/** A registry for a month, without what it keeps beyond what its SKU includes. */
export function registryCharges(inputs: Props): readonly Charge[] {
  const sku = text(inputs, "sku.name") ?? "";
  const meter = Object.entries(bySku).find(([name]) => name === sku)?.[1];
  return [
    meter === undefined
      ? { what: `container registry ${sku}`.trim(), because: "there is no such SKU" }
      : monthly(meter, daysPerMonth),
    { what: "images beyond what the registry includes", because: "their size is not declared" },
  ];
}

import { gibPerTib, lustreMeters } from "../../catalog/prices/lustre-meters";
import { isUnknown } from "../../core/property-marks";
import { number, read, text } from "../../core/property-tree";
import type { Props } from "../arm-row";
import { type Charge, hourly } from "../charge";

/** All capacity of a file system bills, written or not. */
export function lustreCharges(inputs: Props): readonly Charge[] {
  const sku = text(inputs, "sku.name") ?? "";
  const meter = lustreMeters.get(sku);
  if (meter === undefined) return [{ what: `Managed Lustre ${sku}`.trim(), because: "the catalogue has no such tier" }];
  if (isUnknown(read(inputs, "storageCapacityTiB"))) {
    return [{ what: meter.what, because: "its capacity is not known yet" }];
  }
  return [hourly(meter, number(inputs, "storageCapacityTiB") * gibPerTib)];
}

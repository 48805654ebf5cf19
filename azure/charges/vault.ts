import { serviceMeters } from "../../catalog/prices/service-meters";
import { text } from "../../core/property-tree";
import type { Props } from "../arm-row";
import { type Charge, noSourcedPrice } from "../charge";

/** A key: its operations are those of its vault, and one in hardware bills by the month besides. */
export function keyCharges(inputs: Props): readonly Charge[] {
  const inHardware = text(inputs, "properties.kty")?.endsWith("-HSM") === true;
  return inHardware ? [{ what: "a key in hardware, each month and each version", because: noSourcedPrice }] : [];
}

/** Each operation on a secret. Keys in hardware bill by the month, which a vault does not say of itself. */
export function vaultCharges(): readonly Charge[] {
  return [
    { meter: serviceMeters.vaultOperations, use: "thousandVaultOperations" },
    { what: "keys in hardware and certificates", because: "a vault does not say which it holds" },
  ];
}

import { serviceMeters } from "../../catalog/prices/service-meters";
import type { Charge } from "../charge";

/** Each operation on a secret. Keys in hardware bill by the month, which a vault does not say of itself. */
export function vaultCharges(): readonly Charge[] {
  return [
    { meter: serviceMeters.vaultOperations, use: "thousandVaultOperations" },
    { what: "keys in hardware and certificates", because: "a vault does not say which it holds" },
  ];
}

import type { Store } from "../../azure/arm-row";
import { findRow } from "../../azure/rows";
import type { PlannedResource } from "../../core/planned-resource";

/** Reads every store out of a plan. */
export function stores(resources: readonly Pick<PlannedResource, "type" | "inputs">[]): Store[] {
  return resources.flatMap(({ type, inputs }) => findRow(type)?.stores?.(inputs) ?? []);
}

import { armTypes, parseArmId } from "../../azure/arm-id";
import type { Props } from "../../core/property-value";
import { leaves } from "./secrets";

/** An ARM ID that a resource's inputs name. */
export interface Reference {
  readonly id: string;
  readonly path: string;
  readonly hidden: boolean;
}

const armNames = new Set([...armTypes.values()].map((it) => it.arm.toLowerCase()));

/** ARM IDs of known types in the inputs. IDs of other types, and of Azure's own things, say nothing about this estate. */
export function referencesIn(inputs: Props): Reference[] {
  return [...leaves(inputs)].flatMap(({ path, value, hidden }) => {
    if (typeof value !== "string" || !value.startsWith("/")) return [];
    const parts = parseArmId(value);
    return parts !== undefined && armNames.has(parts.arm.toLowerCase()) ? [{ id: value, path, hidden }] : [];
  });
}

/** ID of what a resource hangs under, `undefined` when it hangs on the subscription. Implied levels are skipped. */
export function parentOf(id: string): string | undefined {
  const parts = parseArmId(id);
  if (parts === undefined || parts.arm === "Microsoft.Resources/resourceGroups") return undefined;
  if (parts.names.length === 1) return parseArmId(parts.scope) === undefined ? undefined : parts.scope;
  const above = id.split("/").slice(0, -2).join("/");
  // `blobServices/default` is part of every account, whether somebody configures it or not.
  return /\/blobServices\/default$/i.test(above) ? parentOf(above) : above;
}

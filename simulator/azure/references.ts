import { parseArmId } from "../../azure/arm-id";
import { findRegistered } from "../../azure/rows";
import { roles } from "../../catalog/roles";
import { leaves } from "./secrets";
import { type Props } from "../../core/property-value";

/** An ARM ID that a resource's inputs name. */
export interface Reference {
  readonly id: string;
  readonly path: string;
  readonly hidden: boolean;
}

const builtInRoles: ReadonlySet<string> = new Set(Object.values(roles).map(({ id }) => id));

/** ARM IDs of known types in the inputs. IDs of other types, and of Azure's own things, say nothing about this estate. */
export function referencesIn(inputs: Props): Reference[] {
  return [...leaves(inputs)].flatMap(({ path, value, hidden }) => {
    if (typeof value !== "string" || !value.startsWith("/")) return [];
    const parts = parseArmId(value);
    // Azure's own roles are everywhere; only those of somebody's own may be missing.
    if (builtInRoles.has(parts?.names.at(-1) ?? "")) return [];
    return parts !== undefined && findRegistered(parts.arm) !== undefined ? [{ id: value, path, hidden }] : [];
  });
}

/** ID of what a resource hangs under, `undefined` when it hangs on the subscription. Implied levels are skipped. */
export function parentOf(id: string): string | undefined {
  const parts = parseArmId(id);
  if (parts === undefined || parts.scope === `/subscriptions/${parts.subscriptionId ?? ""}`) return undefined;
  if (parts.names.length === 1) return parseArmId(parts.scope) === undefined ? undefined : parts.scope;
  const above = id.split("/").slice(0, -2);
  // `blobServices/default` is part of every account, whether somebody configures it or not.
  const implied = findRegistered(parts.arm)?.fixedNames[above.at(-2) ?? ""] !== undefined;
  return (implied ? above.slice(0, -2) : above).join("/");
}

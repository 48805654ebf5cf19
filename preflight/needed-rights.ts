import { parseArmId } from "../azure/arm-id";
import { linkedAction } from "../azure/linked-actions";
import { isList, isRecord } from "../core/property-value";
import type { PlannedAzureResource } from "./preflight-facts";

/** Actions that `up` takes, by the scope where the right must be: a resource group, the subscription, or a thing of somebody else. */
export type NeededRights = ReadonlyMap<string, readonly string[]>;

/** The action that gives roles. */
export const assignRoles = "Microsoft.Authorization/roleAssignments/write";

const groupType = "Microsoft.Resources/resourceGroups";

/** What must be allowed to make the resources of a plan. Scopes are in the case of the IDs that they were found in. */
export function neededRights(resources: readonly PlannedAzureResource[]): NeededRights {
  const made = resources.filter(({ id }) => !/\/providers\//i.test(parseArmId(id)?.scope ?? ""));
  const groups = new Set(made.map((it) => groupOf(it.id).toLowerCase()));
  const rights = new Map<string, { readonly scope: string; readonly actions: Set<string> }>();
  const need = (scope: string, action: string): void => {
    const key = scope.toLowerCase();
    const entry = rights.get(key) ?? { scope, actions: new Set() };
    rights.set(key, { scope: entry.scope, actions: entry.actions.add(action) });
  };
  /** What is in a group of the plan has the rights of the group; what lies elsewhere is a scope of its own. */
  const scopeOf = (id: string): string => (groups.has(groupOf(id).toLowerCase()) ? groupOf(id) : id);
  for (const { arm, id, inputs } of resources) {
    if (arm === groupType) {
      need(
        `/subscriptions/${parseArmId(id)?.subscriptionId ?? ""}`,
        "Microsoft.Resources/subscriptions/resourceGroups/write",
      );
      continue;
    }
    const extended = parseArmId(id)?.scope ?? "";
    // A role assignment or a lock hangs on a thing; everything else lies in a group.
    const on = /\/providers\//i.test(extended) ? scopeOf(extended) : groupOf(id);
    need(on, `${arm}/write`);
    // What an assignment hangs on is not used by it.
    if (arm.startsWith("Microsoft.Authorization/")) continue;
    for (const named of idsIn(inputs)) {
      const action = linkedAction(parseArmId(named)?.arm ?? "", arm);
      if (action !== undefined) need(scopeOf(named), action);
    }
  }
  return new Map([...rights.values()].map(({ scope, actions }) => [scope, [...actions].sort()]));
}

function groupOf(id: string): string {
  return (
    /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+/i.exec(id)?.[0] ?? /^\/subscriptions\/[^/]+/i.exec(id)?.[0] ?? "/"
  );
}

/** Every ARM ID that stands somewhere in a value, keys included. */
function idsIn(value: unknown): string[] {
  if (typeof value === "string")
    return /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\//i.test(value) ? [value] : [];
  if (isList(value)) return value.flatMap(idsIn);
  return isRecord(value) ? Object.entries(value).flatMap(([key, it]) => [...idsIn(key), ...idsIn(it)]) : [];
}

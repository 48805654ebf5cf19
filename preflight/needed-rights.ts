import { parseArmId } from "../azure/arm-id";
import { hasDeleteRight, rightOf } from "../azure/arm-right";
import { linkedAction } from "../azure/linked-actions";
import { findRow } from "../azure/rows";
import { isList, isRecord } from "../core/property-value";
import type { PlannedAzureResource } from "./preflight-facts";

/** What must be allowed at one scope. */
export interface ScopeRights {
  /** What the first `up` does. */
  readonly actions: readonly string[];
  /** What a later one does that replaces something, and `destroy`. */
  readonly deletes: readonly string[];
}

/** Actions by the scope where the right must be: a resource group, the subscription, or a thing of somebody else. */
export type NeededRights = ReadonlyMap<string, ScopeRights>;

/** The action that gives roles. */
export const assignRoles = "Microsoft.Authorization/roleAssignments/write";

const groupType = "Microsoft.Resources/resourceGroups";

/** What must be allowed to make the resources of a plan, and to delete them. Scopes are in the case of the IDs that they were found in. */
export function neededRights(resources: readonly PlannedAzureResource[]): NeededRights {
  const made = resources.filter(({ id }) => !/\/providers\//i.test(parseArmId(id)?.scope ?? ""));
  const groups = new Set(made.map((it) => groupOf(it.id).toLowerCase()));
  const rights = new Map<string, { scope: string; actions: Set<string>; deletes: Set<string> }>();
  const at = (scope: string): { actions: Set<string>; deletes: Set<string> } => {
    const key = scope.toLowerCase();
    const entry = rights.get(key) ?? { scope, actions: new Set(), deletes: new Set() };
    rights.set(key, entry);
    return entry;
  };
  /** Before the provider makes a thing it looks whether there is one. What comes and goes with its parent is not deleted. */
  const make = (scope: string, type: string, alone = true): void => {
    const { actions, deletes } = at(scope);
    actions.add(`${type}/read`).add(`${type}/write`);
    if (alone && hasDeleteRight(type)) deletes.add(`${type}/delete`);
  };
  /** What is in a group of the plan has the rights of the group; what lies elsewhere is a scope of its own. */
  const scopeOf = (id: string): string => (groups.has(groupOf(id).toLowerCase()) ? groupOf(id) : id);
  for (const { token, arm, id, inputs } of resources) {
    if (arm === groupType) {
      make(`/subscriptions/${parseArmId(id)?.subscriptionId ?? ""}`, rightOf(groupType));
      continue;
    }
    const row = findRow(token);
    const extended = parseArmId(id)?.scope ?? "";
    // A role assignment or a lock hangs on a thing; everything else lies in a group.
    const on = /\/providers\//i.test(extended) ? scopeOf(extended) : groupOf(id);
    make(on, arm, row?.comesWithParent !== true);
    for (const { action } of Object.values(row?.functions ?? {})) if (action !== null) at(on).actions.add(action);
    // What an assignment hangs on is not used by it.
    if (arm.startsWith("Microsoft.Authorization/")) continue;
    for (const named of idsIn(inputs)) {
      const action = linkedAction(parseArmId(named)?.arm ?? "", arm);
      if (action !== undefined) at(scopeOf(named)).actions.add(action);
    }
  }
  return new Map(
    [...rights.values()].map(({ scope, actions, deletes }) => [
      scope,
      { actions: [...actions].sort(), deletes: [...deletes].sort() },
    ]),
  );
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

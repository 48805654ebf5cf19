import { parseArmId } from "../../azure/arm-id";
import { findArmType } from "../../azure/arm-types";
import { rowOf } from "../../azure/rows";
import { AzureError } from "./azure-error";
import type { Estate, LiveResource } from "./estate";
import { referencesIn } from "./references";

/** Why Azure refuses to delete a resource; `undefined` when it does not. What goes with it is no hindrance. */
export function refusalOfDelete(estate: Estate, live: LiveResource): AzureError | undefined {
  const locked = lockOver(estate, live);
  if (locked !== undefined) {
    const sentence = `The scope '${live.id}' cannot perform delete operation because following scope(s) are locked: '${locked}'. Please remove the lock and try again.`;
    return new AzureError(409, "ScopeLocked", sentence);
  }
  const root = live.id.toLowerCase();
  const isBelow = (id: string): boolean => id === root || id.startsWith(`${root}/`);
  const all = Object.entries(estate.resources);
  const nested = rowOf(live.type).mustBeEmpty?.toLowerCase();
  const child = nested === undefined ? undefined : all.find(([key]) => key.startsWith(`${root}/${nested}/`));
  if (child !== undefined) {
    return new AzureError(409, "CannotDeleteResource", `'${live.id}' still holds '${child[1].id}'.`);
  }

  // Deleting a network deletes its subnets, so what hinders one of them hinders the network. What hangs on a resource,
  // such as a role assignment, has an ID below it and goes along.
  const going = new Map(all.filter(([key]) => isBelow(key)));
  for (const [key, user] of all) {
    if (isBelow(key)) continue;
    for (const { id } of referencesIn(user.inputs)) {
      const used = going.get(id.toLowerCase());
      const code = used === undefined ? null : rowOf(used.type).inUse;
      if (code !== null) return new AzureError(400, code, `'${used?.id ?? ""}' is in use by '${user.id}'.`);
    }
  }
  return undefined;
}

/**
 * Scope of a lock that keeps a resource: one on itself, on what it lies in or hangs on, or on something in it, since that would go with it.
 * Only a lock itself goes in spite of locks.
 * Source: https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources (lock inheritance; a delete of a group with a locked
 * resource in it); https://github.com/microsoft/AzureTRE/issues/4664 (a container below a locked account, and the words)
 */
function lockOver({ resources }: Estate, { id, type }: LiveResource): string | undefined {
  if (isLock(type)) return undefined;
  const own = `${id.toLowerCase()}/`;
  return Object.values(resources)
    .filter((it) => isLock(it.type))
    .map((it) => parseArmId(it.id)?.scope ?? "")
    .find((scope) => own.startsWith(`${scope.toLowerCase()}/`) || `${scope.toLowerCase()}/`.startsWith(own));
}

/** Whether things of a type keep others from being deleted. */
export function isLock(type: string): boolean {
  return findArmType(type)?.arm === "Microsoft.Authorization/locks";
}

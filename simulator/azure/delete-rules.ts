import { rowOf } from "../../azure/rows";
import { AzureError } from "./azure-error";
import type { Estate, LiveResource } from "./estate";
import { referencesIn } from "./references";

/** Why Azure refuses to delete a resource; `undefined` when it does not. What goes with it is no hindrance. */
export function refusalOfDelete(estate: Estate, live: LiveResource): AzureError | undefined {
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

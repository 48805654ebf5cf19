import { list, texts } from "../core/property-tree";

/** One entry of what a role gives: actions, less some of them. */
export interface Permission {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
}

/** The entries of a list that Azure answers. */
export function permissionsIn(body: unknown, path: string): Permission[] {
  return list(body, path).map((it) => ({
    actions: texts(it, "actions"),
    notActions: texts(it, "notActions"),
  }));
}

/** Whether one of them gives an action. What one takes away, another may give. */
export function allows(permissions: readonly Permission[], action: string): boolean {
  return permissions.some(({ actions, notActions }) => covers(actions, action) && !covers(notActions, action));
}

/** Whether one of several actions, in which `*` stands for any text, is the one that is asked for. */
export function covers(actions: readonly string[], action: string): boolean {
  return actions.some((it) => matcher(it).test(action));
}

const known = new Map<string, RegExp>();

function matcher(action: string): RegExp {
  const found = known.get(action) ?? new RegExp(`^${action.split("*").map(escaped).join(".*")}$`, "i");
  known.set(action, found);
  return found;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}

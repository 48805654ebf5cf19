import { list, read, text } from "../core/property-tree";
import type { Value } from "../core/property-value";
import { armVersions } from "./arm-versions";
import type { Check } from "./check";
import { missing, ok, warning } from "./line";
import { neededRights, type ScopeRights } from "./needed-rights";
import { allows, permissionsIn } from "./permissions";
import type { Identity } from "./preflight-facts";
import { type Answer, get, unanswered } from "./question";

interface Needs {
  readonly subscriptionId: string;
  readonly identity: Identity;
  readonly rights: readonly (readonly [scope: string, rights: ScopeRights])[];
}

/** Everybody, in a list of who is denied something. */
const everybody = "00000000-0000-0000-0000-000000000000";

/** Denials, which no role lifts: those of managed applications and deployment stacks. */
export const denyAssignments: Check<Needs, Answer> = {
  name: "denials",
  needs: ({ subscriptionId, identity, resources }) => {
    const rights = [...neededRights(resources)];
    return rights.length === 0 ? null : { subscriptionId, identity, rights };
  },
  ask: ({ subscriptionId }, ask) =>
    ask(
      get(`/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/denyAssignments`, {
        apiVersion: armVersions.authorization,
        right: "Microsoft.Authorization/denyAssignments/read",
        has: "value",
      }),
    ),
  judge: ({ identity, rights }, answer) => {
    const [subject, need] = ["deny assignments", "none of an action of the plan"];
    if (answer.kind !== "found") return [unanswered(subject, need, answer)];
    const found = list(answer.body, "value").flatMap((it) => {
      const now = deniedActions(it, rights, "actions");
      const actions = now.length === 0 ? deniedActions(it, rights, "deletes") : now;
      const whom = actions.length === 0 ? "nobody" : whomDenied(it, identity);
      if (whom === "nobody") return [];
      const name = text(it, "properties.denyAssignmentName") ?? text(it, "name") ?? subject;
      const have = `denies ${actions.slice(0, 2).join(", ")}${actions.length > 2 ? ` and ${actions.length - 2} more` : ""}`;
      const remedy =
        "Nobody can delete it by itself: ask the owner of the managed application or deployment stack that made it";
      return [
        whom === "me"
          ? (now.length === 0 ? warning : missing)(name, need, have, remedy)
          : warning(name, need, `${have} to a group or to somebody`, `If that is you: ${remedy}`),
      ];
    });
    return found.length === 0 ? [ok(subject, need, "none")] : found;
  },
};

function deniedActions(denial: Value, rights: Needs["rights"], of: keyof ScopeRights): string[] {
  const on = text(denial, "properties.scope")?.toLowerCase().replace(/\/$/, "") ?? "";
  const below = read(denial, "properties.doNotApplyToChildScopes") !== true;
  const permissions = permissionsIn(denial, "properties.permissions");
  return rights.flatMap(([scope, needed]) => {
    const at = scope.toLowerCase();
    if (at !== on && !(below && `${at}/`.startsWith(`${on}/`))) return [];
    return needed[of].filter((it) => allows(permissions, it));
  });
}

/** A group may hold whoever is signed in: only Entra ID knows. */
function whomDenied(denial: Value, { objectId }: Identity): "me" | "somebody" | "nobody" {
  const ids = (path: string): readonly string[] =>
    list(denial, path).flatMap((it) => text(it, "id")?.toLowerCase() ?? []);
  const me = objectId?.toLowerCase() ?? "";
  if (ids("properties.excludePrincipals").includes(me)) return "nobody";
  const denied = ids("properties.principals");
  if (denied.includes(everybody) || denied.includes(me)) return "me";
  const groups = list(denial, "properties.principals").some((it) => text(it, "type") === "Group");
  return groups || objectId === null ? "somebody" : "nobody";
}

import { roles } from "../../../catalog/roles";
import { isText, unjudged, violation } from "../../engine/expect";
import { isUnknown } from "../../../core/property-marks";
import { read } from "../../../core/property-tree";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

const broadScope =
  /^\/?$|^\/subscriptions\/[^/]+\/?$|^\/providers\/Microsoft\.Management\/managementGroups\/[^/]+\/?$/i;

/** The part of a condition about one of the two actions, with the only roles that it lets through. */
const delegated = (action: "write" | "delete", of: "@Request" | "@Resource"): string =>
  `\\(\\(!\\(ActionMatches\\{'Microsoft\\.Authorization/roleAssignments/${action}'\\}\\)\\) OR \\(` +
  `${of}\\[Microsoft\\.Authorization/roleAssignments:RoleDefinitionId\\] ForAnyOfAnyValues:GuidEquals \\{([0-9a-f, -]+)\\}` +
  // Whatever narrows it further. An OR in it, which Azure also takes as ||, would widen it.
  `(?: AND (?:(?!\\bOR\\b)[^()|])+)?\\)\\)`;

const delegation = new RegExp(`^${delegated("write", "@Request")} AND ${delegated("delete", "@Resource")}$`, "i");

/** Whether a right to give roles is one to give those of a list alone, and none of those is privileged. */
function isDelegation(role: string, condition: unknown): boolean {
  if (role !== "Role Based Access Control Administrator" || !isText(condition)) return false;
  const lists = delegation.exec(condition)?.slice(1);
  const privileged = Object.values(roles).filter((it) => it.privileged);
  return lists?.some((list) => privileged.some(({ id }) => list.toLowerCase().includes(id))) === false;
}

export const roleNoBroadGrants: ResourceRule = {
  id: 158,
  name: "role-no-broad-grants",
  area: "identity",
  kind: "resource",
  types: [types.roleAssignment],
  title: "Nobody gets a privileged role on a whole subscription or management group.",
  why: "Whoever changes this program could make themselves administrator of everything.",
  remedy:
    "Grant a narrower role, or the role on a resource group or a resource. The right to give roles may have a condition that lists them, none of them privileged.",
  severity: "critical",
  levels: levels.always,
  source: "PSRule Azure.RBAC.LimitOwner; CIS AKS 4.1.1 (the same in Kubernetes)",
  check: ({ inputs }) => {
    const [scope, role] = [read(inputs, "scope"), read(inputs, "roleDefinitionId")];
    const broad = Object.entries(roles).find(
      ([, it]) => it.privileged && isText(role) && role.toLowerCase().endsWith(it.id),
    );
    // The ID of a subscription or a group of them is known; one that is not is of something that the program makes. Before it makes the
    // grant, the engine asks again.
    if (isUnknown(scope) || (isText(scope) && !broadScope.test(scope))) return [];
    if (isUnknown(role)) return [unjudged("roleDefinitionId")];
    if (broad === undefined) return [];
    const condition = read(inputs, "condition");
    if (isUnknown(condition)) return [unjudged("condition")];
    if (isDelegation(broad[0], condition)) return [];
    return [violation("scope", scope, `be a resource group or a resource for the role ${broad[0]}`)];
  },
};

import { roles } from "../../../catalog/roles";
import { isText, unjudged, violation } from "../../engine/expect";
import { isUnknown } from "../../../core/property-marks";
import { read } from "../../../core/property-tree";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

const broadScope =
  /^\/?$|^\/subscriptions\/[^/]+\/?$|^\/providers\/Microsoft\.Management\/managementGroups\/[^/]+\/?$/i;

export const roleNoBroadGrants: ResourceRule = {
  id: 158,
  name: "role-no-broad-grants",
  area: "identity",
  kind: "resource",
  types: [types.roleAssignment],
  title: "Nobody gets a privileged role on a whole subscription or management group.",
  why: "Whoever changes this program could make themselves administrator of everything.",
  remedy: "Grant a narrower role, or the role on a resource group or a resource.",
  severity: "critical",
  levels: levels.always,
  source: "PSRule Azure.RBAC.LimitOwner; CIS AKS 4.1.1 (the same in Kubernetes)",
  check: ({ inputs }) => {
    const [scope, role] = [read(inputs, "scope"), read(inputs, "roleDefinitionId")];
    const broad = Object.entries(roles).find(
      ([, it]) => it.privileged && isText(role) && role.toLowerCase().endsWith(it.id),
    );
    if (isText(scope) && !isUnknown(scope) && !broadScope.test(scope)) return [];
    if (isUnknown(role)) return [unjudged("roleDefinitionId")];
    if (broad === undefined) return [];
    if (isUnknown(scope)) return [unjudged("scope")];
    return [violation("scope", scope, `be a resource group or a resource for the role ${broad[0]}`)];
  },
};

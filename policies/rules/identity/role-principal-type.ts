import { expectAt, oneOf } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const rolePrincipalType: ResourceRule = {
  id: 159,
  name: "role-principal-type",
  area: "identity",
  kind: "resource",
  types: [types.roleAssignment],
  title: "A role assignment says what kind of principal it is for.",
  why: "Azure looks the principal up otherwise and does not find one that was made seconds ago.",
  remedy: "Set principalType, for a managed identity to ServicePrincipal.",
  severity: "medium",
  levels: levels.always,
  source: "Azure/azure-quickstart-templates#4945",
  check: ({ inputs }) => {
    const kinds = ["ServicePrincipal", "Group", "User", "ForeignGroup", "Device"];
    return expectAt(inputs, "principalType", oneOf(...kinds), `be one of ${kinds.join(", ")}`);
  },
};

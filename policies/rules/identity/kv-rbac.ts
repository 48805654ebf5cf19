import { expectAt } from "../../engine/expect";
import { isList } from "../../../core/property-value";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const kvRbac: ResourceRule = {
  id: 149,
  name: "kv-rbac",
  area: "identity",
  kind: "resource",
  types: [types.keyVault],
  title: "A Key Vault heeds roles, and no access policies.",
  why: "An access policy is for all of a kind in the vault, and no list of grants shows it.",
  remedy: "Set properties.enableRbacAuthorization to true and remove properties.accessPolicies.",
  severity: "high",
  levels: levels.always,
  source: "PSRule Azure.KeyVault.RBAC; Azure Policy 12d4fa5e",
  check: ({ inputs }) => [
    ...expectAt(inputs, "properties.enableRbacAuthorization", (it) => it === true, "be true"),
    ...expectAt(
      inputs,
      "properties.accessPolicies",
      (it) => it === undefined || (isList(it) && it.length === 0),
      "be empty",
    ),
  ],
};

import { violation } from "../../engine/expect";
import { levels, everyType, type ResourceRule } from "../../engine/rule";

export const noSpSecrets: ResourceRule = {
  id: 162,
  name: "no-sp-secrets",
  area: "identity",
  kind: "resource",
  types: everyType,
  title: "No application has a password.",
  why: "It is good for years, names nobody, and stands in the state of the stack.",
  remedy: "Use a federated credential, or a managed identity.",
  severity: "critical",
  levels: levels.always,
  source: "ours",
  check: ({ type }) =>
    /^azuread:.*:(Application|ServicePrincipal)Password$/.test(type)
      ? [violation("type", type, "not be a password of an application")]
      : [],
};

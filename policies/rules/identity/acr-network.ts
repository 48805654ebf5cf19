import { expectAt } from "../../engine/expect";
import { read } from "../../../core/property-tree";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const acrNetwork: ResourceRule = {
  id: 153,
  name: "acr-network",
  area: "identity",
  kind: "resource",
  types: [types.registry],
  title: "A container registry lets in only networks that are named.",
  why: "Whoever has a leaked token otherwise pulls from anywhere, and pushes where its rights allow it.",
  remedy: "Set publicNetworkAccess to Disabled, or networkRuleSet.defaultAction to Deny; both need sku.name Premium.",
  severity: "high",
  levels: levels.advisoryInDev,
  source: "PSRule AZR-000402; CKV_AZURE_139; Azure Policy 0fdf0491, d0793b48",
  check: ({ inputs }) =>
    read(inputs, "publicNetworkAccess") === "Disabled"
      ? []
      : expectAt(inputs, "networkRuleSet.defaultAction", (it) => it === "Deny", "be Deny"),
};

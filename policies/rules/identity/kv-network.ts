import { expectAt } from "../../engine/expect";
import { text } from "../../../core/property-tree";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const kvNetwork: ResourceRule = {
  id: 150,
  name: "kv-network",
  area: "identity",
  kind: "resource",
  types: [types.keyVault],
  title: "A Key Vault lets in only networks that are named.",
  why: "A leaked token otherwise works from anywhere.",
  remedy: "Set properties.publicNetworkAccess to Disabled, or properties.networkAcls.defaultAction to Deny.",
  severity: "critical",
  levels: levels.advisoryInDev,
  source: "PSRule Azure.KeyVault.Firewall; CKV_AZURE_109, 189; AZU-0013; Azure Policy 55615ac9, 405c5871",
  check: ({ inputs }) =>
    // Azure takes the word in any case, and its own examples write both.
    text(inputs, "properties.publicNetworkAccess")?.toLowerCase() === "disabled"
      ? []
      : expectAt(inputs, "properties.networkAcls.defaultAction", (it) => it === "Deny", "be Deny"),
};

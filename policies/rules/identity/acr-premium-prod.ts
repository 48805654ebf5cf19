import { expectAt, oneOf } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const acrPremiumProd: ResourceRule = {
  id: 154,
  name: "acr-premium-prod",
  area: "identity",
  kind: "resource",
  types: [types.registry],
  title: "A registry for production is Premium, and spread over zones.",
  why: "The lower tiers have no private endpoint and too little throughput for hundreds of nodes that pull at once.",
  remedy: "Set sku.name to Premium and zoneRedundancy to Enabled.",
  severity: "medium",
  levels: levels.rising,
  source: "PSRule AZR-000006; CKV_AZURE_233",
  check: ({ inputs }) => [
    ...expectAt(inputs, "sku.name", oneOf("Premium"), "be Premium"),
    ...expectAt(inputs, "zoneRedundancy", oneOf("Enabled"), "be Enabled"),
  ],
};

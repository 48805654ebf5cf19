import { expectAt, oneOf } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const aksPaidTier: ResourceRule = {
  id: 63,
  name: "aks-paid-tier",
  area: "cluster",
  kind: "resource",
  types: [types.cluster],
  title: "A cluster of staging or production has a paid control plane.",
  why: "The free one comes without a promise, and is too small for hundreds of nodes that ask it at once.",
  remedy: "Set sku to name Base and tier Standard, or Premium for long-term support.",
  severity: "medium",
  levels: levels.rising,
  source: "PSRule AZR-000285; CKV_AZURE_170",
  check: ({ inputs }) => expectAt(inputs, "sku.tier", oneOf("Standard", "Premium"), "be Standard or Premium"),
};

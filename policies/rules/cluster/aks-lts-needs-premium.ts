import { expectAt, oneOf, unjudged } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";
import { isUnknown } from "../../../core/property-marks";
import { read } from "../../../core/property-tree";

export const aksLtsNeedsPremium: ResourceRule = {
  id: 64,
  name: "aks-lts-needs-premium",
  area: "cluster",
  kind: "resource",
  types: [types.cluster],
  title: "Long-term support comes with the Premium tier.",
  why: "Azure refuses it on any other tier, after the rest of the plan was checked.",
  remedy: "Set sku.tier: Premium, or supportPlan: KubernetesOfficial.",
  severity: "medium",
  levels: levels.always,
  source: "MicrosoftDocs/azure-aks-docs:articles/aks/free-standard-pricing-tiers.md",
  check: ({ inputs }) => {
    const plan = read(inputs, "supportPlan");
    if (isUnknown(plan)) return [unjudged("supportPlan")];
    return plan === "AKSLongTermSupport"
      ? expectAt(inputs, "sku.tier", oneOf("Premium"), "be Premium with AKSLongTermSupport")
      : [];
  },
};

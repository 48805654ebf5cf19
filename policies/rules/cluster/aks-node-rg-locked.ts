import { expectAt, oneOf } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const aksNodeRgLocked: ResourceRule = {
  id: 69,
  name: "aks-node-rg-locked",
  area: "cluster",
  kind: "resource",
  types: [types.cluster],
  title: "Nobody changes the machines of a cluster past AKS.",
  why: "What somebody changes by hand in the group of the nodes is undone at the next upgrade, or breaks it.",
  remedy: "Set nodeResourceGroupProfile.restrictionLevel: ReadOnly.",
  severity: "medium",
  levels: levels.mandatoryInProd,
  source: "MicrosoftDocs/azure-aks-docs:articles/aks/node-resource-group-lockdown.md",
  check: ({ inputs }) =>
    expectAt(inputs, "nodeResourceGroupProfile.restrictionLevel", oneOf("ReadOnly"), "be ReadOnly"),
};

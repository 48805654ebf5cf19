import { expectAt } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const aksNetworkPolicyNotNpm: ResourceRule = {
  id: 47,
  name: "aks-network-policy-not-npm",
  area: "cluster",
  kind: "resource",
  types: [types.cluster],
  title: "Network policies are Cilium's or Calico's, not those of Azure's own manager.",
  why: "Azure Network Policy Manager ends on Linux in September 2028, and a change of engine reimages every node.",
  remedy: "Set networkPolicy: cilium with networkDataplane: cilium.",
  severity: "low",
  levels: levels.advised,
  source:
    "MicrosoftDocs/azure-aks-docs:articles/aks/network-policy-best-practices.md (2026-08-26, support on Linux ends on 2028-09-30) and use-network-policies.md (nodes are reimaged)",
  check: ({ inputs }) => expectAt(inputs, "networkProfile.networkPolicy", (it) => it !== "azure", "not be azure"),
};

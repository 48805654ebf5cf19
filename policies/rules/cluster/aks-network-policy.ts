import { expectAt, oneOf } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const aksNetworkPolicy: ResourceRule = {
  id: 46,
  name: "aks-network-policy",
  area: "cluster",
  kind: "resource",
  types: [types.cluster],
  title: "A cluster has an engine that enforces network policies.",
  why: "Without one the API server accepts every NetworkPolicy and nothing enforces it, so all namespaces reach each other.",
  remedy: 'Set networkProfile.networkPolicy to "cilium" (with networkDataplane "cilium").',
  severity: "high",
  levels: levels.always,
  source: "PSRule AZR-000027; CKV_AZURE_7; AZU-0043; CIS AKS 5.4.4",
  check: ({ inputs }) =>
    expectAt(inputs, "networkProfile.networkPolicy", oneOf("cilium", "calico", "azure"), "be cilium, calico or azure"),
};

import { expectAt, oneOf } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const aksEntraRbac: ResourceRule = {
  id: 44,
  name: "aks-entra-rbac",
  area: "cluster",
  kind: "resource",
  types: [types.cluster],
  title: "Entra ID signs people in to a cluster, and Azure roles say what they may do.",
  why: "Otherwise somebody who leaves keeps access until each cluster is changed.",
  remedy: "Set aadProfile.managed and aadProfile.enableAzureRBAC to true.",
  severity: "high",
  levels: levels.always,
  source: "PSRule AZR-000029, AZR-000032; CIS AKS 5.2.2, 5.5.1",
  check: ({ inputs }) => [
    ...expectAt(inputs, "aadProfile.managed", oneOf(true), "be true"),
    ...expectAt(inputs, "aadProfile.enableAzureRBAC", oneOf(true), "be true"),
  ],
};

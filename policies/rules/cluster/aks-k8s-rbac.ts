import { expectAt } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const aksK8sRbac: ResourceRule = {
  id: 45,
  name: "aks-k8s-rbac",
  area: "cluster",
  kind: "resource",
  types: [types.cluster],
  title: "Kubernetes RBAC is on.",
  why: "Without it every token, any pod's included, administers the cluster.",
  remedy: "Remove enableRBAC: false. The change replaces the cluster.",
  severity: "critical",
  levels: levels.always,
  source: "PSRule AZR-000038; CKV_AZURE_5; AZU-0042",
  // Absent is on: that is Azure's default.
  check: ({ inputs }) => expectAt(inputs, "enableRBAC", (it) => it !== false, "not be false"),
};

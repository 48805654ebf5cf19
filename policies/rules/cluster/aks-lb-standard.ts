import { expectAt, isText } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const aksLbStandard: ResourceRule = {
  id: 52,
  name: "aks-lb-standard",
  area: "cluster",
  kind: "resource",
  types: [types.cluster],
  title: "The load balancer of a cluster is a Standard one.",
  why: "Basic load balancers are retired: Azure makes no new ones.",
  remedy: "Remove loadBalancerSku, or set it to standard.",
  severity: "medium",
  levels: levels.always,
  source: "PSRule AZR-000026",
  check: ({ inputs }) =>
    expectAt(
      inputs,
      "networkProfile.loadBalancerSku",
      (it) => it === undefined || (isText(it) && it.toLowerCase() === "standard"),
      "be absent or standard",
    ),
};

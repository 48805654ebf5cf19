import { expectAt } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";
import { isList } from "../../../core/property-value";

export const k8sNoExternalIps: ResourceRule = {
  id: 203,
  name: "k8s-no-external-ips",
  area: "kubernetes",
  kind: "resource",
  types: [types.service],
  title: "No service claims addresses outside of the cluster.",
  why: "Nodes then send traffic for such an address to the service, whoever owns the address.",
  remedy: "Remove spec.externalIPs and use an internal load balancer.",
  severity: "high",
  levels: levels.always,
  source: "KSV-0108; Azure Policy d46c275d; CVE-2020-8554",
  check: ({ inputs }) =>
    expectAt(inputs, "spec.externalIPs", (it) => it === undefined || (isList(it) && it.length === 0), "be absent"),
};

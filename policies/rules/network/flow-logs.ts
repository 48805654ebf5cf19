import { expectAt, isCount, isText, oneOf } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const flowLogs: ResourceRule = {
  id: 118,
  name: "flow-logs",
  area: "network",
  kind: "resource",
  types: [types.flowLog],
  title: "A flow log is on, is about a network, and is kept for 90 days.",
  why: "After an incident nobody can say who spoke to whom; logs of security groups are retired.",
  remedy: "Point targetResourceId to the VNet, set enabled: true, and retentionPolicy to 90 days or more.",
  severity: "medium",
  levels: levels.rising,
  source: "Trivy AZU-0049, AZU-0073; Azure Policy 4c3c6c5f",
  check: ({ inputs }) => [
    ...expectAt(inputs, "enabled", oneOf(true), "be true"),
    ...expectAt(
      inputs,
      "targetResourceId",
      (it) => isText(it) && !/\/networkSecurityGroups\//i.test(it),
      "be the ARM ID of a VNet, a subnet or an interface",
    ),
    ...expectAt(inputs, "retentionPolicy.enabled", oneOf(true), "be true"),
    // 0 keeps a log for ever.
    ...expectAt(
      inputs,
      "retentionPolicy.days",
      (it) => it === 0 || isCount(it, 90, 36_500),
      "be 90 or more, or 0 for ever",
    ),
  ],
};

import { everyPort, onOpenRules, securityRuleTypes } from "./nsg";
import { levels, type ResourceRule } from "../../engine/rule";

export const nsgNoAnyAny: ResourceRule = {
  id: 102,
  name: "nsg-no-any-any",
  area: "network",
  kind: "resource",
  types: securityRuleTypes,
  title: "No security rule lets the internet reach every port.",
  why: "Such a rule is the same as no security group, for every service that anybody starts later.",
  remedy: "Allow the ports and the networks that are needed, one rule each.",
  severity: "critical",
  levels: levels.always,
  source: "PSRule AZR-000137; AZU-0047",
  check: (resource) =>
    onOpenRules(resource, ({ source, ports }) =>
      everyPort(ports)
        ? [
            {
              path: source.path,
              is: JSON.stringify(source.value),
              must: "be a network of yours while the rule allows every port",
            },
          ]
        : [],
    ),
};

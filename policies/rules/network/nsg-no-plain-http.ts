import { violation } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { everyPort, onOpenRules, securityRuleTypes } from "./nsg";

export const nsgNoPlainHttp: ResourceRule = {
  id: 104,
  name: "nsg-no-plain-http",
  area: "network",
  kind: "resource",
  types: securityRuleTypes,
  title: "No security rule lets plain HTTP in from the internet.",
  why: "What crosses the internet in clear can be read and changed on the way, sign-ins included.",
  remedy: "Open 443 only, and let the gateway answer with TLS.",
  severity: "low",
  levels: levels.advisoryInDev,
  source: "CKV_AZURE_160",
  check: (resource) =>
    onOpenRules(resource, ({ source, ports }) =>
      ports.some(({ from, to }) => from <= 80 && to >= 80) && !everyPort(ports)
        ? [violation(source.path, source.value, "be a network of yours while the rule allows port 80")]
        : [],
    ),
};

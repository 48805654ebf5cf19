import { isText, unjudged, violation } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { isUnknown } from "../../../core/property-marks";
import { onOpenRules, securityRuleTypes } from "./nsg";

export const nsgNoUdpFromInternet: ResourceRule = {
  id: 103,
  name: "nsg-no-udp-from-internet",
  area: "network",
  kind: "resource",
  types: securityRuleTypes,
  title: "No security rule lets UDP in from the internet.",
  why: "A service that answers UDP can be made to flood somebody else with answers far larger than the question.",
  remedy: "Name the protocol Tcp, or the networks that may send.",
  severity: "medium",
  levels: levels.advisoryInDev,
  source: "CKV_AZURE_77",
  check: (resource) =>
    onOpenRules(resource, ({ source, protocol }) => {
      if (isUnknown(protocol.value)) return [unjudged(protocol.path)];
      return isText(protocol.value) && ["udp", "any", "*"].includes(protocol.value.toLowerCase())
        ? [violation(source.path, source.value, `be a network of yours while ${protocol.path} is "${protocol.value}"`)]
        : [];
    }),
};

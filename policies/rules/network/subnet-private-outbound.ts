import { expectAt, oneOf } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";
import { isGatewaySubnet } from "./subnet-name";

export const subnetPrivateOutbound: ResourceRule = {
  id: 109,
  name: "subnet-private-outbound",
  area: "network",
  kind: "resource",
  types: [types.subnet],
  title: "Nothing in a subnet reaches the internet by an address that Azure lends.",
  why: "That way out is retired, its address changes, and no firewall sees it.",
  remedy: "Set defaultOutboundAccess: false, and go out through a NAT gateway or a firewall.",
  severity: "medium",
  levels: levels.advisoryInDev,
  source: "PSRule Azure.VNET.PrivateSubnet; Azure Policy 7bca8353",
  check: ({ inputs }) =>
    // Azure's gateways bring their own way out.
    isGatewaySubnet(inputs) ? [] : expectAt(inputs, "defaultOutboundAccess", oneOf(false), "be false"),
};

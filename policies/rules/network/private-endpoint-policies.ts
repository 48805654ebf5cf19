import { expectAt, oneOf } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";
import { isGatewaySubnet } from "./subnet-name";

export const privateEndpointPolicies: ResourceRule = {
  id: 117,
  name: "private-endpoint-policies",
  area: "network",
  kind: "resource",
  types: [types.subnet],
  title: "Security groups hold for private endpoints too.",
  why: "Otherwise whoever reaches the network reaches every private endpoint, whatever the security group says.",
  remedy: "Set privateEndpointNetworkPolicies: Enabled, or NetworkSecurityGroupEnabled.",
  severity: "low",
  levels: levels.mandatoryInProd,
  source: "https://learn.microsoft.com/azure/private-link/disable-private-endpoint-network-policy",
  check: ({ inputs }) =>
    isGatewaySubnet(inputs)
      ? []
      : expectAt(
          inputs,
          "privateEndpointNetworkPolicies",
          oneOf("Enabled", "NetworkSecurityGroupEnabled"),
          "be Enabled or NetworkSecurityGroupEnabled",
        ),
};

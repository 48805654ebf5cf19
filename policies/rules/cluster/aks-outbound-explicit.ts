import { expectAt, oneOf } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const aksOutboundExplicit: ResourceRule = {
  id: 51,
  name: "aks-outbound-explicit",
  area: "cluster",
  kind: "resource",
  types: [types.cluster],
  title: "A cluster goes out through a NAT gateway or a route of its own.",
  why: "The load balancer that Azure takes otherwise has few ports a node: pulls of images and of data sets fail under load.",
  remedy: "Set outboundType to userAssignedNATGateway, managedNATGateway or userDefinedRouting.",
  severity: "medium",
  levels: levels.advisoryInDev,
  source: "mspnp/aks-baseline; MicrosoftDocs/azure-aks-docs:articles/aks/egress-outboundtype.md",
  check: ({ inputs }) =>
    expectAt(
      inputs,
      "networkProfile.outboundType",
      oneOf(
        "userAssignedNATGateway",
        "managedNATGateway",
        "managedNATGatewayV2",
        "userDefinedRouting",
        "none",
        "block",
      ),
      "be a NAT gateway, a route or none",
    ),
};

import { expectAt, oneOf } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const peeringNoTransitDefault: ResourceRule = {
  id: 120,
  name: "peering-no-transit-default",
  area: "network",
  kind: "resource",
  types: [types.peering],
  title: "A peering says whether traffic of others passes.",
  why: "Defaults decide otherwise, and dev reaches prod through a network between them.",
  remedy: "Set allowForwardedTraffic, allowGatewayTransit and useRemoteGateways, to false where nothing needs them.",
  severity: "medium",
  levels: levels.advisoryInDev,
  source: "ours",
  check: ({ inputs }) =>
    ["allowForwardedTraffic", "allowGatewayTransit", "useRemoteGateways"].flatMap((it) =>
      expectAt(inputs, it, oneOf(true, false), "be true or false"),
    ),
};

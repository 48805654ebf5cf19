import { expectWired } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { nodePools } from "../../engine/sizes";
import { types } from "../../engine/types";

export const npSubnetSet: ResourceRule = {
  id: 94,
  name: "np-subnet-set",
  area: "cluster",
  kind: "resource",
  types: [types.nodePool, types.cluster],
  title: "The nodes of a pool are in a named subnet.",
  why: "Otherwise AKS makes a network of its own, without our security group, routes and private endpoints.",
  remedy: "Set vnetSubnetID to the ARM ID of the subnet. The change replaces the pool.",
  severity: "high",
  levels: levels.always,
  source: "ours",
  check: (resource) =>
    nodePools(resource).flatMap((pool) =>
      expectWired(resource.inputs, `${pool}vnetSubnetID`, "be the ARM ID of a subnet"),
    ),
};

import { absent, expectAt } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const vnetNoInlineSubnets: ResourceRule = {
  id: 110,
  name: "vnet-no-inline-subnets",
  area: "network",
  kind: "resource",
  types: [types.virtualNetwork],
  title: "A virtual network lists no subnets in itself, not even an empty list.",
  why: "A list there and subnets of their own delete each other on the next update.",
  remedy: "Remove subnets and declare each one as a Subnet.",
  severity: "high",
  levels: levels.always,
  source: "pulumi/pulumi-azure-native#611",
  check: ({ inputs }) => expectAt(inputs, "subnets", absent, "be absent"),
};

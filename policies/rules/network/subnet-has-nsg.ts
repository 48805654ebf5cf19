import { expectWired } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";
import { isGatewaySubnet } from "./subnet-name";

export const subnetHasNsg: ResourceRule = {
  id: 108,
  name: "subnet-has-nsg",
  area: "network",
  kind: "resource",
  types: [types.subnet],
  title: "Every subnet has a network security group.",
  why: "Without one everything in the network and in its peers reaches every port in the subnet.",
  remedy: "Set networkSecurityGroup.id.",
  severity: "high",
  levels: levels.always,
  source: "PSRule AZR-000263; CKV2_AZURE_31",
  check: ({ inputs }) =>
    // Azure refuses a security group there, or brings its own rules.
    isGatewaySubnet(inputs)
      ? []
      : expectWired(inputs, "networkSecurityGroup.id", "be the ARM ID of a network security group"),
};

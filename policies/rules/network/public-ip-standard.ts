import { expectAt, oneOf } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const publicIpStandard: ResourceRule = {
  id: 115,
  name: "public-ip-standard",
  area: "network",
  kind: "resource",
  types: [types.publicAddress],
  title: "A public address is a Standard one that stays the same.",
  why: "Basic addresses are retired, and one that changes locks out whoever allows it.",
  remedy: "Set sku.name: Standard and publicIPAllocationMethod: Static.",
  severity: "low",
  levels: levels.always,
  source: "PSRule Azure.PublicIP.StandardSKU",
  check: ({ inputs }) => [
    ...expectAt(inputs, "sku.name", oneOf("Standard", "StandardV2"), "be Standard"),
    ...expectAt(inputs, "publicIPAllocationMethod", oneOf("Static"), "be Static"),
  ],
};

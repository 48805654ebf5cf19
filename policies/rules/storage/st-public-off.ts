import { expectAt, oneOf } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const stPublicOff: ResourceRule = {
  id: 126,
  name: "st-public-off",
  area: "storage",
  kind: "resource",
  types: [types.storageAccount],
  title: "A storage account has no public endpoint.",
  why: "A firewall list on a public endpoint grows until it lets in more than anybody knows.",
  remedy: "Set publicNetworkAccess to Disabled and reach the account through private endpoints.",
  severity: "high",
  levels: levels.rising,
  source: "CKV_AZURE_59; Azure Policy b2982f36",
  check: ({ inputs }) => expectAt(inputs, "publicNetworkAccess", oneOf("Disabled"), 'be "Disabled"'),
};

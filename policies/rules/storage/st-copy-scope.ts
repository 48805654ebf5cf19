import { expectAt, oneOf } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const stCopyScope: ResourceRule = {
  id: 234,
  name: "st-copy-scope",
  area: "storage",
  kind: "resource",
  types: [types.storageAccount],
  title: "A storage account takes server-side copies only from its own tenant or network.",
  why: "Somebody with a right to write can otherwise have Azure copy in data from any tenant, past the network of the account.",
  remedy: "Set allowedCopyScope to AAD or PrivateLink.",
  severity: "medium",
  levels: levels.advised,
  source: "https://learn.microsoft.com/azure/storage/common/security-restrict-copy-operations",
  check: ({ inputs }) => expectAt(inputs, "allowedCopyScope", oneOf("AAD", "PrivateLink"), "be AAD or PrivateLink"),
};

import { read } from "../../../core/property-tree";
import { expectAt, isText, oneOf } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const stNoSharedKey: ResourceRule = {
  id: 123,
  name: "st-no-shared-key",
  area: "storage",
  kind: "resource",
  types: [types.storageAccount],
  title: "A storage account accepts identities only, no account keys.",
  why: "A key may do everything, never expires and names nobody in the log.",
  remedy:
    "Set allowSharedKeyAccess: false and defaultToOAuthAuthentication: true, and grant roles instead. Where a service asks for keys, close the public endpoint and say why in the tag accountKeys.",
  severity: "high",
  levels: levels.advisoryInDev,
  source: "PSRule Azure.Storage.LocalAuth; CKV2_AZURE_40",
  check: ({ inputs }) => [
    ...(isExcepted(inputs) ? [] : expectAt(inputs, "allowSharedKeyAccess", oneOf(false), "be false")),
    ...expectAt(inputs, "defaultToOAuthAuthentication", oneOf(true), "be true"),
  ],
};

/**
 * Managed Lustre works with no account without keys. Such an account says why it has them, and is reached by private endpoints alone, so that a
 * key that leaks opens nothing from outside.
 */
function isExcepted(inputs: unknown): boolean {
  const reason = read(inputs, "tags.accountKeys");
  return isText(reason) && reason.trim() !== "" && read(inputs, "publicNetworkAccess") === "Disabled";
}

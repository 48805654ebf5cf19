import { expectAt, oneOf } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const stNoSharedKey: ResourceRule = {
  id: 123,
  name: "st-no-shared-key",
  area: "storage",
  kind: "resource",
  types: [types.storageAccount],
  title: "A storage account accepts identities only, no account keys.",
  why: "A key may do everything, expires never and names nobody in the log.",
  remedy: "Set allowSharedKeyAccess: false and defaultToOAuthAuthentication: true, and grant roles instead.",
  severity: "high",
  levels: levels.advisoryInDev,
  source: "PSRule Azure.Storage.LocalAuth; CKV2_AZURE_40",
  check: ({ inputs }) => [
    ...expectAt(inputs, "allowSharedKeyAccess", oneOf(false), "be false"),
    ...expectAt(inputs, "defaultToOAuthAuthentication", oneOf(true), "be true"),
  ],
};

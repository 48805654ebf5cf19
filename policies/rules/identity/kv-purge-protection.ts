import { absentOr, expectAt } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const kvPurgeProtection: ResourceRule = {
  id: 148,
  name: "kv-purge-protection",
  area: "identity",
  kind: "resource",
  types: [types.keyVault],
  title: "Nobody can purge a Key Vault before its days are over.",
  why: "A key that is gone takes all data with it that it encrypts.",
  remedy:
    "Set properties.enablePurgeProtection to true and properties.softDeleteRetentionInDays to 7 or more. Azure never takes that back.",
  severity: "critical",
  levels: levels.advisoryInDev,
  source:
    "PSRule Azure.KeyVault.PurgeProtect, KeyVault.SoftDelete; CKV_AZURE_42, 110, 111; Azure Policy 0b60c0b2, 1e66c121",
  check: ({ inputs }) => [
    ...expectAt(inputs, "properties.enablePurgeProtection", (it) => it === true, "be true"),
    // Absent is on: that is what Azure does.
    ...expectAt(inputs, "properties.enableSoftDelete", (it) => it !== false, "not be false"),
    ...expectAt(
      inputs,
      "properties.softDeleteRetentionInDays",
      absentOr((it) => typeof it === "number" && it >= 7),
      "be 7 days or more",
    ),
  ],
};

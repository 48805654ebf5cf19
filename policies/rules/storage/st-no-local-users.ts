import { expectAt, notTrue } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const stNoLocalUsers: ResourceRule = {
  id: 128,
  name: "st-no-local-users",
  area: "storage",
  kind: "resource",
  types: [types.storageAccount],
  title: "A storage account has no users of its own and no SFTP.",
  why: "They sign in with a password or a key, past Entra ID and its log.",
  remedy: "Remove isLocalUserEnabled and isSftpEnabled, or set them to false.",
  severity: "medium",
  levels: levels.always,
  source: "CKV_AZURE_244",
  check: ({ inputs }) =>
    ["isLocalUserEnabled", "isSftpEnabled"].flatMap((path) => expectAt(inputs, path, notTrue, "not be true")),
};

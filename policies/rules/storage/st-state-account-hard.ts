import { about, expectAt, expectProtected, oneOf } from "../../engine/expect";
import { read } from "../../../core/property-tree";
import { levels, sameType, type StackRule } from "../../engine/rule";
import { types } from "../../engine/types";
import { isOf } from "./blob-service";

/** Value of the tag `purpose` of an account that holds the state of stacks. */
const stateAccount = "pulumi-state";

export const stStateAccountHard: StackRule = {
  id: 134,
  name: "st-state-account-hard",
  area: "storage",
  kind: "stack",
  types: [types.storageAccount, types.blobServiceProperties],
  title: "The account with the state of stacks is protected, keyless, private to people, and keeps every version.",
  why: "The state is the map of everything, with secrets in it; whoever loses it imports each resource by hand.",
  remedy:
    "Register the account with protect: true, allowSharedKeyAccess: false and allowBlobPublicAccess: false, and its BlobServiceProperties with isVersioningEnabled, deleteRetentionPolicy and containerDeleteRetentionPolicy.",
  severity: "critical",
  levels: levels.always,
  source: "Azure Policy 8c6a50c6; CKV2_AZURE_38",
  check: (resources) => {
    const accounts = resources.filter(({ type }) => sameType(type, types.storageAccount));
    const services = resources.filter(({ type }) => sameType(type, types.blobServiceProperties));
    return accounts
      .filter(({ inputs }) => read(inputs, "tags.purpose") === stateAccount)
      .flatMap((account) => {
        const own = services.filter((it) => isOf(it, account, accounts));
        return [
          ...about(account, [
            ...expectProtected(account),
            ...expectAt(account.inputs, "allowSharedKeyAccess", oneOf(false), "be false"),
            ...expectAt(account.inputs, "allowBlobPublicAccess", oneOf(false), "be false"),
            ...(own.length === 0
              ? [{ path: "accountName", is: "an account without BlobServiceProperties", must: "have them" }]
              : []),
          ]),
          ...own.flatMap((it) =>
            about(
              it,
              [
                "isVersioningEnabled",
                "deleteRetentionPolicy.enabled",
                "containerDeleteRetentionPolicy.enabled",
              ].flatMap((path) => expectAt(it.inputs, path, oneOf(true), "be true")),
            ),
          ),
        ];
      });
  },
};

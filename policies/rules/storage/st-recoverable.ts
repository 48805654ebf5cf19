import { about, expectAt, oneOf } from "../../engine/expect";
import { read } from "../../../core/property-tree";
import { levels, sameType, type StackRule } from "../../engine/rule";
import { types } from "../../engine/types";
import { isOf } from "./blob-service";

export const stRecoverable: StackRule = {
  id: 131,
  name: "st-recoverable",
  area: "storage",
  kind: "stack",
  types: [types.storageAccount, types.blobServiceProperties],
  title: "Blobs and containers that somebody deleted can be had back for days.",
  why: "One wrong command otherwise ends every checkpoint and every set of weights.",
  remedy:
    "Register BlobServiceProperties of the account with deleteRetentionPolicy and containerDeleteRetentionPolicy enabled.",
  severity: "critical",
  levels: levels.mandatoryInProd,
  source: "PSRule Azure.Storage.SoftDelete, ContainerSoftDelete; CKV2_AZURE_38; AZU-0056; Azure Policy c36a325b",
  check: (resources) => {
    const accounts = resources.filter(({ type, inputs }) => sameType(type, types.storageAccount) && holdsBlobs(inputs));
    const services = resources.filter(({ type }) => sameType(type, types.blobServiceProperties));
    return accounts.flatMap((account) => {
      const own = services.filter((it) => isOf(it, account, accounts));
      if (own.length === 0)
        return about(account, [
          { path: "accountName", is: "an account without BlobServiceProperties", must: "have them" },
        ]);
      return own.flatMap((it) =>
        about(it, [
          ...expectAt(it.inputs, "deleteRetentionPolicy.enabled", oneOf(true), "be true"),
          ...expectAt(it.inputs, "containerDeleteRetentionPolicy.enabled", oneOf(true), "be true"),
        ]),
      );
    });
  },
};

/** An account of file shares alone has no blobs. */
function holdsBlobs(inputs: unknown): boolean {
  return read(inputs, "kind") !== "FileStorage";
}

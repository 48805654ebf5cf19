import { about, expectAt, oneOf, unjudged } from "../../engine/expect";
import { isUnknown } from "../../../core/property-marks";
import { read } from "../../../core/property-tree";
import { levels, sameType, type Outcome, type StackRule, type Subject } from "../../engine/rule";
import { types } from "../../engine/types";
import { isOf } from "./blob-service";

/** Values of the tag `purpose` of accounts whose blobs nobody can make again. */
const irreplaceable = ["pulumi-state", "checkpoints", "weights"];

export const stRecoverable: StackRule = {
  id: 131,
  name: "st-recoverable",
  area: "storage",
  kind: "stack",
  types: [types.storageAccount, types.blobServiceProperties],
  title:
    "Blobs and containers that somebody deleted can be had back for days, and what was written over where nobody can make it again.",
  why: "One wrong command otherwise ends every checkpoint and every set of weights.",
  remedy:
    "Register BlobServiceProperties of the account with deleteRetentionPolicy and containerDeleteRetentionPolicy enabled, and isVersioningEnabled where its tag purpose is pulumi-state, checkpoints or weights.",
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
          ...expectVersions(account, it),
        ]),
      );
    });
  },
};

/** An account of file shares alone has no blobs. */
function holdsBlobs(inputs: unknown): boolean {
  return read(inputs, "kind") !== "FileStorage";
}

/** Soft delete does not see a blob that is written over. An account with a hierarchical namespace has no versions. */
function expectVersions(account: Subject, service: Subject): Outcome[] {
  const [purpose, hierarchical] = [read(account.inputs, "tags.purpose"), read(account.inputs, "isHnsEnabled")];
  if (hierarchical === true) return [];
  if (!isUnknown(purpose) && !irreplaceable.some((it) => it === purpose)) return [];
  const missing = expectAt(service.inputs, "isVersioningEnabled", oneOf(true), "be true");
  const vague = isUnknown(purpose) || isUnknown(hierarchical);
  return missing.length > 0 && vague ? [unjudged("isVersioningEnabled")] : missing;
}

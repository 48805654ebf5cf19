import { absentOr, expectAt, oneOf } from "../../engine/expect";
import { levels, sameType, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const stNoAnonymous: ResourceRule = {
  id: 122,
  name: "st-no-anonymous",
  area: "storage",
  kind: "resource",
  types: [types.storageAccount, types.blobContainer],
  title: "Nobody reads a blob without signing in.",
  why: "Data sets and model weights would be one guessed address away from everybody.",
  remedy: "Set allowBlobPublicAccess: false on the account and publicAccess None on the container.",
  severity: "critical",
  levels: levels.always,
  source: "PSRule AZR-000198; CKV_AZURE_34, CKV_AZURE_190; AZU-0007",
  check: ({ type, inputs }) =>
    sameType(type, types.storageAccount)
      ? expectAt(inputs, "allowBlobPublicAccess", oneOf(false), "be false")
      : expectAt(inputs, "publicAccess", absentOr(oneOf("None")), 'be absent or "None"'),
};

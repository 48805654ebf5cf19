import { read } from "../../../core/property-tree";
import { absentOr, expectAt, oneOf } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const stVersionsFlat: ResourceRule = {
  id: 247,
  name: "st-versions-flat",
  area: "storage",
  kind: "resource",
  types: [types.storageAccount],
  title: "An account whose blobs cannot be changed has no hierarchical namespace.",
  why: "Azure refuses versions, and with them policies of versions, in an account with one.",
  remedy: "Leave isHnsEnabled out, and keep what blobfuse2 mounts with folders in another account.",
  severity: "medium",
  levels: levels.always,
  source: "MicrosoftDocs/azure-docs articles/storage/blobs/immutable-version-level-worm-policies.md",
  check: ({ inputs }) =>
    read(inputs, "immutableStorageWithVersioning.enabled") === true
      ? expectAt(inputs, "isHnsEnabled", absentOr(oneOf(false)), "be absent or false beside immutable versions")
      : [],
};

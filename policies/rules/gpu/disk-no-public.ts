import { expectAt, oneOf } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const diskNoPublic: ResourceRule = {
  id: 37,
  name: "disk-no-public",
  area: "gpu",
  kind: "resource",
  types: [types.disk, types.snapshot],
  title: "No disk and no snapshot can be exported over the internet.",
  why: "Whoever gets an export link downloads the whole disk, past every rule of the network.",
  remedy: "Set publicNetworkAccess: Disabled and networkAccessPolicy: DenyAll, or AllowPrivate with a disk access.",
  severity: "critical",
  levels: levels.always,
  source: "CKV_AZURE_251; Azure Policy 8405fdab",
  check: ({ inputs }) => [
    ...expectAt(inputs, "publicNetworkAccess", oneOf("Disabled"), "be Disabled"),
    ...expectAt(inputs, "networkAccessPolicy", oneOf("DenyAll", "AllowPrivate"), "be DenyAll or AllowPrivate"),
  ],
};

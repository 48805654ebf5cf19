import { expectAt, oneOf } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const aksNoLocalAccounts: ResourceRule = {
  id: 43,
  name: "aks-no-local-accounts",
  area: "cluster",
  kind: "resource",
  types: [types.cluster],
  title: "A cluster has no local accounts.",
  why: "Their administrator certificate works without Entra ID, names nobody in the audit log and is hard to revoke.",
  remedy: "Set disableLocalAccounts: true.",
  severity: "high",
  levels: levels.always,
  source: "PSRule AZR-000031; CKV_AZURE_141",
  check: ({ inputs }) => expectAt(inputs, "disableLocalAccounts", oneOf(true), "be true"),
};

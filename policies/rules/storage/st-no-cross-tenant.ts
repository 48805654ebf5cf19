import { expectAt, notTrue } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const stNoCrossTenant: ResourceRule = {
  id: 127,
  name: "st-no-cross-tenant",
  area: "storage",
  kind: "resource",
  types: [types.storageAccount],
  title: "A storage account replicates no blobs to another tenant.",
  why: "A rule of replication copies data out quietly, for as long as nobody looks.",
  remedy: "Remove allowCrossTenantReplication, or set it to false.",
  severity: "medium",
  levels: levels.always,
  source: "Azure Policy 92a89a79",
  check: ({ inputs }) => expectAt(inputs, "allowCrossTenantReplication", notTrue, "not be true"),
};

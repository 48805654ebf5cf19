import { expectAt } from "../../engine/expect";
import { read } from "../../../core/property-tree";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const stHttpsOnly: ResourceRule = {
  id: 121,
  name: "st-https-only",
  area: "storage",
  kind: "resource",
  types: [types.storageAccount],
  title: "A storage account answers over TLS only.",
  why: "Data and tokens would cross the network in clear.",
  remedy: "Remove enableHttpsTrafficOnly: false.",
  severity: "high",
  levels: levels.always,
  source: "PSRule AZR-000196; CKV_AZURE_3; AZU-0008",
  check: ({ inputs }) => {
    // NFS has no TLS: it is allowed where the network is the gate.
    const closedNfs = read(inputs, "enableNfsV3") === true && read(inputs, "networkRuleSet.defaultAction") === "Deny";
    // Absent is on: that is Azure's default.
    return closedNfs ? [] : expectAt(inputs, "enableHttpsTrafficOnly", (it) => it !== false, "not be false");
  },
};

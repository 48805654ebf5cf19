import { expectAt } from "../../engine/expect";
import { isList } from "../../../core/property-value";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const amlfsSingleZone: ResourceRule = {
  id: 136,
  name: "amlfs-single-zone",
  area: "storage",
  kind: "resource",
  types: [types.lustre],
  title: "A Lustre file system lies in exactly one zone.",
  why: "Azure refuses a file system without a zone, and one with several.",
  remedy: "Set zones to the zone of the nodes that mount it.",
  severity: "medium",
  levels: levels.always,
  source: "Azure/bicep-types-az storagecache",
  check: ({ inputs }) => expectAt(inputs, "zones", (it) => isList(it) && it.length === 1, "hold exactly one zone"),
};

import { expectAt, oneOf } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const anfRootAccess: ResourceRule = {
  id: 143,
  name: "anf-root-access",
  area: "storage",
  kind: "resource",
  types: [types.netAppVolume],
  title: "An NFS volume gives root of its clients no rights of root.",
  why: "Root of any node owns the files of every team.",
  remedy: "Set hasRootAccess: false in each rule of the exportPolicy.",
  severity: "high",
  levels: levels.advisoryInDev,
  source: "MicrosoftDocs/azure-docs articles/azure-netapp-files/azure-netapp-files-configure-export-policy.md",
  check: ({ inputs }) => expectAt(inputs, "exportPolicy.rules[].hasRootAccess", oneOf(false), "be false"),
};

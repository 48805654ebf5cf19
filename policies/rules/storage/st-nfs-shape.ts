import { expectAt, oneOf } from "../../engine/expect";
import { read } from "../../../core/property-tree";
import { levels, type ResourceRule } from "../../engine/rule";

export const stNfsShape: ResourceRule = {
  id: 133,
  name: "st-nfs-shape",
  area: "storage",
  kind: "resource",
  types: ["azure-native:storage:FileShare"],
  title: "An NFS share takes root from the nodes that mount it.",
  why: "Root of any node is root of the share, and owns the files of every team.",
  remedy: "Set rootSquash to RootSquash or AllSquash.",
  severity: "high",
  levels: levels.advisoryInDev,
  source: "ours",
  check: ({ inputs }) =>
    read(inputs, "enabledProtocols") === "NFS"
      ? expectAt(inputs, "rootSquash", oneOf("RootSquash", "AllSquash"), "be RootSquash or AllSquash on an NFS share")
      : [],
};

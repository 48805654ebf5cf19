import { expectProtected } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const amlfsProtected: ResourceRule = {
  id: 141,
  name: "amlfs-protected",
  area: "storage",
  kind: "resource",
  types: [types.lustre, types.netAppVolume],
  title: "File systems with data are protected against deletion.",
  why: "There is no undelete: checkpoints and data sets are gone.",
  remedy: "Register the file system with the resource option protect: true.",
  severity: "critical",
  levels: levels.notInDev,
  source: "ours",
  check: expectProtected,
};

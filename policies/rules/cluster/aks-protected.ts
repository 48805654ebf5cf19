import { expectProtected } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const aksProtected: ResourceRule = {
  id: 76,
  name: "aks-protected",
  area: "cluster",
  kind: "resource",
  types: [types.cluster],
  title: "A cluster is protected against deletion.",
  why: "Some changes replace a cluster, and the replacement takes every job and namespace with it.",
  remedy: "Register the cluster with the resource option protect: true.",
  severity: "critical",
  levels: levels.notInDev,
  source: "ours",
  check: expectProtected,
};

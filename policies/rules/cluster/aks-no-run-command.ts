import { expectAt, oneOf } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const aksNoRunCommand: ResourceRule = {
  id: 56,
  name: "aks-no-run-command",
  area: "cluster",
  kind: "resource",
  types: [types.cluster],
  title: "Nobody runs commands in a cluster through Azure's API.",
  why: "The command az aks command invoke starts a pod as administrator of the cluster from outside the private network.",
  remedy: "Set apiServerAccessProfile.disableRunCommand: true.",
  severity: "medium",
  levels: levels.advisoryInDev,
  source: "Azure Policy 89f2d532",
  check: ({ inputs }) => expectAt(inputs, "apiServerAccessProfile.disableRunCommand", oneOf(true), "be true"),
};

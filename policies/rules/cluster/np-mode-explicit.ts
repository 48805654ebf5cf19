import { expectAt, oneOf } from "../../engine/expect";
import { text } from "../../../core/property-tree";
import { levels, type ResourceRule } from "../../engine/rule";
import { nodePools, sizeAt } from "../../engine/sizes";
import { types } from "../../engine/types";

export const npModeExplicit: ResourceRule = {
  id: 78,
  name: "np-mode-explicit",
  area: "cluster",
  kind: "resource",
  types: [types.nodePool, types.cluster],
  title: "A node pool says its mode, and GPU and spot pools are User pools.",
  why: "System pods on GPU nodes keep them from scaling to zero, and on spot nodes they are evicted.",
  remedy: "Set mode to User.",
  severity: "medium",
  levels: levels.always,
  source: "PSRule AZR-000412 (related)",
  check: (resource) =>
    nodePools(resource).flatMap((pool) => {
      const { inputs } = resource;
      const gpu = sizeAt(inputs, `${pool}vmSize`)?.gpu != null;
      const spot = text(inputs, `${pool}scaleSetPriority`) === "Spot";
      return gpu || spot
        ? expectAt(inputs, `${pool}mode`, oneOf("User"), `be "User" on a ${gpu ? "GPU" : "spot"} pool`)
        : expectAt(inputs, `${pool}mode`, oneOf("User", "System"), "be User or System");
    }),
};

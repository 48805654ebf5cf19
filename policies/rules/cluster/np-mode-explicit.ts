import { expectAt, oneOf } from "../../engine/expect";
import { text } from "../../../core/property-tree";
import { levels, type ResourceRule } from "../../engine/rule";
import { sizeAt } from "../../engine/sizes";
import { types } from "../../engine/types";

export const npModeExplicit: ResourceRule = {
  id: 78,
  name: "np-mode-explicit",
  area: "cluster",
  kind: "resource",
  types: [types.nodePool],
  title: "A node pool says its mode, and GPU and spot pools are User pools.",
  why: "System pods on GPU nodes keep them from scaling to zero, and on spot nodes they are evicted.",
  remedy: "Set mode to User.",
  severity: "medium",
  levels: levels.always,
  source: "PSRule AZR-000412 (related)",
  check: ({ inputs }) => {
    const gpu = sizeAt(inputs, "vmSize")?.gpu != null;
    const spot = text(inputs, "scaleSetPriority") === "Spot";
    return gpu || spot
      ? expectAt(inputs, "mode", oneOf("User"), `be "User" on a ${gpu ? "GPU" : "spot"} pool`)
      : expectAt(inputs, "mode", oneOf("User", "System"), "be User or System");
  },
};

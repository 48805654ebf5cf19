import { unjudged, violation } from "../../engine/expect";
import { levels, type Outcome, type ResourceRule } from "../../engine/rule";
import { nodePools } from "../../engine/sizes";
import { types } from "../../engine/types";
import { isUnknown } from "../../../core/property-marks";
import { childPath, read, record } from "../../../core/property-tree";

export const npNoSystemLabels: ResourceRule = {
  id: 100,
  name: "np-no-system-labels",
  area: "cluster",
  kind: "resource",
  types: [types.nodePool, types.cluster],
  title: "A pool sets no label that belongs to AKS.",
  why: "AKS refuses such a label, or writes over it.",
  remedy: "Use a prefix of your own for node labels.",
  severity: "low",
  levels: levels.always,
  source: "Azure Policy a22123bd",
  check: (resource) =>
    nodePools(resource).flatMap((pool) => {
      const labels = `${pool}nodeLabels`;
      if (isUnknown(read(resource.inputs, labels))) return [unjudged(labels)];
      return Object.entries(record(resource.inputs, labels)).flatMap(([key, value]): readonly Outcome[] =>
        /^(?:[^/]+\.)?kubernetes\.azure\.com\//.test(key)
          ? [violation(childPath(labels, key), value, "be absent: AKS owns the prefix")]
          : [],
      );
    }),
};

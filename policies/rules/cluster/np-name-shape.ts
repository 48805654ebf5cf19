import { limits } from "../../../catalog/limits";
import { expectAt, matches } from "../../engine/expect";
import { read } from "../../../core/property-tree";
import { levels, type ResourceRule } from "../../engine/rule";
import { nodePools } from "../../engine/sizes";
import { types } from "../../engine/types";

export const npNameShape: ResourceRule = {
  id: 96,
  name: "np-name-shape",
  area: "cluster",
  kind: "resource",
  types: [types.nodePool, types.cluster],
  title: "A node pool has a physical name that AKS accepts.",
  why: "Pulumi's automatic names add a suffix with characters that AKS refuses.",
  remedy:
    "Set agentPoolName, or name of a pool in a cluster: lowercase letters and digits, a letter first, at most 12 (6 for Windows).",
  severity: "medium",
  levels: levels.always,
  source: "Azure/bicep-types-az containerservice",
  check: (resource) =>
    nodePools(resource).flatMap((pool) => {
      // A pool in a cluster has no other name than this one.
      const path = pool === "" ? "agentPoolName" : `${pool}name`;
      return read(resource.inputs, `${pool}osType`) === "Windows"
        ? expectAt(
            resource.inputs,
            path,
            matches(/^[a-z][a-z0-9]{0,5}$/),
            "be 1 to 6 lowercase letters or digits and start with a letter",
          )
        : expectAt(
            resource.inputs,
            path,
            matches(limits.aksPoolName.pattern),
            limits.aksPoolName.rule.replace(/^must /, ""),
          );
    }),
};

import { expectAt, notTrue } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { nodePools } from "../../engine/sizes";
import { types } from "../../engine/types";

export const npNoPublicIp: ResourceRule = {
  id: 82,
  name: "np-no-public-ip",
  area: "cluster",
  kind: "resource",
  types: [types.nodePool, types.cluster],
  title: "No node of a pool has a public address.",
  why: "Every node would be on the internet, found and tried within minutes.",
  remedy: "Remove enableNodePublicIP, or set it to false.",
  severity: "critical",
  levels: levels.always,
  source: "CKV_AZURE_143; CIS AKS 5.4.3",
  check: (resource) =>
    nodePools(resource).flatMap((pool) =>
      expectAt(resource.inputs, `${pool}enableNodePublicIP`, notTrue, "not be true"),
    ),
};

import { expectAt, oneOf } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { nodePools } from "../../engine/sizes";
import { types } from "../../engine/types";

export const npHostEncryption: ResourceRule = {
  id: 83,
  name: "np-host-encryption",
  area: "cluster",
  kind: "resource",
  types: [types.nodePool, types.cluster],
  title: "Nodes of a pool encrypt at the host.",
  why: "Otherwise temporary disks and caches, where data sets and checkpoints pass, lie on the host in clear.",
  remedy: "Set enableEncryptionAtHost: true when the pool is created.",
  severity: "high",
  levels: levels.advisoryInDev,
  source: "CKV_AZURE_227; Azure Policy 41425d9f",
  check: (resource) =>
    nodePools(resource).flatMap((pool) =>
      expectAt(resource.inputs, `${pool}enableEncryptionAtHost`, oneOf(true), "be true"),
    ),
};

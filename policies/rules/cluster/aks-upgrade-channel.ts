import { about, absentOr, expectAt, oneOf } from "../../engine/expect";
import { levels, type StackRule } from "../../engine/rule";
import { types } from "../../engine/types";
import { clustersOf } from "./infiniband-pools";

export const aksUpgradeChannel: StackRule = {
  id: 241,
  name: "aks-upgrade-channel",
  area: "cluster",
  kind: "stack",
  types: [types.cluster, types.nodePool],
  title: "AKS does not raise the Kubernetes version of a cluster with InfiniBand pools by itself.",
  why: "An upgrade reimages every node of every pool, and one of them stops a job on its whole domain. The channel node-image does the same.",
  remedy: "Set autoUpgradeProfile.upgradeChannel to none, and upgrade drained pools one after the other.",
  severity: "medium",
  levels: levels.advisoryInDev,
  source: "MicrosoftDocs/azure-aks-docs:articles/aks/auto-upgrade-cluster.md (2026-08-21)",
  check: (resources) =>
    clustersOf(resources).flatMap(({ cluster, infiniband }) =>
      // Absent, it is none.
      infiniband
        ? about(
            cluster,
            expectAt(
              cluster.inputs,
              "autoUpgradeProfile.upgradeChannel",
              absentOr(oneOf("none")),
              'be "none" while a pool uses InfiniBand',
            ),
          )
        : [],
    ),
};

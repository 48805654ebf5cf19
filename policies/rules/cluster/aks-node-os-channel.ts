import { about, expectAt, isText, oneOf } from "../../engine/expect";
import { levels, type StackRule } from "../../engine/rule";
import { types } from "../../engine/types";
import { clustersOf } from "./infiniband-pools";

const path = "autoUpgradeProfile.nodeOSUpgradeChannel";

export const aksNodeOsChannel: StackRule = {
  id: 67,
  name: "aks-node-os-channel",
  area: "cluster",
  kind: "stack",
  types: [types.cluster, types.nodePool],
  title: "A cluster says how node images are upgraded, and a cluster with InfiniBand pools does not let AKS do it.",
  why: "One reimaged node stops a job on its whole domain, and new node images have come with broken GPU drivers.",
  remedy:
    "Set autoUpgradeProfile.nodeOSUpgradeChannel; to None when a pool uses InfiniBand, and upgrade drained nodes.",
  severity: "medium",
  levels: levels.advisoryInDev,
  source: "Azure/AKS#5869; the opposite of Azure Policy 04408ca5",
  check: (resources) =>
    clustersOf(resources).flatMap(({ cluster, infiniband }) =>
      about(
        cluster,
        infiniband
          ? expectAt(cluster.inputs, path, oneOf("None"), 'be "None" while a pool uses InfiniBand')
          : expectAt(cluster.inputs, path, (it) => isText(it) && it !== "", "be set"),
      ),
    ),
};

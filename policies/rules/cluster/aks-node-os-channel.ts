import { about, expectAt, isText, oneOf } from "../../engine/expect";
import { belongsTo } from "../../engine/ownership";
import { locate } from "../../../core/property-tree";
import { levels, sameType, type Subject, type StackRule } from "../../engine/rule";
import { sizeAt } from "../../engine/sizes";
import { types } from "../../engine/types";

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
  check: (resources) => {
    const clusters = resources.filter((it) => sameType(it.type, types.cluster));
    const pools = resources.filter((it) => sameType(it.type, types.nodePool));
    return clusters.flatMap((cluster) => {
      const own = pools.filter((pool) => belongsTo(pool, cluster, clusters, "cluster"));
      const outcomes = hasInfiniBand(cluster, own)
        ? expectAt(cluster.inputs, path, oneOf("None"), 'be "None" while a pool uses InfiniBand')
        : expectAt(cluster.inputs, path, (it) => isText(it) && it !== "", "be set");
      return about(cluster, outcomes);
    });
  },
};

function hasInfiniBand(cluster: Subject, pools: readonly Subject[]): boolean {
  const inline = locate(cluster.inputs, "agentPoolProfiles[].vmSize").map(({ path: at }) => sizeAt(cluster.inputs, at));
  const sizes = [...inline, ...pools.map(({ inputs }) => sizeAt(inputs, "vmSize"))];
  return sizes.some((size) => size?.infiniband != null);
}

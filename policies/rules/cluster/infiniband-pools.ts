import { locate } from "../../../core/property-tree";
import { belongsTo } from "../../engine/ownership";
import { sameType, type Subject } from "../../engine/rule";
import { sizeAt } from "../../engine/sizes";
import { types } from "../../engine/types";

/** The clusters among resources, each with whether a pool of it, inside or beside, has a size with InfiniBand. */
export function clustersOf(
  resources: readonly Subject[],
): { readonly cluster: Subject; readonly infiniband: boolean }[] {
  const clusters = resources.filter((it) => sameType(it.type, types.cluster));
  const pools = resources.filter((it) => sameType(it.type, types.nodePool));
  return clusters.map((cluster) => {
    const sizes = [
      ...locate(cluster.inputs, "agentPoolProfiles[].vmSize").map(({ path }) => sizeAt(cluster.inputs, path)),
      ...pools
        .filter((pool) => belongsTo(pool, cluster, clusters, "cluster"))
        .map(({ inputs }) => sizeAt(inputs, "vmSize")),
    ];
    return { cluster, infiniband: sizes.some((size) => size?.infiniband != null) };
  });
}

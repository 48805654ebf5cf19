import { findVmSize } from "../../../catalog/vm-sizes";
import { locate, read } from "../../../core/property-tree";
import { isText } from "../../engine/expect";
import { belongsTo } from "../../engine/ownership";
import { sameType, type Subject } from "../../engine/rule";
import { types } from "../../engine/types";

/** The clusters among resources, each with whether a pool of it, inside or beside, has a size with InfiniBand. */
export function clustersOf(
  resources: readonly Subject[],
): { readonly cluster: Subject; readonly infiniband: boolean }[] {
  const clusters = resources.filter((it) => sameType(it.type, types.cluster));
  const pools = resources.filter((it) => sameType(it.type, types.nodePool));
  return clusters.map((cluster) => {
    const sizes = [
      ...locate(cluster.inputs, "agentPoolProfiles[].vmSize").map(({ value }) => value),
      ...pools
        .filter((pool) => belongsTo(pool, cluster, clusters, "cluster"))
        .map(({ inputs }) => read(inputs, "vmSize")),
    ];
    return { cluster, infiniband: sizes.some((size) => isText(size) && findVmSize(size)?.infiniband != null) };
  });
}

import type { GpuPoolRef } from "../../cluster/gpu-pool/gpu-pool-ref";
import { meteredPools } from "../managed-prometheus/metered-pool";
import { clusterDashboard } from "./cluster-dashboard";
import { costDashboard } from "./cost-dashboard";
import { gpuDashboard } from "./gpu-dashboard";
import { infinibandDashboard } from "./infiniband-dashboard";
import type { Dashboard, ShownStore } from "./panel";
import { queueDashboard } from "./queue-dashboard";
import { storageDashboard } from "./storage-dashboard";
import { teamDashboard } from "./team-dashboard";

/**
 * Every dashboard that the pools of a cluster call for.
 * @param location Region of the cluster.
 * @param stores What teams and machines share.
 */
export function dashboards(
  gpuPools: readonly GpuPoolRef[],
  location: string,
  stores: readonly ShownStore[],
): Dashboard[] {
  const pools = meteredPools(gpuPools, location);
  if (pools.length === 0) return [];
  return [
    clusterDashboard,
    gpuDashboard(pools),
    ...(pools.some(({ infiniband }) => infiniband !== null) ? [infinibandDashboard] : []),
    storageDashboard(stores),
    queueDashboard,
    costDashboard,
    teamDashboard,
  ];
}

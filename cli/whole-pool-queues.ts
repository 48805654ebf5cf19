import type { GpuPoolRef } from "../components/cluster/gpu-pool/gpu-pool-ref";
import type { QueuesRef } from "../components/platform/queues-ref";
import { planTeamQueue } from "../components/queues/team-queue/plan";
import { toProps } from "../core/property-value";
import type { QueueMaker } from "../simulator/rehearsal/plan-gang";

/**
 * Makes queues as those of teams are, each for a team that owns all of a pool but its spares. They are for a cluster in which every pool has all
 * its nodes.
 */
export function wholePoolQueues(pools: readonly GpuPoolRef[], { cohortName, placeless }: QueuesRef): QueueMaker {
  return (team, key) => {
    const pool = pools.find((it) => it.key === key);
    if (pool === undefined) throw new Error(`There is no GPU pool ${key}.`);
    // Without its check, which has Azure make nodes: they are all there.
    const queues = { cohortName, placeless };
    const gpus = pool.gpusPerNode * (pool.maxNodes - pool.spareNodes);
    return toProps(planTeamQueue(team, { gpus }, { pool, queues }).clusterQueue);
  };
}

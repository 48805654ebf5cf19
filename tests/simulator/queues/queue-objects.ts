import { labels } from "../../../catalog/scheduling";
import type { GpuPoolPlan } from "../../../components/cluster/gpu-pool/plan";
import type { QueuesRef } from "../../../components/platform/queues-ref";
import { planTeamQueue } from "../../../components/queues/team-queue/plan";
import { type Props, toProps } from "../../../core/property-value";

/** Queue of each team, in its namespace. */
export const localQueue = "default";

/** Teams that share the pool, each with a queue and a namespace of its name. */
export const teams = ["a", "b"] as const;
export type Team = (typeof teams)[number];

/** What teams need to queue beside Kueue: each owns as many nodes of the pool, and may borrow as many from the other. */
export function queueObjects({ ref }: GpuPoolPlan, queues: QueuesRef, nodesOfEach: number): Props[] {
  const gpus = nodesOfEach * ref.gpusPerNode;
  return teams.flatMap((team, at): Props[] => [
    toProps({
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: team, labels: { [labels.tenant]: team, [labels.pool]: ref.key, [labels.queue]: team } },
    }),
    toProps(planTeamQueue(team, { gpus, borrow: gpus }, { pool: ref, queues, ahead: at * gpus }).clusterQueue),
    toProps({
      apiVersion: "kueue.x-k8s.io/v1beta2",
      kind: "LocalQueue",
      metadata: { name: localQueue, namespace: team },
      spec: { clusterQueue: team },
    }),
  ]);
}

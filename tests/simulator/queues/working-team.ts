import type { GpuPoolPlan } from "../../../components/cluster/gpu-pool/plan";
import { planTeamQueue } from "../../../components/queues/team-queue/plan";
import { planTeamNamespace } from "../../../components/tenancy/team-namespace/plan";
import { toProps } from "../../../core/property-value";
import { vision } from "../../components/tenancy/teams";
import { countQuotas } from "./count-quotas";
import type { QueuedCluster } from "./queued-cluster";

/** Name of the namespace of the one team that has all that a training team has. */
export const workplace = "train-vision";

/** Makes that team: namespace, quota, limits, queue, and what its pods read. It owns all nodes of the pool but the spare ones. */
export async function workingTeam({ cluster, queues }: QueuedCluster, { ref }: GpuPoolPlan): Promise<void> {
  const gpus = ref.gpusPerNode * (ref.maxNodes - ref.spareNodes);
  const queue = planTeamQueue(workplace, { gpus }, { pool: ref, queues });
  const plan = planTeamNamespace(workplace, { ...vision, gpus }, { pool: ref, queue: queue.ref });
  const inside = [
    { apiVersion: "v1", kind: "ServiceAccount", ...plan.defaultServiceAccount },
    { apiVersion: "v1", kind: "LimitRange", ...plan.limitRange },
    { apiVersion: "v1", kind: "ResourceQuota", ...plan.resourceQuota },
    { apiVersion: "kueue.x-k8s.io/v1beta2", kind: "LocalQueue", ...plan.localQueue },
    ...plan.configMaps.map((it) => ({ apiVersion: "v1", kind: "ConfigMap", ...it })),
  ].map((it) => ({ ...it, metadata: { ...it.metadata, namespace: workplace } }));
  const objects = [queue.clusterQueue, { apiVersion: "v1", kind: "Namespace", ...plan.namespace }, ...inside].map(
    toProps,
  );
  for (const it of objects) await cluster.apply(it, { manager: "test", force: true });
  await countQuotas(cluster, objects);
}

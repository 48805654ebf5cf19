import { nodeAllocatable } from "../../../catalog/allocatable";
import { gpuResource, labels } from "../../../catalog/scheduling";
import type { GpuPoolPlan } from "../../../components/cluster/gpu-pool/plan";
import type { Props } from "../../../core/property-value";

const apiVersion = "kueue.x-k8s.io/v1beta2";

/** Queue of each team, in its namespace. */
export const localQueue = "default";

/** Teams that share the pool, each with a queue and a namespace of its name. */
export const teams = ["a", "b"] as const;
export type Team = (typeof teams)[number];

/** Names of priorities, and what they weigh. */
export const priorities = { production: 1000, research: 100 } as const;

/** What teams need to queue: each owns as many nodes of the pool, and may borrow as many from the other. */
export function queueObjects({ ref, size }: GpuPoolPlan, nodesOfEach: number): Props[] {
  const { cpu, memoryGiB } = nodeAllocatable(size);
  const quota = Object.entries({
    cpu: `${nodesOfEach * cpu}`,
    memory: `${nodesOfEach * memoryGiB}Gi`,
    ...(size.gpu !== null && { [gpuResource(size.gpu)]: `${nodesOfEach * ref.gpusPerNode}` }),
    ...(ref.rdmaResource !== null && { [ref.rdmaResource]: `${nodesOfEach * (size.infiniband?.hcas ?? 0)}` }),
  });
  const resources = quota.map(([name, amount]) => ({ name, nominalQuota: amount, borrowingLimit: amount }));
  return [
    ...Object.entries(priorities).map(([name, value]) => ({
      apiVersion,
      kind: "WorkloadPriorityClass",
      metadata: { name },
      value,
    })),
    { apiVersion, kind: "Cohort", metadata: { name: "cluster" } },
    ...teams.flatMap((team): Props[] => [
      {
        apiVersion: "v1",
        kind: "Namespace",
        metadata: { name: team, labels: { [labels.tenant]: team, [labels.pool]: ref.key, [labels.queue]: team } },
      },
      {
        apiVersion,
        kind: "ClusterQueue",
        metadata: { name: team },
        spec: {
          cohortName: "cluster",
          namespaceSelector: { matchLabels: { [labels.tenant]: team } },
          queueingStrategy: "BestEffortFIFO",
          resourceGroups: [{ coveredResources: quota.map(([name]) => name), flavors: [{ name: ref.key, resources }] }],
          preemption: { withinClusterQueue: "LowerPriority", reclaimWithinCohort: "Any" },
        },
      },
      {
        apiVersion,
        kind: "LocalQueue",
        metadata: { name: localQueue, namespace: team },
        spec: { clusterQueue: team },
      },
    ]),
  ];
}

import type { AgentPoolPlan, PoolPlan } from "../components/cluster/agent-pool/plan";
import type { GpuPoolPlan } from "../components/cluster/gpu-pool/plan";
import { list, number, record } from "../core/property-tree";
import { toProps } from "../core/property-value";
import type { WorkloadPool } from "../simulator/rehearsal/plan-gang";
import type { InfraPlan } from "../stacks/plan-infra";

/** Every pool of an environment as a workload finds it: grown to its most nodes, with the labels and taints that Azure is asked for. */
export function workloadPools({ gpuPools, cpuPools }: Pick<InfraPlan, "gpuPools" | "cpuPools">): WorkloadPool[] {
  return [...gpuPools, ...cpuPools].flatMap((pool) => pool.agentPools.map((it) => workloadPool(pool, it)));
}

const withoutDevices: Pick<WorkloadPool, "gpusPerNode" | "rdmaResource" | "rdma"> = {
  gpusPerNode: 0,
  rdmaResource: null,
};

function workloadPool(pool: GpuPoolPlan | PoolPlan, { name, body, tags }: AgentPoolPlan): WorkloadPool {
  const asked = toProps(body);
  const { gpusPerNode, rdmaResource, rdma } = "gpuStack" in pool ? pool.ref : withoutDevices;
  return {
    name,
    size: pool.size,
    // Of an autoscaled one the most that it grows to.
    nodes: body.enableAutoScaling === true ? number(asked, "maxCount") : number(asked, "count"),
    nodeLabels: Object.fromEntries(
      Object.entries(record(asked, "nodeLabels")).flatMap(([key, it]) => (typeof it === "string" ? [[key, it]] : [])),
    ),
    nodeTaints: list(asked, "nodeTaints").filter((it) => typeof it === "string"),
    gpusPerNode,
    rdmaResource,
    ...(rdma !== undefined && { rdma }),
    spareNodes: number(tags, "spareNodes"),
  };
}

import { nodeAllocatable } from "../../../catalog/allocatable";
import { fabricProfile } from "../../../catalog/fabric-profile";
import { gpuResource } from "../../../catalog/scheduling";
import type { ServerRole } from "./labels";
import type { ModelServicePlan, ServerPlan } from "./plan";
import { fitOfRole } from "./server-arguments";

/**
 * What the pod of a server asks for: the whole of a node where several share the model, else as much of it as the GPUs are of its GPUs, and its
 * adapters where servers read from one another over InfiniBand.
 */
export function podResources(
  { pool, size }: Pick<ModelServicePlan, "pool" | "size">,
  server: Pick<ServerPlan, "fit" | "prefill">,
  role: ServerRole,
): Readonly<Record<string, string>> {
  if (server.fit.pipeline > 1) return fabricProfile(pool).resources;
  const { cpu, memoryGiB } = nodeAllocatable(size);
  const { tensor } = fitOfRole(server, role);
  const part = (of: number): number => Math.floor((of * tensor) / pool.gpusPerNode);
  const { gpu, infiniband } = size;
  if (gpu === null) throw new Error(`The checks let ${size.name} pass, which has no GPU.`);
  const { rdmaResource } = pool;
  const adapters = server.prefill?.transfer.overTcpBecause === null && infiniband !== null && rdmaResource !== null;
  return {
    cpu: String(part(cpu)),
    memory: `${part(memoryGiB)}Gi`,
    [gpuResource(gpu)]: String(tensor),
    ...(adapters && { [rdmaResource]: String(part(infiniband.hcas)) }),
  };
}

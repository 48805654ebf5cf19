import { gpuStackRows } from "../../../catalog/gpu-stacks";
import type { GpuPoolRef } from "../../cluster/gpu-pool/gpu-pool-ref";

/** Nodes of a pool whose GPUs reach one another over InfiniBand: those of one domain. */
export interface NodeGroup {
  /** 1 where they do not. */
  readonly nodes: number;
  /** What keeps them apart: the end of a sentence that begins with them. Null: nothing. */
  readonly apartBecause: string | null;
}

/** How many nodes of a pool work as one, by adapters that pods ask for by their limits. */
export function together({ rdmaResource, rdma, gpuStack, maxNodes, nodePools, migProfile }: GpuPoolRef): NodeGroup {
  const apart = (apartBecause: string): NodeGroup => ({ nodes: 1, apartBecause });
  if (rdmaResource === null || migProfile !== null) return apart("have no InfiniBand between whole GPUs");
  if (gpuStackRows[gpuStack].computeDomain) return apart("need a ComputeDomain, which models do not bring yet");
  if (rdma === "dranet") return apart("give their adapters for claims, which models do not make yet");
  return { nodes: Math.max(1, Math.floor(maxNodes / nodePools.length)), apartBecause: null };
}

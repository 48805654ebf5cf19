import { gpuResource } from "./scheduling";
import type { VmSize } from "./vm-size";

/** What has to be known of a pool to count the devices of its nodes. */
export interface CountedPool {
  /** GPUs, or instances of a MIG profile, as Kubernetes counts them. */
  readonly gpusPerNode: number;
  /** Extended resource of one InfiniBand adapter, null without InfiniBand. */
  readonly rdmaResource: string | null;
}

/** Devices of one node by the names of their extended resources, GPUs first. None for a size without GPUs. */
export function nodeDevices(
  { gpu, infiniband }: Pick<VmSize, "gpu" | "infiniband">,
  { gpusPerNode, rdmaResource }: CountedPool,
): Readonly<Record<string, number>> {
  if (gpu === null) return {};
  return {
    [gpuResource(gpu)]: gpusPerNode,
    ...(infiniband !== null && rdmaResource !== null && { [rdmaResource]: infiniband.hcas }),
  };
}

import { gpuStackRows, type RdmaMode } from "./gpu-stacks";
import { computeDomainChannels, gpuResource } from "./scheduling";
import type { GpuStack, VmSize } from "./vm-size";

/** What has to be known of a pool to count the devices of its nodes. */
export interface CountedPool {
  /** GPUs, or instances of a MIG profile, as Kubernetes counts them. */
  readonly gpusPerNode: number;
  /** Extended resource of one InfiniBand adapter, null without InfiniBand. */
  readonly rdmaResource: string | null;
  /** How its pods get adapters. @default sriov */
  readonly rdma?: RdmaMode;
}

type Devices = Readonly<Record<string, number>>;

/** Devices of one node by the names of their extended resources, GPUs first. None for a size without GPUs. */
export function nodeDevices(
  { gpu, infiniband }: Pick<VmSize, "gpu" | "infiniband">,
  { gpusPerNode, rdmaResource }: Omit<CountedPool, "rdma">,
): Devices {
  if (gpu === null) return {};
  return {
    [gpuResource(gpu)]: gpusPerNode,
    ...(infiniband !== null && rdmaResource !== null && { [rdmaResource]: infiniband.hcas }),
  };
}

/** Those that the kubelet of a node counts, and that pods ask for by limits. Adapters of DRANET are in no count: pods claim them. */
export function countedDevices(size: Pick<VmSize, "gpu" | "infiniband">, pool: CountedPool): Devices {
  return nodeDevices(size, pool.rdma === "dranet" ? { ...pool, rdmaResource: null } : pool);
}

/** Those that queues share out: claims count by the name of what they give. Of a rack also the places of a node in ComputeDomains. */
export function queuedDevices(
  size: Pick<VmSize, "gpu" | "infiniband">,
  pool: CountedPool & { readonly gpuStack: GpuStack },
): Devices {
  const devices = nodeDevices(size, pool);
  return gpuStackRows[pool.gpuStack].computeDomain ? { ...devices, [computeDomainChannels]: 1 } : devices;
}

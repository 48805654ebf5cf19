import type { DeclaredFigures } from "./declared-figures";
import { gpuDirectOf } from "./gpu-direct";
import { gpuStackRows, type RdmaMode } from "./gpu-stacks";
import type { MemlockMode } from "./memlock";
import { dranetNames } from "./owned-parts";
import { gpuToleration, labels, requiredTopology, type Toleration } from "./scheduling";
import type { GpuDirect, GpuStack, TopologyFile } from "./vm-size";
import { findVmSize } from "./vm-sizes";
import { wholeNode } from "./whole-node";

/** What the profile of a pool is made from: a part of the reference of a GPU pool. */
export interface FabricPool {
  /** Key of the pool. */
  readonly key: string;
  readonly size: string;
  readonly figures?: DeclaredFigures;
  readonly gpuStack: GpuStack;
  readonly memlock: MemlockMode | null;
  readonly rdmaResource: string | null;
  readonly rdma?: RdmaMode;
  readonly gpusPerNode: number;
  readonly ncclTopologyFile?: boolean;
}

/** What a pod needs that takes a whole node of a GPU pool and talks to others over its fabric. Every template of jobs asks here. */
export interface FabricProfile {
  /** Requests and limits alike, so that the pod gets cores of its own: CPUs, memory, GPUs and adapters. */
  readonly resources: Readonly<Record<string, string>>;
  /** Names of the ConfigMaps in the namespace of the team: variables for `envFrom`, which makes one of every key, and files. */
  readonly configMaps: { readonly env: string; readonly files: string };
  /** Adapters that the pod claims: the template of claims in the namespace of the team, and what it is for. Null: it asks by `resources`. */
  readonly adapters: { readonly template: string; readonly deviceClass: string; readonly count: number } | null;
  /** Variables for NCCL and UCX. */
  readonly env: Readonly<Record<string, string>>;
  /** Family of sizes that the variables are for, null while nobody knows any for the size. */
  readonly ncclFamily: string | null;
  /** How adapters read GPU memory, null where they cannot or there are none. */
  readonly gpuDirect: GpuDirect["mode"] | null;
  /** Where shared memory is mounted: a container has 64 MiB of it, with which NCCL stops. Counts in the limit of memory. */
  readonly sharedMemory: { readonly mountPath: string };
  /** Security context of the container, null where pods need none to lock memory. */
  readonly securityContext: Readonly<Record<string, unknown>> | null;
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly Toleration[];
  /** Annotations of the pod: with InfiniBand all pods of a job in one domain. */
  readonly podAnnotations: Readonly<Record<string, string>>;
  /** The file that the pool chose to give to NCCL, null for none. */
  readonly topologyFile: TopologyFile | null;
  /** Whether pods need a claim of a ComputeDomain, which their job brings, to reach GPUs of other nodes over NVLink. */
  readonly computeDomain: boolean;
}

/**
 * Decides what a whole-node pod of a pool asks for.
 * @throws Error for a size without GPUs or that nobody knows: no GPU pool has one
 */
export function fabricProfile(pool: FabricPool): FabricProfile {
  const size = findVmSize(pool.size, pool.figures);
  if (size?.gpu == null) throw new Error(`GPU pool ${pool.key} has a size without GPUs: ${pool.size}`);
  const { gpu, nccl } = size;
  const topologyFile = pool.ncclTopologyFile === true ? (nccl?.topology ?? null) : null;
  return {
    configMaps: { env: `fabric-${pool.key}`, files: `fabric-${pool.key}-files` },
    resources: wholeNode(size, pool),
    adapters:
      pool.rdma === "dranet" && size.infiniband !== null
        ? { template: `fabric-${pool.key}`, deviceClass: dranetNames.deviceClass, count: size.infiniband.hcas }
        : null,
    env: { ...nccl?.pod, ...(topologyFile !== null && { NCCL_TOPO_FILE: topologyFile.imagePath }) },
    ncclFamily: nccl?.family ?? null,
    gpuDirect: pool.rdmaResource === null ? null : (gpuDirectOf(size, pool.gpuStack)?.mode ?? null),
    sharedMemory: { mountPath: "/dev/shm" },
    // An added capability helps the user root alone.
    securityContext:
      pool.memlock === "ipc-lock" ? { runAsUser: 0, capabilities: { add: ["IPC_LOCK"], drop: ["ALL"] } } : null,
    nodeSelector: { [labels.pool]: pool.key },
    tolerations: [gpuToleration(gpu)],
    podAnnotations: pool.rdmaResource === null ? {} : { [requiredTopology]: labels.infinibandDomain },
    topologyFile,
    computeDomain: gpuStackRows[pool.gpuStack].computeDomain,
  };
}

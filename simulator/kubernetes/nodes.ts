import { kubeletAllocatable } from "../../catalog/allocatable";
import type { RdmaMode } from "../../catalog/gpu-stacks";
import { limits } from "../../catalog/limits";
import { countedDevices } from "../../catalog/node-devices";
import { aksNodeLabels, parseTaint } from "../../catalog/scheduling";
import type { VmSize } from "../../catalog/vm-size";
import type { Props } from "../../core/property-value";

/** An AKS pool, as far as it makes nodes: what was asked of Azure, and what device plugins find on a node. */
export interface NodePool {
  /** Name of the AKS pool. */
  readonly name: string;
  readonly size: VmSize;
  readonly nodes: number;
  /** Labels and taints of the pool, in the notation of AKS. */
  readonly nodeLabels: Readonly<Record<string, string>>;
  readonly nodeTaints: readonly string[];
  /** GPUs or MIG instances that Kubernetes counts on a node, 0 without. */
  readonly gpusPerNode: number;
  /** Extended resource of an InfiniBand adapter, null without InfiniBand. */
  readonly rdmaResource: string | null;
  /** How its pods get adapters. @default sriov */
  readonly rdma?: RdmaMode;
}

/** Disk that images and pods without a volume share: that of the OS, as a GPU pool has it by default. */
const disk = { "ephemeral-storage": "512Gi" } as const;

/** Nodes of a pool as they join a cluster, one object a node. A kubelet of theirs has yet to say that they are ready. */
export function planNodes(pool: NodePool): Props[] {
  return Array.from({ length: pool.nodes }, (_, at) => node(pool, nodeName(pool.name, at)));
}

/**
 * As AKS names the nodes of a scale set: a number of the cluster, here always the same, then the instance as Azure counts it, to the
 * base of 36 and in six digits.
 * Source: https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-instance-ids
 */
function nodeName(pool: string, at: number): string {
  return `aks-${pool}-10000000-vmss${at.toString(36).padStart(6, "0")}`;
}

function node(pool: NodePool, name: string): Props {
  const { size, nodeLabels, nodeTaints } = pool;
  const allocatable = kubeletAllocatable(size);
  // Devices are what their plugins report.
  const devices = Object.entries(countedDevices(size, pool)).map(([resource, amount]): [string, string] => [
    resource,
    `${amount}`,
  ]);
  const counted = { ...disk, ...Object.fromEntries(devices), pods: `${limits.aksPodsPerNode.value}` };
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name,
      labels: { ...aksNodeLabels({ node: name, pool: pool.name, size: size.name }), ...nodeLabels },
    },
    spec: { taints: nodeTaints.map(parseTaint) },
    status: {
      phase: "Pending",
      capacity: { cpu: `${size.vcpus}`, memory: `${size.memoryGiB}Gi`, ...counted },
      allocatable: { cpu: `${allocatable.cpu}`, memory: `${allocatable.memoryGiB}Gi`, ...counted },
    },
  };
}

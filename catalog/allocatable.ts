import { limits } from "./limits";
import type { VmSize } from "./vm-size";

/** What one pod can ask for when it wants a node to itself: whole CPUs and whole GiB. */
export interface NodeAllocatable {
  readonly cpu: number;
  readonly memoryGiB: number;
}

/**
 * Reservations behind `nodeAllocatable`.
 *
 * - CPU that AKS keeps: its table gives 140 millicores for 4 cores and 740 for 64, which is 100 plus 10 for each core.
 * - Memory that AKS keeps: 20 MB for each possible pod plus 50 MB, at most a quarter of the node, and 100 Mi before
 *   eviction. We assume the most pods that an overlay node can have.
 * - DaemonSets: about 22 pods on a GPU node. An assumption: 225 millicores and 0.5 GiB each, and no more than 5 % of the
 *   CPUs or 10 % of the memory of a small node.
 * - The operating system sees less memory than the VM has, and a large node is never filled to the brim: the one sourced
 *   figure (ND H100 v5: 90 of 96 CPUs, 1800 of 1900 GiB in a Kueue quota of Azure) sets the ceiling for every size.
 *
 * Sources: https://learn.microsoft.com/azure/aks/node-resource-reservations (AKS 1.29 and later);
 * Azure/ai-infrastructure-on-azure:scheduling/aks/kueue/helm/values.yaml (2026-04-22).
 */
const reserved = {
  cpuBase: 0.1,
  cpuPerCore: 0.01,
  memoryGiB: (20 * limits.aksPodsPerNode.value + 50) / 1024,
  memoryShare: 0.25,
  evictionGiB: 100 / 1024,
  daemonSetPods: 22,
  daemonSetPodCpu: 0.225,
  daemonSetPodGiB: 0.5,
  daemonSetCpuShare: 0.05,
  daemonSetMemoryShare: 0.1,
} as const;

/** The one size with a sourced figure. */
const measured = { memoryGiB: 1900, schedulableGiB: 1800 } as const;

/** Of a GPU node's OS disk what pods may ask for, in GiB: three quarters of the 512 that a GPU pool has by default. Images take the rest. */
export const ephemeralGiBPerNode = 384;

/** What the kubelet of an AKS node has for pods, those of DaemonSets among them: all but what AKS keeps. CPU to the thousandth. */
export function kubeletAllocatable({ vcpus, memoryGiB }: Pick<VmSize, "vcpus" | "memoryGiB">): NodeAllocatable {
  const kept = keptByAks(vcpus, memoryGiB);
  return { cpu: Math.floor((vcpus - kept.cpu) * 1000) / 1000, memoryGiB: Math.floor(memoryGiB - kept.memoryGiB) };
}

function keptByAks(vcpus: number, memoryGiB: number): NodeAllocatable {
  return {
    cpu: reserved.cpuBase + reserved.cpuPerCore * vcpus,
    memoryGiB: Math.min(reserved.memoryGiB, reserved.memoryShare * memoryGiB) + reserved.evictionGiB,
  };
}

/** CPUs and memory that one whole-node job can request on AKS. Lower than the node really has, so that it schedules. */
export function nodeAllocatable({ vcpus, memoryGiB }: Pick<VmSize, "vcpus" | "memoryGiB">): NodeAllocatable {
  const aks = keptByAks(vcpus, memoryGiB);
  const daemonSetCpu = Math.min(reserved.daemonSetPods * reserved.daemonSetPodCpu, reserved.daemonSetCpuShare * vcpus);

  const daemonSetGiB = Math.min(
    reserved.daemonSetPods * reserved.daemonSetPodGiB,
    reserved.daemonSetMemoryShare * memoryGiB,
  );
  const ceilingGiB = (memoryGiB * measured.schedulableGiB) / measured.memoryGiB;

  return {
    cpu: Math.max(0, Math.floor(vcpus - aks.cpu - daemonSetCpu)),
    memoryGiB: Math.max(0, Math.floor(Math.min(ceilingGiB, memoryGiB - aks.memoryGiB - daemonSetGiB))),
  };
}

import { fabricProfile } from "../catalog/fabric-profile";
import type { VmSize } from "../catalog/vm-size";
import { findVmSize } from "../catalog/vm-sizes";
import type { GpuPoolRef } from "../components/cluster/gpu-pool/gpu-pool-ref";
import { allReduceBetweenNodes, allReduceInNode } from "./all-reduce";
import type { Check } from "./check";
import { gemm } from "./gemm";
import { infinibandWrite } from "./infiniband-write";
import { volumeRate } from "./volume-rate";

/** What is known of a cluster before it is looked at. */
export interface ClusterFacts {
  readonly pools: readonly GpuPoolRef[];
  /** Storage class of scratch volumes and the keys of the pools that have it, null for none. */
  readonly scratch: { readonly storageClass: string; readonly pools: readonly string[] | null } | null;
}

/** Something that is not checked. */
export interface Skipped {
  readonly what: string;
  readonly because: string;
}

/** What is measured in a cluster, and what is not. */
export interface VerificationPlan {
  readonly checks: readonly Check[];
  readonly skipped: readonly Skipped[];
}

/** Decides what is measured: everything that the pools and storage classes of the cluster have and a tool is there for. */
export function planVerification({ pools, scratch }: ClusterFacts): VerificationPlan {
  const plans = [...pools.map(planPool), ...(scratch === null ? [] : pools.map((it) => planScratch(it, scratch)))];
  return { checks: plans.flatMap((it) => it.checks), skipped: plans.flatMap((it) => it.skipped) };
}

function planPool(ref: GpuPoolRef): VerificationPlan {
  const size = findVmSize(ref.size, ref.figures);
  const because = whyNot(ref, size);
  if (because !== null || size?.gpu == null)
    return skip(`gpuPools.${ref.key}`, because ?? "nothing is known of its size");
  const { health, infiniband } = size;
  const pool = { key: ref.key, profile: fabricProfile(ref), gpus: ref.gpusPerNode, gpuMemoryGB: size.gpu.memoryGB };
  const single: VerificationPlan =
    pool.gpus > 1
      ? { checks: [allReduceInNode(pool, health?.allReduceInNodeGBps ?? null)], skipped: [] }
      : skip(`all-reduce-${ref.key}`, "a node has one GPU, which has nobody to talk to");
  const pair =
    ref.rdmaResource === null || infiniband === null
      ? { checks: [], skipped: [] }
      : planPair(ref, size, [
          allReduceBetweenNodes(pool, health?.allReduceMultiNode ?? null),
          infinibandWrite(
            { ...pool, hcas: infiniband.hcas, writeFrom: health?.infinibandWriteFrom ?? "host" },
            health?.infinibandWriteGbps ?? null,
          ),
        ]);
  return {
    checks: [...single.checks, ...pair.checks, gemm(pool, health?.gemmTflops ?? null)],
    skipped: [...single.skipped, ...pair.skipped],
  };
}

/** What takes two nodes of a pool. */
function planPair({ key, maxNodes }: GpuPoolRef, size: VmSize, checks: readonly [Check, Check]): VerificationPlan {
  const [allReduce, write] = checks;
  if (maxNodes < 2) return skip(`${allReduce.name}, ${write.name}`, "the pool has one node at most");
  if (size.architecture === "x64") return { checks, skipped: [] };
  return {
    checks: [allReduce],
    skipped: skip(write.name, `gpuPools.${key} is arm64, and the image with the tool is for x64`).skipped,
  };
}

function planScratch(ref: GpuPoolRef, scratch: NonNullable<ClusterFacts["scratch"]>): VerificationPlan {
  const size = findVmSize(ref.size, ref.figures);
  const has = scratch.pools?.includes(ref.key) ?? size?.nvme != null;
  // The image is for the same architectures as the nodes: x64 and arm64.
  if (!has) return { checks: [], skipped: [] };
  const volume = { storageClass: scratch.storageClass, pool: ref.key, profile: fabricProfile(ref) };
  return { checks: [volumeRate(volume, "write"), volumeRate(volume, "read")], skipped: [] };
}

/** Why the GPUs of a pool are not measured, null when they are. */
function whyNot({ migProfile }: GpuPoolRef, size: VmSize | undefined): string | null {
  if (size?.gpu == null) return "nothing is known of its size";
  if (size.gpu.vendor !== "nvidia") return "no image with RCCL is pinned, and the other tools are for GPUs of NVIDIA";
  if (size.infiniband?.rackNodes != null)
    return "pods of a rack need a ComputeDomain, which this command does not make";
  if (migProfile !== null) return "its GPUs are divided, and the checks take whole ones";
  if (size.gpu.count === null) return "a node has a part of a GPU, and the checks take whole ones";
  return null;
}

function skip(what: string, because: string): VerificationPlan {
  return { checks: [], skipped: [{ what, because }] };
}

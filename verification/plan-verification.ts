import { fabricProfile } from "../catalog/fabric-profile";
import type { VmSize } from "../catalog/vm-size";
import { findVmSize } from "../catalog/vm-sizes";
import type { GpuPoolRef } from "../components/cluster/gpu-pool/gpu-pool-ref";
import { type Mirrors, objectFromMirrors } from "../components/platform/image-mirrors";
import { type AllReducePool, allReduceBetweenNodes, allReduceBetweenRacks, allReduceInNode } from "./all-reduce";
import type { Check } from "./check";
import { gemm } from "./gemm";
import { infinibandWrite } from "./infiniband-write";
import { planStorageClasses, type StorageClassFacts } from "./plan-storage-classes";
import { planTeamVolumes, type TeamVolumeFacts } from "./plan-team-volumes";
import { serving, servingMemoryGB } from "./serving";
import { only, skip, together, type VerificationPlan } from "./verification-plan";
import { volumeRate } from "./volume-rate";

/** What is known of a cluster before it is looked at. */
export interface ClusterFacts extends TeamVolumeFacts, StorageClassFacts {
  /** Storage class of scratch volumes and the keys of the pools that have it, null for none. */
  readonly scratch: { readonly storageClass: string; readonly pools: readonly string[] | null } | null;
  /** Where images lie in place of the public registries. @default nowhere: they are pulled from there */
  readonly imageMirrors?: Mirrors;
}

/** Decides what is measured: everything that the pools and volumes of the cluster have and a tool is there for. */
export function planVerification(facts: ClusterFacts): VerificationPlan {
  const { pools, scratch, imageMirrors = {} } = facts;
  const { checks, skipped } = together([
    ...pools.map(planPool),
    ...(scratch === null ? [] : pools.map((it) => planScratch(it, scratch))),
    planStorageClasses(facts),
    planTeamVolumes(facts),
  ]);
  return { checks: checks.map((it) => fromMirrors(it, imageMirrors)), skipped };
}

function fromMirrors(check: Check, mirrors: Mirrors): Check {
  return { ...check, objects: (place) => check.objects(place).map((it) => objectFromMirrors(it, mirrors)) };
}

/** A pool whose GPUs can be measured. */
interface MeasuredPool extends AllReducePool {
  readonly ref: GpuPoolRef;
  readonly size: VmSize;
}

function planPool(ref: GpuPoolRef): VerificationPlan {
  const size = findVmSize(ref.size, ref.figures);
  const because = whyNot(ref, size);
  if (because !== null || size?.gpu == null)
    return skip(`gpuPools.${ref.key}`, because ?? "nothing is known of its size");
  const { vendor, memoryGB: gpuMemoryGB } = size.gpu;
  const pool = { ref, size, key: ref.key, profile: fabricProfile(ref), vendor, gpus: ref.gpusPerNode, gpuMemoryGB };
  return together([planInNode(pool), planPair(pool), planRacks(pool), planGemm(pool), planServing(pool)]);
}

function planInNode(pool: MeasuredPool): VerificationPlan {
  if (pool.gpus === 1) return skip(`all-reduce-${pool.key}`, "a node has one GPU, which has nobody to talk to");
  return only(allReduceInNode(pool, pool.size.health?.allReduceInNodeGBps ?? null));
}

/** What takes two nodes of one InfiniBand domain. */
function planPair(pool: MeasuredPool): VerificationPlan {
  const { key, ref, size } = pool;
  const { health, infiniband } = size;
  if (ref.rdmaResource === null || infiniband === null) return together([]);
  const allReduce = allReduceBetweenNodes(pool, health?.allReduceMultiNode ?? null);
  const write = infinibandWrite(
    { ...pool, hcas: infiniband.hcas, writeFrom: health?.infinibandWriteFrom ?? "host" },
    health?.infinibandWriteGbps ?? null,
  );
  if (ref.maxNodes < 2) return skip(`${allReduce.name}, ${write.name}`, "the pool has one node at most");
  return together([
    only(allReduce),
    size.architecture === "x64"
      ? only(write)
      : skip(write.name, `gpuPools.${key} is arm64, and the image with the tool is for x64`),
  ]);
}

/** What takes a node of each of two racks. */
function planRacks(pool: MeasuredPool): VerificationPlan {
  const { ref, size } = pool;
  if (ref.rdmaResource === null || size.infiniband?.rackNodes == null) return together([]);
  const allReduce = allReduceBetweenRacks(pool, size.health?.allReduceBetweenRacks ?? null);
  return ref.nodePools.length < 2 ? skip(allReduce.name, "the pool has one rack") : only(allReduce);
}

function planGemm(pool: MeasuredPool): VerificationPlan {
  const products = gemm(pool, pool.size.health?.gemmTflops ?? null);
  return pool.vendor === "nvidia" ? only(products) : skip(products.name, "the tool is for GPUs of NVIDIA");
}

function planServing(pool: MeasuredPool): VerificationPlan {
  const served = serving(pool);
  if (pool.vendor !== "nvidia") return skip(served.name, "the image with vLLM is for GPUs of NVIDIA");
  if ((pool.gpuMemoryGB ?? 0) < servingMemoryGB)
    return skip(served.name, `its model needs GPUs with ${servingMemoryGB} GB of memory or more`);
  return only(served);
}

function planScratch(ref: GpuPoolRef, scratch: NonNullable<ClusterFacts["scratch"]>): VerificationPlan {
  const size = findVmSize(ref.size, ref.figures);
  const has = scratch.pools?.includes(ref.key) ?? size?.nvme != null;
  // The image is for the same architectures as the nodes: x64 and arm64.
  if (!has) return together([]);
  const volume = {
    name: ref.key,
    storageClass: scratch.storageClass,
    at: { pool: ref.key, profile: fabricProfile(ref) },
    load: { jobs: 4, gibPerJob: 8 },
    cpu: "4",
    // Nobody publishes one.
    floor: null,
  };
  return together([only(volumeRate(volume, "write")), only(volumeRate(volume, "read"))]);
}

/** Why the GPUs of a pool are not measured, null when they are. */
function whyNot({ migProfile }: GpuPoolRef, size: VmSize | undefined): string | null {
  if (size?.gpu == null) return "nothing is known of its size";
  if (migProfile !== null) return "its GPUs are divided, and the checks take whole ones";
  if (size.gpu.count === null) return "a node has a part of a GPU, and the checks take whole ones";
  return null;
}

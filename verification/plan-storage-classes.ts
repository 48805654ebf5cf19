import { fabricProfile } from "../catalog/fabric-profile";
import { labels } from "../catalog/scheduling";
import { type CsiDriver, type StorageClass, storageClasses } from "../catalog/storage-classes";
import type { CpuPoolRef } from "../components/cluster/cpu-pool/cpu-pool-ref";
import type { GpuPoolRef } from "../components/cluster/gpu-pool/gpu-pool-ref";
import { only, skip, together, type VerificationPlan } from "./verification-plan";
import { type TriedVolume, volumeRate } from "./volume-rate";

/** What is known of the volumes that AKS makes when somebody claims, and of the nodes that they can be tried on. */
export interface StorageClassFacts {
  readonly pools: readonly GpuPoolRef[];
  readonly cpuPools: readonly Pick<CpuPoolRef, "key">[];
  /** Drivers that the cluster has. */
  readonly csiDrivers: readonly CsiDriver[];
}

/**
 * Every built-in class whose driver the cluster has, on a general node: nearly all that claims such a volume runs there. A cluster without
 * general nodes lends one with GPUs.
 */
export function planStorageClasses({ pools, cpuPools, csiDrivers }: StorageClassFacts): VerificationPlan {
  const there = storageClasses.filter((it) => csiDrivers.includes(it.driver));
  const at = placeOf(cpuPools, pools);
  return together([
    ...there
      .filter((it) => it.driver !== "blob")
      .map((it) => (at === null ? skip(it.name, "the cluster has no pool that pods may use") : planClass(it, at))),
    ...there
      .filter((it) => it.driver === "blob")
      .map((it) =>
        skip(it.name, "each volume of it leaves a storage account with keys behind; teams mount Blob without"),
      ),
  ]);
}

function placeOf(
  [cpuPool]: StorageClassFacts["cpuPools"],
  [gpuPool]: StorageClassFacts["pools"],
): TriedVolume["at"] | null {
  if (cpuPool !== undefined)
    return { pool: cpuPool.key, profile: { nodeSelector: { [labels.pool]: cpuPool.key }, tolerations: [] } };
  return gpuPool === undefined ? null : { pool: gpuPool.key, profile: fabricProfile(gpuPool) };
}

/** Small, because a disk of 64 GiB writes its files at 50 MB/s at first. */
const load = { jobs: 2, gibPerJob: 2 };

function planClass({ name, promisedMBps }: StorageClass, at: TriedVolume["at"]): VerificationPlan {
  // It is Azure's promise for one disk: who misses it should look, and no node is drained for it.
  const floor = promisedMBps === null ? null : { warn: promisedMBps / 1000, fail: null };
  const volume = { name, storageClass: name, at, load, cpu: "1", floor };
  return together([only(volumeRate(volume, "write")), only(volumeRate(volume, "read"))]);
}

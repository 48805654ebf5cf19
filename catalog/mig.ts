import type { Gpu, VmSize } from "./vm-size";

/**
 * Instances that one GPU becomes under a MIG profile of AKS: what is left over stays unused.
 * Source: MicrosoftDocs/azure-aks-docs:articles/aks/gpu-multi-instance.md (2026-05-22)
 */
const instancesPerGpu: ReadonlyMap<string, number> = new Map([
  ["MIG1g", 7],
  ["MIG2g", 3],
  ["MIG3g", 2],
  ["MIG4g", 1],
  ["MIG7g", 1],
]);

/** MIG profiles that AKS sets when it makes a pool. */
export const migProfiles: readonly string[] = [...instancesPerGpu.keys()];

/**
 * GPUs that Kubernetes counts on one node. A slice of a GPU counts as one, and so does each instance of a MIG profile:
 * the device plugin is told to treat it as a GPU (strategy `single`).
 */
export function gpusPerNode({ gpu }: VmSize, migProfile?: string): number {
  if (gpu === null) return 0;
  const instances = migProfile === undefined ? 1 : instancesPerGpu.get(migProfile);
  if (instances === undefined) throw new Error(`AKS has no MIG profile ${migProfile ?? ""}.`);
  return (gpu.count ?? 1) * instances;
}

/** Node label by which the GPU operator is told how to divide the GPUs of a node. */
export const migConfigLabel = "nvidia.com/mig.config";

/**
 * Memory of an instance in GB, in the order of the profiles. Of these and the slices the GPU operator makes the names of its layouts.
 * Source: NVIDIA/gpu-operator:assets/state-mig-manager/0400_configmap.yaml (2026)
 */
const instanceGB: Readonly<Record<string, readonly number[]>> = {
  a100sxm40: [5, 10, 20, 20, 40],
  a100sxm80: [10, 20, 40, 40, 80],
  a100pcie80: [10, 20, 40, 40, 80],
  h100: [10, 20, 40, 40, 80],
  h100nvl: [12, 24, 47, 47, 94],
  h200: [18, 35, 71, 71, 141],
};

/** Memory of an instance of a MIG profile, in GB; `undefined` when no source tells. */
export function migMemoryGB({ key }: Gpu, migProfile: string): number | undefined {
  return instanceGB[key]?.[migProfiles.indexOf(migProfile)];
}

/** The GPU operator's layout for a MIG profile of AKS: `all-1g.10gb`. `undefined` when it ships none for the GPU. */
export function migConfig(gpu: Gpu, migProfile: string): string | undefined {
  const memory = migMemoryGB(gpu, migProfile);
  return memory === undefined ? undefined : `all-${migProfile.replace("MIG", "")}.${memory}gb`;
}

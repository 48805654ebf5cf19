import type { VmSize } from "./vm-size";

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

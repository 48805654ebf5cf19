import { gpuCompute } from "../../../catalog/gpu-compute";
import { migMemoryGB } from "../../../catalog/mig";
import { type EngineName, engines } from "../../../catalog/engines";
import type { VmSize } from "../../../catalog/vm-size";

/** A GPU as a model meets it: a whole one, a slice or an instance of MIG. */
export interface ServingGpu {
  readonly memoryGB: number;
  readonly memoryGBps: number;
  readonly capability: number;
  /** GPUs that one server can share its model over within a node. Slices and instances do not reach one another. */
  readonly together: number;
  /** Program that serves models on it. */
  readonly engine: EngineName;
}

/**
 * What the GPUs of a size are for an engine, or why it does not run on them.
 * @param migProfile Profile that they are divided by, null for none
 */
export function servingGpu(
  { name, gpu }: VmSize,
  migProfile: string | null,
  engine: EngineName,
): ServingGpu | { readonly unfit: string } {
  const { title, capability: known } = engines[engine];
  if (gpu === null) return { unfit: `${name} has no GPU` };
  if (gpu.vendor !== "nvidia") return { unfit: `the image of ${title} is for GPUs of NVIDIA, and ${name} has none` };
  const compute = gpuCompute(gpu.key);
  if (compute === undefined || gpu.memoryGB === null)
    return { unfit: `memory and bandwidth of the GPUs of ${name} are not known to the catalogue` };
  const { capability, memoryGBps } = compute;
  if (capability < known.least)
    return {
      unfit: `${title} is compiled for GPUs of compute capability ${number(known.least)} and later, and ${gpu.model} has ${number(capability)}`,
    };
  if (gpu.count === null && gpu.fraction === null)
    return { unfit: `no source tells how large the slice of a GPU of ${name} is` };
  const slice = migProfile === null ? gpu.memoryGB * (gpu.fraction ?? 1) : migMemoryGB(gpu, migProfile);
  if (slice === undefined) return { unfit: `the memory of an instance of ${migProfile ?? ""} of ${name} is not known` };
  return {
    memoryGB: slice,
    memoryGBps: (memoryGBps * slice) / gpu.memoryGB,
    capability,
    together: migProfile === null ? (gpu.count ?? 1) : 1,
    engine,
  };
}

function number(capability: number): string {
  return capability.toFixed(1);
}

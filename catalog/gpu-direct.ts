import type { GpuDirect, GpuStack, VmSize } from "./vm-size";

/** How the adapters of a size read GPU memory where this owner brings the driver; undefined where they do not. */
export function gpuDirectOf(size: VmSize | undefined, stack: GpuStack): GpuDirect | undefined {
  return size?.infiniband?.gpuDirect.find((it) => it.stack === stack);
}

import type { GpuPoolRef } from "../../../components/cluster/gpu-pool/gpu-pool-ref";

/** A GPU pool as add-ons know it. */
export function pool(key: string, size = "Standard_ND96isr_H100_v5"): GpuPoolRef {
  return {
    key,
    size,
    gpuStack: "gpu-operator",
    memlock: null,
    rdmaResource: null,
    nodePools: [key],
    maxNodes: 2,
    spareNodes: 0,
    migProfile: null,
    gpusPerNode: 8,
  };
}

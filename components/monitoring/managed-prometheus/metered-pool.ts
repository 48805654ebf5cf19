import { nodePrice } from "../../../catalog/prices/node-price";
import type { VmSize } from "../../../catalog/vm-size";
import { findVmSize } from "../../../catalog/vm-sizes";
import type { GpuPoolRef } from "../../cluster/gpu-pool/gpu-pool-ref";

/** A GPU pool as the rules know it. */
export interface MeteredPool {
  /** Key of the pool, the value of the label `azure-gpu-cluster/pool` of its nodes. */
  readonly key: string;
  readonly vendor: NonNullable<VmSize["gpu"]>["vendor"];
  /** GPUs, or instances of a MIG profile, as Kubernetes counts them on a node. */
  readonly devices: number;
  /** Most nodes that an autoscaler makes, null where their number is fixed. */
  readonly growsTo: number | null;
  /** List price of a node in USD per hour, null where none is known. */
  readonly usdPerHour: number | null;
  /** InfiniBand adapters of a node and how much each carries, null without InfiniBand. */
  readonly infiniband: { readonly hcas: number; readonly bytesPerSecond: number } | null;
}

/**
 * What the rules ask about pools. A size that nobody knows has no GPUs to count.
 * @param location Region whose prices count.
 */
export function meteredPools(pools: readonly GpuPoolRef[], location: string): MeteredPool[] {
  return pools.flatMap(({ key, size: name, figures, gpusPerNode, rdmaResource, autoscaled, maxNodes }) => {
    const size = findVmSize(name, figures);
    if (size?.gpu == null) return [];
    const { infiniband } = size;
    return [
      {
        key,
        vendor: size.gpu.vendor,
        devices: gpusPerNode,
        growsTo: autoscaled === true ? maxNodes : null,
        usdPerHour: nodePrice(size, "onDemand", location)?.usd ?? null,
        infiniband:
          infiniband === null || rdmaResource === null
            ? null
            : { hcas: infiniband.hcas, bytesPerSecond: (infiniband.gbitsPerSecondPerHca * 1e9) / 8 },
      },
    ];
  });
}

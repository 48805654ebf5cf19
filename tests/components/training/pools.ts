import { planGpuPool } from "../../../components/cluster/gpu-pool/plan";
import type { GpuPoolShape } from "../../../components/cluster/gpu-pool/shape";
import type { GpuPoolRef } from "../../../components/cluster/gpu-pool/gpu-pool-ref";
import { place } from "../../recorded";

const poolOf = (key: string, shape: GpuPoolShape): GpuPoolRef =>
  planGpuPool(key, shape, { ...place, location: "" }).ref;

/** A pool for each way in which pods get GPUs and adapters. */
export const pools = {
  h100: poolOf("h100", { size: "Standard_ND96isr_H100_v5", domains: 2, nodes: 66, spareNodes: 2 }),
  locking: poolOf("locking", { size: "Standard_ND96isr_H100_v5", nodes: 4, memlock: "ipc-lock" }),
  mi300x: poolOf("mi300x", { size: "Standard_ND96isr_MI300X_v5", nodes: 8 }),
  gb300: poolOf("gb300", { size: "Standard_ND128isr_GB300_v6", nodes: 18, spareNodes: 2, rdma: "dranet" }),
  dranet: poolOf("dranet", { size: "Standard_ND96isr_H200_v5", nodes: 16, gpuStack: "aks-driver", rdma: "dranet" }),
  a100: poolOf("a100", { size: "Standard_NC96ads_A100_v4", nodes: 4 }),
};

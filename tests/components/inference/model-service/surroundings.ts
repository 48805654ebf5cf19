import type { GpuPoolRef } from "../../../../components/cluster/gpu-pool/gpu-pool-ref";
import type { ModelSurroundings } from "../../../../components/inference/model-service/plan";
import { h100Pool } from "../../tenancy/teams";

/** Four nodes with one A10 each. */
export const a10Pool: GpuPoolRef = {
  ...h100Pool,
  key: "a10",
  size: "Standard_NV36ads_A10_v5",
  gpuStack: "aks-driver",
  memlock: null,
  rdmaResource: null,
  nodePools: ["a10"],
  maxNodes: 4,
  gpusPerNode: 1,
};

/** A team with all of them, in an environment with a Blob store and nothing to scale by. */
export const chat: ModelSurroundings = {
  team: "chat",
  namespace: "infer-chat",
  pool: a10Pool,
  gpus: 4,
  gateway: { namespace: "inference-gateway", name: "models", hostName: "*.models.example.com", replicas: 2 },
  blob: true,
  egress: "closed",
  keda: false,
  metrics: "none",
};

/** The same team on eight nodes of eight H100, with two InfiniBand domains. */
export const chatOnH100: ModelSurroundings = {
  ...chat,
  pool: { ...h100Pool, nodePools: ["h100d1", "h100d2"], maxNodes: 8 },
  gpus: 64,
};

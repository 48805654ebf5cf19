import { Config } from "@pulumi/pulumi";
import { type ClusterRef, type GpuPoolRef, KubernetesAccess } from "azure-gpu-cluster/cluster";
import { ModelService } from "azure-gpu-cluster/inference";

const config = new Config();
const cluster = config.requireObject<ClusterRef>("cluster");
const [pool] = config.requireObject<GpuPoolRef[]>("gpuPools");
if (pool === undefined) throw new Error("There is no GPU pool to serve from.");
const { options } = new KubernetesAccess("cluster", { cluster, login: "azurecli" });

const team = { team: "chat", namespace: "infer-chat", pool, gpus: 8, blob: false, egress: "https" } as const;
const surroundings = {
  ...team,
  gateway: { namespace: "gateways", name: "models", hostName: "*.models.example.com", replicas: 2 },
  keda: false,
  metrics: "none",
} as const;
const { address } = new ModelService(
  "infer-chat-small",
  {
    model: "small",
    shape: { model: "qwen2.5-7b", minReplicas: 1, maxReplicas: 2 },
    surroundings,
    serviceAccount: "workload",
    scaler: null,
  },
  options,
);

export const url = `https://${address}/v1`;

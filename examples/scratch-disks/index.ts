import { Config } from "@pulumi/pulumi";
import { type ClusterRef, type GpuPoolRef, KubernetesAccess } from "azure-gpu-cluster/cluster";
import { addOns, installPlatform, planPlatform } from "azure-gpu-cluster/platform";

const config = new Config();
const cluster = config.requireObject<ClusterRef>("cluster");
const pools = config.requireObject<GpuPoolRef[]>("gpuPools");
const { options } = new KubernetesAccess("cluster", { cluster, login: "azurecli" });

const { kubernetesVersion } = cluster;
const { scratchDisks } = addOns;
const plan = planPlatform(
  { scratchDisks },
  { scratchDisks: { storageClass: "scratch" } },
  { kubernetesVersion, pools },
);
installPlatform(plan, options);

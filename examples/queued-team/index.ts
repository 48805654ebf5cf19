import { Config } from "@pulumi/pulumi";
import { type ClusterRef, type GpuPoolRef, KubernetesAccess } from "azure-gpu-cluster/cluster";
import { addOns, installPlatform, planPlatform } from "azure-gpu-cluster/platform";
import { TeamQueue } from "azure-gpu-cluster/queues";

const config = new Config();
const cluster = config.requireObject<ClusterRef>("cluster");
const pools = config.requireObject<GpuPoolRef[]>("gpuPools");
const { options } = new KubernetesAccess("cluster", { cluster, login: "azurecli" });

const { kubernetesVersion } = cluster;
const { jobSet, leaderWorkerSet, trainer, kueue } = addOns;
const plan = planPlatform({ jobSet, leaderWorkerSet, trainer, kueue }, {}, { kubernetesVersion, pools });
const installed = installPlatform(plan, options);

const [pool] = pools;
const { queues } = plan.handsOver;
if (pool === undefined || queues === undefined) throw new Error("There is no GPU pool to queue for.");
const after = [...installed.addOns.values()];
new TeamQueue("train-vision", { gpus: 64, borrow: 32, pool, queues, after }, options);

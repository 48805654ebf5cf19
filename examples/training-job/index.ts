import { apiextensions } from "@pulumi/kubernetes";
import { ComponentResource, Config } from "@pulumi/pulumi";
import { type ClusterRef, type GpuPoolRef, KubernetesAccess } from "azure-gpu-cluster/cluster";
import { jobObjects } from "azure-gpu-cluster/training";

const config = new Config();
const { options } = new KubernetesAccess("cluster", {
  cluster: config.requireObject<ClusterRef>("cluster"),
  login: "azurecli",
});
const [pool] = config.requireObject<GpuPoolRef[]>("gpuPools");
if (pool === undefined) throw new Error("There is no GPU pool to train on.");

const objects = jobObjects({
  name: "first",
  namespace: "train-vision",
  team: "vision",
  runtime: "torch-ib",
  pool,
  nodes: 2,
  image: "registry.example.com/train:1",
  command: ["/job/train.py"],
  files: { "train.py": 'print("hello")\n' },
});
const parent = new ComponentResource("lab:TrainingJob", "first", {}, options);
for (const it of objects) new apiextensions.CustomResource(`${it.kind}-${it.metadata.name}`, it, { parent });

import { Config } from "@pulumi/pulumi";
import { type ClusterRef, KubernetesAccess } from "azure-gpu-cluster/cluster";
import { WorkloadIdentity } from "azure-gpu-cluster/identity";
import { serviceAccountName as serviceAccount, TeamNamespace, type TeamNamespaceArgs } from "azure-gpu-cluster/tenancy";

const cluster = new Config().requireObject<ClusterRef>("cluster");
const access = new KubernetesAccess("cluster", { cluster, login: "azurecli" });

const namespace = "train-vision";
const location = "eastus";
const names = { workload: "gpu", environment: "lab", location, suffix: "5c1d9e07" };
const scope = { resourceGroupName: "rg-teams", location, names, tags: { team: "vision" } };
const { oidcIssuerUrl } = cluster;
const identity = new WorkloadIdentity(namespace, { scope, oidcIssuerUrl, namespace, serviceAccount });

const pool = { key: "h100", size: "Standard_ND96isr_H100_v5", gpusPerNode: 8, maxNodes: 16 };
const fabric = { gpuStack: "gpu-operator", memlock: "node", rdmaResource: "rdma/ib" } as const;
const team: TeamNamespaceArgs = {
  kind: "training",
  team: "vision",
  groupObjectId: "22222222-2222-4222-8222-222222222222",
  pool: { ...pool, ...fabric, spareNodes: 0, migProfile: null },
  gpus: 64,
  identityClientId: identity.clientId,
  podSecurityVersion: `v${cluster.kubernetesVersion}`,
};
new TeamNamespace(namespace, team, access.options);

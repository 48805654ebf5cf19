import { CpuPool, GpuPool, KubernetesCluster } from "azure-gpu-cluster/cluster";
import { EnvironmentGroup } from "azure-gpu-cluster/foundation";
import { ClusterIdentity } from "azure-gpu-cluster/identity";
import { ClusterNetwork } from "azure-gpu-cluster/network";

const names = { workload: "gpu", environment: "lab", location: "eastus", suffix: "5c1d9e07" };
const where = { location: names.location, names, tags: { owner: "ml-platform" } };
const { scope } = new EnvironmentGroup("env", { scope: where });

const ranges = { addressSpace: "10.64.0.0/16", podCidr: "10.128.0.0/14", serviceCidr: "10.96.0.0/16" };
const network = new ClusterNetwork("net", { scope, ...ranges });
const [nodes, apiServer] = [network.subnetResourceId("nodes"), network.subnetResourceId("apiServer")];
const identity = new ClusterIdentity("aks", { scope, subnetResourceIds: { nodes, apiServer } });
const cluster = new KubernetesCluster(
  "aks",
  {
    scope,
    network: network.ref,
    subnetResourceIds: { nodes, apiServer },
    identityResourceId: identity.resourceId,
    kubernetesVersion: "1.36",
    adminGroupObjectIds: ["11111111-1111-4111-8111-111111111111"],
    systemPool: { nodes: 3 },
    upgrades: { nodeOs: "None" },
  },
  { dependsOn: identity },
);
const place = { scope, cluster: cluster.ref, subnetResourceId: nodes };
new GpuPool("h100", { ...place, size: "Standard_ND96isr_H100_v5", nodes: 16 });
new CpuPool("general", { ...place, size: "Standard_D8ds_v5", nodes: 2 });

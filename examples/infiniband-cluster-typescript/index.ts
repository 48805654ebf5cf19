// By the SDK that `pulumi package add` generates, for a program that does not have this project among its packages.
import { cluster, foundation, identity, network } from "@pulumi/azure-gpu-cluster";

const names = { workload: "gpu", environment: "lab", location: "eastus", suffix: "5c1d9e07" };
const where = { location: names.location, names, tags: { owner: "ml-platform" } };
const { scope } = new foundation.EnvironmentGroup("env", { scope: where });

const ranges = { addressSpace: "10.64.0.0/16", podCidr: "10.128.0.0/14", serviceCidr: "10.96.0.0/16" };
const net = new network.ClusterNetwork("net", { scope, ...ranges });
const subnet = (role: string) => net.subnetResourceIds.apply((ids) => ids[role] ?? "");
const subnetResourceIds = { nodes: subnet("nodes"), apiServer: subnet("apiServer") };
const actsAs = new identity.ClusterIdentity("aks", { scope, subnetResourceIds });
const aks = new cluster.KubernetesCluster(
  "aks",
  {
    ...{ scope, subnetResourceIds, network: net.ranges, identityResourceId: actsAs.resourceId },
    kubernetesVersion: "1.36",
    adminGroupObjectIds: ["11111111-1111-4111-8111-111111111111"],
    systemPool: { nodes: 3 },
    upgrades: { nodeOs: "None" },
  },
  { dependsOn: actsAs },
);
const place = { scope, cluster: aks.joined, subnetResourceId: subnetResourceIds.nodes };
new cluster.GpuPool("h100", { ...place, size: "Standard_ND96isr_H100_v5", nodes: 16 });
new cluster.CpuPool("general", { ...place, size: "Standard_D8ds_v5", nodes: 2 });

export const clusterResourceId = aks.resourceId;

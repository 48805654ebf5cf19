import { createHash } from "node:crypto";
import { Config, getProject, getStack } from "@pulumi/pulumi";
import { CpuPool, GpuPool, KubernetesCluster } from "azure-gpu-cluster/cluster";
import { EnvironmentGroup } from "azure-gpu-cluster/foundation";
import { ClusterIdentity } from "azure-gpu-cluster/identity";
import { ClusterNetwork } from "azure-gpu-cluster/network";

const config = new Config();
const location = new Config("azure-native").require("location");

// Eight digits for names that are unique in the world: the same as long as project and stack keep their names.
const suffix = createHash("sha256").update(`${getProject()}/${getStack()}`).digest("hex").slice(0, 8);
// Names of all resources: rg-<workload>-<environment>-<location>, and so on.
const names = { workload: getProject().slice(0, 8), environment: getStack(), location, suffix };
const { scope } = new EnvironmentGroup("env", { scope: { location, names, tags: { owner: config.require("owner") } } });

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
    adminGroupObjectIds: [config.require("adminGroup")],
    systemPool: { nodes: 3 },
    upgrades: { nodeOs: "None" },
  },
  { dependsOn: identity },
);

const place = { scope, cluster: cluster.ref, subnetResourceId: nodes };
new GpuPool("gpu", { ...place, size: config.require("gpuSize"), nodes: config.requireNumber("gpuNodes") });
new CpuPool("general", { ...place, size: "Standard_D8ds_v5", nodes: 2 });

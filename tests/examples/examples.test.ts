import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { runtime } from "@pulumi/pulumi";
import { expect, it } from "vitest";
import { record } from "../../preview/record";
import type { RecordedPlan } from "../../preview/recorded-plan";
import { programOf } from "../program-of";
import { tree } from "../recorded";
import { root } from "../stack-files";

/** A cluster and a pool of somebody else's, as the stack configuration of an example names them. */
const config = {
  cluster: {
    resourceId: "/subscriptions/s/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/theirs",
    name: "theirs",
    resourceGroupName: "rg",
    kubernetesVersion: "1.36",
    apiServerUrl: "https://theirs.example",
    certificateAuthority: "Y2E=",
    oidcIssuerUrl: "https://issuer.example",
  },
  gpuPools: [
    {
      key: "h100",
      size: "Standard_ND96isr_H100_v5",
      gpuStack: "gpu-operator",
      memlock: "node",
      nodePools: ["h100d1"],
      maxNodes: 16,
      spareNodes: 0,
      migProfile: null,
      gpusPerNode: 8,
    },
  ],
};

/** Records the program of an example. */
function example(name: string): Promise<RecordedPlan> {
  runtime.setAllConfig({
    "azure-gpu-cluster:cluster": JSON.stringify(config.cluster),
    "azure-gpu-cluster:gpuPools": JSON.stringify(config.gpuPools),
  });
  return record({ stack: "lab", program: programOf(`examples/${name}/index.ts`) });
}

it("infiniband-cluster is a cluster with one InfiniBand domain and a pool for all other pods, in a network of its own", async () => {
  const plan = await example("infiniband-cluster");
  expect(tree(plan)).toEqual([
    "EnvironmentGroup env",
    "ResourceGroup env < EnvironmentGroup env",
    "ClusterNetwork net",
    "PublicIPAddress net-nat-1 < ClusterNetwork net",
    "NatGateway net-nat < ClusterNetwork net",
    "VirtualNetwork net < ClusterNetwork net",
    "NetworkSecurityGroup net-nodes < ClusterNetwork net",
    "Subnet net-nodes < ClusterNetwork net",
    "NetworkSecurityGroup net-endpoints < ClusterNetwork net",
    "Subnet net-endpoints < ClusterNetwork net",
    "NetworkSecurityGroup net-apiServer < ClusterNetwork net",
    "Subnet net-apiServer < ClusterNetwork net",
    "ClusterIdentity aks",
    "UserAssignedIdentity aks < ClusterIdentity aks",
    "RoleGrant aks-nodes < ClusterIdentity aks",
    "RoleAssignment aks-nodes < RoleGrant aks-nodes",
    "RoleGrant aks-apiServer < ClusterIdentity aks",
    "RoleAssignment aks-apiServer < RoleGrant aks-apiServer",
    "KubernetesCluster aks",
    "ManagedCluster aks < KubernetesCluster aks",
    "MaintenanceConfiguration aks-default < KubernetesCluster aks",
    "GpuPool h100",
    "AgentPool h100d1 < GpuPool h100",
    "CpuPool general",
    "AgentPool general < CpuPool general",
  ]);
});

it("bare-scale-set is one scale set and its identity, and nothing of the network that it is in", async () => {
  const plan = await example("bare-scale-set");
  expect(tree(plan)).toEqual([
    "GpuScaleSet slurm",
    "UserAssignedIdentity slurm < GpuScaleSet slurm",
    "VirtualMachineScaleSet slurm < GpuScaleSet slurm",
  ]);
});

it("team-namespace is one namespace and its identity, and nothing of the cluster that it is in", async () => {
  const plan = await example("team-namespace");
  expect(tree(plan)).toEqual([
    "KubernetesAccess cluster",
    "kubernetes cluster < KubernetesAccess cluster",
    "WorkloadIdentity train-vision",
    "UserAssignedIdentity train-vision < WorkloadIdentity train-vision",
    "FederatedIdentityCredential train-vision < WorkloadIdentity train-vision",
    "TeamNamespace train-vision",
    "Namespace train-vision < TeamNamespace train-vision",
    "ServiceAccount train-vision < TeamNamespace train-vision",
    "ServiceAccount train-vision-default < TeamNamespace train-vision",
    "Role train-vision < TeamNamespace train-vision",
    "RoleBinding train-vision < TeamNamespace train-vision",
    "ResourceQuota train-vision < TeamNamespace train-vision",
    "LimitRange train-vision < TeamNamespace train-vision",
    "NetworkPolicy train-vision-default-deny < TeamNamespace train-vision",
    "NetworkPolicy train-vision-allow-dns < TeamNamespace train-vision",
    "NetworkPolicy train-vision-allow-own-namespace < TeamNamespace train-vision",
    "ConfigMap train-vision-fabric-h100 < TeamNamespace train-vision",
    "ConfigMap train-vision-fabric-h100-files < TeamNamespace train-vision",
  ]);
});

it("shared-storage is a file system in a subnet of somebody else's, and a store with a container", async () => {
  const plan = await example("shared-storage");
  expect(tree(plan)).toEqual([
    "LustreFileSystem lustre",
    "AmlFilesystem lustre < LustreFileSystem lustre",
    "BlobStore data",
    "StorageAccount data < BlobStore data",
    "BlobServiceProperties data < BlobStore data",
    "ManagementPolicy data < BlobStore data",
    "BlobContainer models",
    "BlobContainer models < BlobContainer models",
  ]);
});

it("lustre-and-blob is a file system that waits for the way to its account and the roles on it", async () => {
  const plan = await example("lustre-and-blob");
  expect(tree(plan)).toEqual([
    "BlobIntegration export",
    "StorageAccount export < BlobIntegration export",
    "BlobServiceProperties export < BlobIntegration export",
    "BlobContainer export-data < BlobIntegration export",
    "BlobContainer export-log < BlobIntegration export",
    "PrivateEndpoint export-blob",
    "PrivateEndpoint export-blob < PrivateEndpoint export-blob",
    "PrivateDnsZoneGroup export-blob < PrivateEndpoint export-blob",
    "RoleGrant export-data",
    "RoleAssignment export-data < RoleGrant export-data",
    "RoleGrant export-account",
    "RoleAssignment export-account < RoleGrant export-account",
    "LustreFileSystem lustre",
    "AmlFilesystem lustre < LustreFileSystem lustre",
    "AutoExportJob lustre-auto-export < LustreFileSystem lustre",
  ]);
  const [fileSystem] = plan.resources.filter(({ type }) => type.endsWith(":AmlFilesystem"));
  expect(fileSystem?.inputs).toMatchObject({ sku: { name: "AMLFS-Durable-Premium-500" }, storageCapacityTiB: 28 });
  const awaited = plan.resources.filter(({ type }) =>
    /:(RoleAssignment|PrivateEndpoint|PrivateDnsZoneGroup)$/.test(type),
  );
  for (const { urn, custom } of awaited) if (custom) expect(fileSystem?.dependencies).toContain(urn);
});

it("pipeline-identity is a state, a key, and one identity that deploys", async () => {
  const plan = await example("pipeline-identity");
  expect(tree(plan).filter((it) => !it.includes(" < "))).toEqual([
    "StateAccount lab",
    "SecretsKey lab",
    "PipelineIdentity deploy-lab",
    "PipelineRights lab",
    "RoleGrant state",
    "RoleGrant key",
  ]);
});

it("archive-and-homes is an account that keeps what is written, a pool and a volume", async () => {
  const plan = await example("archive-and-homes");
  expect(tree(plan)).toEqual([
    "ArchiveStore archive",
    "StorageAccount archive < ArchiveStore archive",
    "BlobServiceProperties archive < ArchiveStore archive",
    "ManagementPolicy archive < ArchiveStore archive",
    "BlobContainer archive < ArchiveStore archive",
    "NetAppFiles homes",
    "Account homes < NetAppFiles homes",
    "CapacityPool homes < NetAppFiles homes",
    "SnapshotPolicy homes < NetAppFiles homes",
    "BackupPolicy homes < NetAppFiles homes",
    "BackupVault homes < NetAppFiles homes",
    "NetAppVolume vision",
    "CapacityPoolVolume vision < NetAppVolume vision",
  ]);
});

it("scratch-disks is one add-on, and nothing else of the cluster that it is in", async () => {
  const plan = await example("scratch-disks");
  expect(tree(plan)).toEqual([
    "KubernetesAccess cluster",
    "kubernetes cluster < KubernetesAccess cluster",
    "InstalledAddOn scratch",
    "Namespace scratch < InstalledAddOn scratch",
    "NetworkPolicy scratch-ingress < InstalledAddOn scratch",
    "Release scratch < InstalledAddOn scratch",
    "StorageClass scratch < InstalledAddOn scratch",
  ]);
});

it("queued-team is Kueue with the kinds of jobs that it queues, and a team's queue", async () => {
  const plan = await example("queued-team");
  const made = tree(plan);
  expect(made.filter((it) => /^(InstalledAddOn|Release) /.test(it))).toEqual(
    ["job-set", "leader-worker-set", "trainer", "kueue"].flatMap((it) => [
      `InstalledAddOn ${it}`,
      `Release ${it} < InstalledAddOn ${it}`,
    ]),
  );
  expect(made.slice(-2)).toEqual(["TeamQueue train-vision", "ClusterQueue train-vision < TeamQueue train-vision"]);
});

it("audit-trail keeps the logs of somebody else's cluster and of their account", async () => {
  const plan = await example("audit-trail");
  expect(tree(plan)).toEqual([
    "AuditTrail audit",
    "Workspace audit < AuditTrail audit",
    "DiagnosticSetting audit-aks < AuditTrail audit",
    "DiagnosticSetting audit-data < AuditTrail audit",
  ]);
});

it("declared-size is a pool of a size that the catalogue does not have, whose tags say its figures", async () => {
  const plan = await example("declared-size");
  expect(tree(plan)).toEqual(["GpuPool next", "AgentPool nextd1 < GpuPool next"]);
  const pool = plan.resources.find(({ name }) => name === "nextd1");
  expect(pool?.inputs).toMatchObject({
    vmSize: "Standard_ND128isr_B300_v7",
    count: 16,
    tags: { "vmSize.vcpus": "128", "vmSize.infiniband": '{"hcas":8,"gbitsPerSecondPerHca":800}' },
  });
});

it("training-job is a job with its script, and nothing else of the cluster that it is in", async () => {
  const plan = await example("training-job");
  expect(tree(plan)).toEqual([
    "KubernetesAccess cluster",
    "kubernetes cluster < KubernetesAccess cluster",
    "TrainingJob first",
    "ConfigMap ConfigMap-first-files < TrainingJob first",
    "TrainJob TrainJob-first < TrainingJob first",
  ]);
});

it("model-service is one model, with its route last", async () => {
  const made = tree(await example("model-service"));
  expect(made.slice(2, 3)).toEqual(["ModelService infer-chat-small"]);
  expect(made).toContain("Deployment infer-chat-small-servers < ModelService infer-chat-small");
  expect(made.at(-1)).toBe("HTTPRoute infer-chat-small-route < ModelService infer-chat-small");
});

it("a program that was recorded before makes the same again", async () => {
  const once = tree(await example("bare-scale-set"));
  expect(once).toContain("GpuScaleSet slurm");
  expect(tree(await example("bare-scale-set"))).toEqual(once);
});

it("examples have at most 30 lines", () => {
  const lines = readdirSync(path.join(root, "examples"), { recursive: true, encoding: "utf8" })
    .filter((it) => it.endsWith(".ts"))
    .map(
      (it) =>
        [
          it,
          readFileSync(path.join(root, "examples", it), "utf8")
            .trimEnd()
            .split("\n").length,
        ] as const,
    );
  expect(lines).toHaveLength(14);
  expect(lines.filter(([, length]) => length > 30)).toEqual([]);
});

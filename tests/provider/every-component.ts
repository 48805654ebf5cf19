import { type ComponentResource, type ComponentResourceOptions, output } from "@pulumi/pulumi";
import {
  ApiServerZone,
  CapacityReservation,
  CpuPool,
  GpuPool,
  KubernetesCluster,
  planGpuPool,
} from "../../components/cluster";
import { GpuScaleSet, ImageGallery, ImageTemplate, planImageGallery, Runner } from "../../components/compute";
import {
  AzurePolicies,
  EnvironmentBudget,
  EnvironmentGroup,
  EnvironmentHours,
  GroupLock,
} from "../../components/foundation";
import {
  ClusterIdentity,
  ContainerRegistry,
  CustomerManagedKeys,
  KeyVault,
  PipelineIdentity,
  PipelineRights,
  RoleGrant,
  SecretsKey,
  WorkloadIdentity,
} from "../../components/identity";
import { ModelService } from "../../components/inference";
import { Alerts, AuditTrail, Grafana, ManagedPrometheus } from "../../components/monitoring";
import { ClusterNetwork, ExistingNetwork, PrivateDns, PrivateEndpoint } from "../../components/network";
import { TeamQueue } from "../../components/queues";
import {
  ArchiveStore,
  BlobContainer,
  BlobIntegration,
  BlobStore,
  LustreFileSystem,
  NetAppFiles,
  NetAppVolume,
  StateAccount,
} from "../../components/storage";
import type { NetAppRef } from "../../components/storage/netapp-files/netapp-ref";
import { TeamNamespace } from "../../components/tenancy";
import { blob } from "../../components/tenancy/volumes/blob";
import { lustre } from "../../components/tenancy/volumes/lustre";
import { netapp } from "../../components/tenancy/volumes/netapp";
import { idOf, ownId, place, scope } from "../recorded";
import { a10Pool, chat } from "../components/inference/model-service/surroundings";
import { h100Pool, vision } from "../components/tenancy/teams";

/** One component made twice: by its class, and by the plugin. */
interface Pair {
  readonly name: string;
  /** Makes it as a program in TypeScript does. */
  readonly make: (name: string, opts: ComponentResourceOptions) => ComponentResource;
  /** What a program in another language says. */
  readonly given: object;
}

/** A component whose inputs are the arguments of its class. */
function same<Args extends object>(
  Class: new (name: string, args: Args, opts: ComponentResourceOptions) => ComponentResource,
  name: string,
  args: Args,
): Pair {
  return { name, given: args, make: (it, opts) => new Class(it, args, opts) };
}

const tenantId = "99999999-9999-4999-8999-999999999999";
const groupId = "11111111-1111-4111-8111-111111111111";
const principalId = "22222222-2222-4222-8222-222222222222";
const groupResourceId = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-test";
const cluster = idOf("Microsoft.ContainerService/managedClusters/aks");
const vnet = idOf("Microsoft.Network/virtualNetworks/vnet");
const subnetResourceId = `${vnet}/subnets/snet`;
const account = idOf("Microsoft.Storage/storageAccounts/data");
const sshPublicKeys = [`ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${"A".repeat(43)}`];
const h100 = "Standard_ND96isr_H100_v5";
const ranges = { podCidr: "10.128.0.0/14", serviceCidr: "10.96.0.0/16" };
const joined = { name: "aks", resourceGroupName: "rg-test", kubernetesVersion: "1.36" };
const ownKey = {
  vaultUri: "https://kv-keys.vault.azure.net",
  keyName: "storage",
  vaultResourceId: idOf("Microsoft.KeyVault/vaults/kv-keys"),
  keyUrl: "https://kv-keys.vault.azure.net/keys/storage",
  keyUrlWithVersion: `https://kv-keys.vault.azure.net/keys/storage/${"0".repeat(32)}`,
  identityResourceId: idOf("Microsoft.ManagedIdentity/userAssignedIdentities/id-keys"),
  identityClientId: principalId,
};
const blobStore = { resourceGroupName: "rg-test", accountName: "data", accountResourceId: account };
const container = { accountName: "data", containerName: "nodes" };
const netAppPool: Omit<NetAppRef, "subnetResourceId"> = {
  ...{ resourceGroupName: "rg-test", accountName: "netapp", poolName: "pool", location: "eastus" },
  serviceLevel: "Premium",
  qos: "auto",
  protocol: "NFSv3",
  rootSquash: "root-only",
  ...{ sizeTiB: 4, volumeGiB: 512, otherVolumes: 0, clientRanges: ["10.64.0.0/17"] },
};
const netAppIds = {
  subnetResourceId,
  snapshotPolicyId: "/snapshots",
  backupPolicyId: "/backups",
  backupVaultId: "/vault",
};
const reserved = {
  size: "Standard_NC24ads_A100_v4",
  capacity: [{ reserved: { nodes: 2 } }, { onDemand: { maxNodes: 2 } }],
};
const lustreStore = { mgsAddress: "10.64.48.4", sizeTiB: 16 };
const gallery = {
  images: {
    hpc: {
      size: h100,
      versions: { "0.9.0": { sourceResourceId: ownId("Microsoft.Compute/images/old") } },
      build: {
        version: "1.0.0",
        baseVersion: "24.04.2026072901",
        steps: [{ name: "tools", commands: ["sudo apt-get install -y pdsh"] }],
      },
    },
  },
};
const builderIds = { versionResourceId: "/version", identityResourceId: "/identity" };
const lustreBlob = { containerResourceId: "/data", logContainerResourceId: "/log", importPrefix: "/" };
const lustreShape = { scope, tier: "AMLFS-Durable-Premium-250", sizeTiB: 8, zone: "1", subnetResourceId };
const team = { ...vision, identityClientId: principalId, podSecurityVersion: "v1.36" };

/** Each packaged component, by type. Where the two say the same in other words, both are written out. */
export const everyComponent: Readonly<Record<string, Pair>> = {
  "azure-gpu-cluster:foundation:EnvironmentGroup": same(EnvironmentGroup, "env", {
    scope: { location: scope.location, names: scope.names, tags: scope.tags },
  }),
  "azure-gpu-cluster:foundation:GroupLock": same(GroupLock, "env", { groupResourceId, notes: "Production" }),
  "azure-gpu-cluster:foundation:EnvironmentBudget": same(EnvironmentBudget, "env", {
    ...{ scope, usdPerMonth: 1000, contacts: ["owner@example.com"], groupResourceId },
    nodeResourceGroupName: "rg-nodes",
  }),
  "azure-gpu-cluster:foundation:EnvironmentHours": same(EnvironmentHours, "env", {
    ...{ scope, nights: { from: "22:00", to: "06:00" }, weekends: true, timeZone: "Europe/Berlin" },
    switched: { aks: { type: "ManagedCluster", resourceId: cluster } },
  }),
  "azure-gpu-cluster:foundation:AzurePolicies": same(AzurePolicies, "env", { scope, groupResourceId, maxNodes: 100 }),
  "azure-gpu-cluster:network:ClusterNetwork": same(ClusterNetwork, "net", {
    ...{ scope, addressSpace: "10.64.0.0/16", ...ranges },
    users: [{ infiniband: true, subnets: [{ role: "nodes", addresses: 40, what: "AKS nodes" }] }],
  }),
  "azure-gpu-cluster:network:ExistingNetwork": same(ExistingNetwork, "net", {
    virtualNetworkResourceId: ownId("Microsoft.Network/virtualNetworks/vnet-spoke"),
    addressSpace: ["10.20.0.0/16"],
    subnets: {
      nodes: { name: "snet-aks", range: "10.20.0.0/20" },
      endpoints: { name: "snet-endpoints", range: "10.20.16.0/26" },
      apiServer: {
        ...{ name: "snet-api", range: "10.20.17.0/28" },
        delegatedTo: "Microsoft.ContainerService/managedClusters",
      },
    },
    outbound: "routes",
    podCidr: "10.96.0.0/16",
    serviceCidr: "10.112.0.0/16",
  }),
  "azure-gpu-cluster:network:PrivateDns": same(PrivateDns, "dns", {
    ...{ scope, virtualNetworkResourceId: vnet, services: ["blob", "dfs"], peers: { hub: `${vnet}-hub` } },
    existingZones: [ownId("Microsoft.Network/privateDnsZones/privatelink.dfs.core.windows.net")],
  }),
  "azure-gpu-cluster:network:PrivateEndpoint": same(PrivateEndpoint, "blob", {
    ...{ scope, subnetResourceId, targetResourceId: account, groupId: "blob", approval: "manual" },
    privateDnsZoneResourceId: "/zone",
  }),
  "azure-gpu-cluster:identity:ClusterIdentity": same(ClusterIdentity, "aks", {
    ...{ scope, subnetResourceIds: { nodes: subnetResourceId } },
    apiServerZone: { zoneResourceId: idOf("Microsoft.Network/privateDnsZones/zone"), virtualNetworkResourceId: vnet },
  }),
  "azure-gpu-cluster:identity:WorkloadIdentity": same(WorkloadIdentity, "train-vision", {
    ...{ scope, oidcIssuerUrl: "https://issuer", namespace: "train-vision", serviceAccount: "team" },
  }),
  "azure-gpu-cluster:identity:RoleGrant": same(RoleGrant, "grant", {
    ...{ scope: account, principalId, role: "Storage Blob Data Contributor", principalType: "ServicePrincipal" },
  }),
  "azure-gpu-cluster:identity:ContainerRegistry": same(ContainerRegistry, "images", {
    ...{ scope, caches: ["quay.io"], ownKey },
  }),
  "azure-gpu-cluster:identity:KeyVault": same(KeyVault, "secrets", { scope, tenantId }),
  "azure-gpu-cluster:identity:CustomerManagedKeys": same(CustomerManagedKeys, "keys", { scope, tenantId }),
  "azure-gpu-cluster:identity:SecretsKey": same(SecretsKey, "state", { scope, tenantId }),
  "azure-gpu-cluster:identity:PipelineIdentity": same(PipelineIdentity, "deploy-prod", {
    ...{ scope, environment: "prod", duty: "deploy" },
    pipelines: { kind: "github", repository: "example/gpu-estate" },
  }),
  "azure-gpu-cluster:identity:PipelineRights": same(PipelineRights, "prod", {
    ...{ names: scope.names, environment: "prod", subscriptionId: groupId, locks: true, policies: true },
    planners: { pipeline: { principalId, principalType: "ServicePrincipal" } },
    deployers: { people: { principalId: groupId, principalType: "Group" } },
  }),
  "azure-gpu-cluster:cluster:KubernetesCluster": same(KubernetesCluster, "aks", {
    ...{ scope, network: { ...ranges, outboundType: "userAssignedNATGateway" }, metrics: true },
    ...{ subnetResourceIds: { nodes: subnetResourceId, apiServer: `${vnet}/subnets/api` } },
    ...{ identityResourceId: "/identity", kubernetesVersion: "1.36", adminGroupObjectIds: [groupId] },
    ...{ systemPool: { nodes: 3 }, upgrades: { nodeOs: "None" } },
  }),
  "azure-gpu-cluster:cluster:GpuPool": same(GpuPool, "h100", {
    ...{ scope, cluster: joined, subnetResourceId, size: h100, domains: 2, nodes: 16 },
  }),
  "azure-gpu-cluster:cluster:CpuPool": same(CpuPool, "general", {
    ...{ scope, cluster: joined, subnetResourceId, size: "Standard_D8ds_v5", nodes: 2 },
  }),
  "azure-gpu-cluster:cluster:ApiServerZone": same(ApiServerZone, "aks", {
    ...{ scope, privateZoneName: "aks.private.eastus.azmk8s.io", virtualNetworkResourceIds: { cluster: vnet } },
  }),
  "azure-gpu-cluster:cluster:CapacityReservation": {
    name: "h100",
    given: { scope, pool: reserved },
    make: (name, opts) => {
      const { reservation: plan } = planGpuPool(name, reserved, place);
      if (plan === null) throw new Error("A pool with a reserved rung has a reservation.");
      return new CapacityReservation(name, { scope, plan }, opts);
    },
  },
  "azure-gpu-cluster:storage:LustreFileSystem": {
    name: "lustre",
    given: { ...lustreShape, ownKey, blob: { ...lustreBlob, job: { autoExport: { prefix: "/checkpoints" } } } },
    make: (name, opts) => {
      const body = { autoExportJobName: "auto-export", autoExportPrefixes: ["/checkpoints"] };
      const from = { ...lustreBlob, job: { kind: "autoExport", body }, after: [] } as const;
      return new LustreFileSystem(name, { ...lustreShape, ownKey, blob: from }, opts);
    },
  },
  "azure-gpu-cluster:storage:BlobStore": same(BlobStore, "blob", { scope, ownKey, redundancy: "ZRS" }),
  "azure-gpu-cluster:storage:BlobContainer": same(BlobContainer, "vision", {
    store: blobStore,
    containerName: "vision",
  }),
  "azure-gpu-cluster:storage:ArchiveStore": same(ArchiveStore, "archive", { scope, ownKey, restoreDays: 7 }),
  "azure-gpu-cluster:storage:BlobIntegration": same(BlobIntegration, "lustre-blob", {
    ...{ scope, accountKeys: { allowedBecause: "checkpoints are exported" }, providerObjectId: principalId },
    job: { autoImport: { prefixes: ["/data"] } },
  }),
  "azure-gpu-cluster:storage:StateAccount": same(StateAccount, "state", { scope }),
  "azure-gpu-cluster:storage:NetAppFiles": same(NetAppFiles, "netapp", {
    ...{ scope, sizeTiB: 4, subnetResourceId, clientRanges: ["10.64.0.0/17"], backup: {}, otherVolumes: 1 },
  }),
  "azure-gpu-cluster:storage:NetAppVolume": {
    name: "homes",
    given: { pool: netAppPool, ...netAppIds, volumeName: "homes", tags: scope.tags },
    make: (name, opts) => {
      const args = { pool: { ...netAppPool, ...netAppIds }, volumeName: "homes", tags: scope.tags };
      return new NetAppVolume(name, args, opts);
    },
  },
  "azure-gpu-cluster:queues:TeamQueue": same(TeamQueue, "train-vision", {
    ...{
      gpus: 8,
      borrow: 8,
      pool: { ...h100Pool, maxNodes: 8 },
      queues: { cohortName: "cluster", placeless: "without-devices" },
    },
  }),
  "azure-gpu-cluster:tenancy:TeamNamespace": {
    name: "train-vision",
    given: {
      ...{ ...team, pool: h100Pool, queue: { clusterQueueName: "train-vision", borrow: 0 } },
      volumes: {
        lustre: { lustre: lustreStore },
        blob: { blob: blobStore, part: "vision" },
        netapp: { netapp: netAppPool, server: "10.64.3.4", part: "/vision", sizeGiB: 1024 },
      },
    },
    make: (name, opts) => {
      const identityClientId = principalId;
      const volumes = {
        lustre: lustre.volume(lustreStore, { part: "teams/train-vision", identityClientId }),
        blob: blob.volume(blobStore, { part: "vision", identityClientId }),
        netapp: netapp.volume(
          { ...netAppPool, subnetResourceId },
          { part: "/vision", server: "10.64.3.4", sizeGiB: 1024, identityClientId },
        ),
      };
      const queue = { clusterQueueName: "train-vision", borrow: 0 };
      return new TeamNamespace(name, { ...team, pool: h100Pool, queue, volumes }, opts);
    },
  },
  "azure-gpu-cluster:inference:ModelService": {
    name: "infer-chat-small",
    given: {
      ...{ model: "small", shape: { model: "qwen2.5-7b" }, accountName: "data", serviceAccount: "team" },
      surroundings: { ...chat, pool: { ...a10Pool, migProfile: null } },
    },
    make: (name, opts) => {
      const what = { model: "small", shape: { model: "qwen2.5-7b" }, surroundings: chat } as const;
      return new ModelService(name, { ...what, accountName: "data", serviceAccount: "team", scaler: null }, opts);
    },
  },
  "azure-gpu-cluster:compute:GpuScaleSet": same(GpuScaleSet, "slurm", {
    ...{ scope, subnetResourceId, size: h100, nodes: 2, imageVersion: "24.04.2026072901", sshPublicKeys },
    ...{ slurm: { head: {} }, slurmKey: container, blob: container, lustre: lustreStore },
    nfs: { server: "10.64.3.4", exportPath: "/homes", protocol: "NFSv3" },
  }),
  "azure-gpu-cluster:compute:ImageGallery": same(ImageGallery, "images", { scope, ...gallery }),
  "azure-gpu-cluster:compute:ImageTemplate": {
    name: "images-hpc-build",
    given: { scope, gallery, galleryName: "images", image: "hpc", ...builderIds },
    make: (name, opts) => {
      const plan = planImageGallery("images", gallery, place).images[0]?.build;
      if (plan == null) throw new Error("The image of the gallery is built.");
      const ids = { versionResourceId: output("/version"), identityResourceId: output("/identity") };
      return new ImageTemplate(name, { scope, builder: { name, plan, ...ids, principalId: output("") } }, opts);
    },
  },
  "azure-gpu-cluster:compute:Runner": same(Runner, "runner", {
    ...{ scope, subnetResourceId, imageVersion: "24.04.202609040", sshPublicKeys },
  }),
  "azure-gpu-cluster:monitoring:Alerts": same(Alerts, "alerts", {
    ...{ scope, email: ["ml-oncall@example.com"], resourceInGroup: cluster },
    watched: [{ name: "aks", kind: "cluster", resourceId: cluster }],
  }),
  "azure-gpu-cluster:monitoring:ManagedPrometheus": same(ManagedPrometheus, "metrics", {
    ...{ scope, clusterResourceId: cluster, gpuPools: [h100Pool] },
    alertRoute: { actionGroupResourceId: "/group", leastSevere: 2 },
    stores: [{ name: "blob", kind: "blob", resourceId: account }],
  }),
  "azure-gpu-cluster:monitoring:Grafana": same(Grafana, "grafana", {
    ...{ scope, metrics: { workspaceResourceId: "/workspace", privateQueries: true } },
  }),
  "azure-gpu-cluster:monitoring:AuditTrail": same(AuditTrail, "audit", {
    ...{ scope, audited: [{ name: "aks", kind: "cluster", resourceId: cluster }] },
  }),
};

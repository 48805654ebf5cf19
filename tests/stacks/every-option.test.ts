import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { uses } from "../../catalog/prices/uses";
import { sysctls } from "../../catalog/sysctls";
import { vmSizes } from "../../catalog/vm-sizes";
import { MisconfiguredError } from "../../core/problems";
import { isList, isRecord } from "../../core/property-value";
import { keysOf } from "../../core/records";
import { record } from "../../preview/record";
import type { RecordedPlan } from "../../preview/recorded-plan";
import type { LayerName } from "../../stacks/config/layers";
import { layerOf, projectName, sections, type SectionsInput } from "../../stacks/config/sections";
import { deploy } from "../../stacks/deploy";
import type { Environment } from "../../stacks/environment";
import { readEnvironment } from "../../stacks/read-environment";
import { today } from "../stack-files";

/** ID of a container registry. */
function registry(name: string): string {
  return `/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/rg/providers/Microsoft.ContainerRegistry/registries/${name}`;
}

/** ID of a user-assigned identity. */
function identity(name: string): string {
  return `/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/keys/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`;
}

/** ID of the Key Vault kv-ml in a group. */
function vault(group: string): string {
  return `/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/${group}/providers/Microsoft.KeyVault/vaults/kv-ml`;
}

/** ID of a Key Vault with secrets of teams. */
function keyVault(name: string): string {
  return vault("secrets").replace("kv-ml", name);
}

/** ID of a disk encryption set. */
function diskEncryptionSet(name: string): string {
  return `/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/rg/providers/Microsoft.Compute/diskEncryptionSets/${name}`;
}

const metricsWorkspace =
  "/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/rg/providers/Microsoft.Monitor/accounts/amw-everything";

const actionGroup =
  "/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/rg/providers/Microsoft.Insights/actionGroups/ag-pager";

/** ID of a version in somebody's gallery. */
function galleryVersion(version: string): string {
  return `/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/rg/providers/Microsoft.Compute/galleries/gal/images/hpc/versions/${version}`;
}

/** ID of a subnet that builds are put into. */
function buildSubnet(name: string): string {
  return `/subscriptions/5f0c1c3e-8a51-4d0e-9c1c-0d6f3f7a2b11/resourceGroups/hub/providers/Microsoft.Network/virtualNetworks/hub/subnets/${name}`;
}

/** Image of vLLM of somebody's own. */
function vllmImage(digit: string): string {
  return `docker.io/vllm/vllm-openai:v0.27.0@sha256:${digit.repeat(64)}`;
}

/** Figures of a model that is not in the catalogue. */
function figures<K>(kept: K): {
  readonly weightGB: number;
  readonly activeWeightGB: number;
  readonly layers: number;
  readonly attentionHeads: number;
  readonly kept: K;
  readonly contextTokens: number;
} {
  return { weightGB: 8, activeWeightGB: 2, layers: 32, attentionHeads: 32, kept, contextTokens: 16_384 };
}

/** Other figures, at a model and at its canary. */
const otherFigures = Object.entries({
  weightGB: 9,
  activeWeightGB: 0.02,
  layers: 36,
  attentionHeads: 36,
  kept: { heads: 16, headSize: 64 },
  "kept.heads": 2,
  "kept.headSize": 128,
  "kept.vectorSize": 320,
  contextTokens: 8192,
});

const tokens: string[] = ["hf-token", "other-token"];

/** An inference team that serves nothing yet. */
const chat = {
  pool: "a10",
  gpus: 8,
  groupObjectId: "33333333-3333-4333-8333-333333333333",
  cpuShares: { elastic: 1 },
  podSecurity: { level: "baseline", reason: "images run as root" },
  egress: "https",
  secrets: tokens,
} as const;

const environment = { kind: "dev", owner: "ml-platform", costCenter: "research", protect: false } as const;

/** An environment in which every option of a stack file can be set: each stands here, or beside one that excludes it. */
const base = {
  environment: { ...environment, budget: { usdPerMonth: 9_999_999, contacts: ["pay@example.com"] } },
  network: {
    addressSpace: "10.64.0.0/16",
    podCidr: "10.96.0.0/14",
    serviceCidr: "10.112.0.0/16",
    peers: {
      hub: {
        virtualNetworkResourceId:
          "/subscriptions/5f0c1c3e-8a51-4d0e-9c1c-0d6f3f7a2b11/resourceGroups/hub/providers/Microsoft.Network/virtualNetworks/hub",
        addressSpace: ["10.1.0.0/16"],
      },
    },
  },
  cluster: {
    kubernetesVersion: "1.36",
    tier: "Premium",
    apiServer: { authorizedIpRanges: ["203.0.113.0/28"] },
    adminGroupObjectIds: ["11111111-1111-4111-8111-111111111111"],
    systemPool: {},
    keda: true,
    advancedNetworkPolicies: "FQDN",
  },
  vmSizes: {
    Standard_ND128isr_v9: {
      vcpus: 128,
      memoryGiB: 2000,
      quotaFamily: "standardNDSRv9Family",
      gpu: { vendor: "nvidia", count: 8 },
      infiniband: { hcas: 8, gbitsPerSecondPerHca: 800 },
      nvme: { disks: 8, totalGiB: 28600 },
    },
    Standard_NV8ads_v9: {
      vcpus: 8,
      memoryGiB: 64,
      quotaFamily: "standardNVADSv9Family",
      gpu: { vendor: "nvidia", fraction: 0.25 },
    },
    Standard_D16as_v9: {
      vcpus: 16,
      memoryGiB: 64,
      quotaFamily: "standardDASv9Family",
      price: { usdPerHour: 0.7, asOf: "2026-09-01" },
    },
  },
  gpuPools: {
    next: { size: "Standard_ND128isr_v9", nodes: 1 },
    slice: { size: "Standard_NV8ads_v9", nodes: 1 },
    h100: { size: "Standard_ND96isr_H100_v5", domains: 2, minNodes: 1, maxNodes: 4, ncclTopologyFile: true },
    large: { size: "Standard_ND96isr_H100_v5", nodes: 120, domainLimit: 200 },
    a100: { size: "Standard_NC24ads_A100_v4", nodes: 2, migProfile: "MIG1g" },
    whole: { size: "Standard_NC24ads_A100_v4", nodes: 24 },
    a10: { size: "Standard_NV36ads_A10_v5", minNodes: 0, maxNodes: 8, spot: { maxUsdPerHour: -1 } },
    nightly: {
      size: "Standard_NC48ads_A100_v4",
      maxNodes: 1,
      off: { nights: { from: "20:00", to: "07:00" }, weekends: true, timeZone: "Europe/Berlin" },
    },
    ladder: { size: "Standard_NC48ads_A100_v4", capacity: [{ reserved: { nodes: 1 } }, { onDemand: { maxNodes: 2 } }] },
  },
  cpuPools: {
    next: { size: "Standard_D16as_v9", nodes: 1 },
    general: { size: "Standard_D8ds_v5", nodes: 2 },
    elastic: { size: "Standard_D8ds_v5", minNodes: 1, maxNodes: 3 },
  },
  scaleSets: {
    slurm: {
      size: "Standard_ND96isr_H100_v5",
      nodes: 2,
      imageVersion: "24.04.2026072901",
      sshPublicKeys: [`ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${"A".repeat(43)} somebody`],
    },
    large: {
      size: "Standard_ND96isr_H100_v5",
      nodes: 120,
      domainLimit: 200,
      imageVersion: "24.04.2026072901",
      hugePages: { size: "2Mi", count: 1024 },
      sshPublicKeys: [`ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${"A".repeat(43)} somebody`],
    },
  },
  runner: {
    imageVersion: "24.04.202609040",
    sshPublicKeys: [`ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${"A".repeat(43)} somebody`],
  },
  storage: {
    lustre: {
      rootSquash: "root-only",
      tier: "AMLFS-Durable-Premium-250",
      sizeTiB: 16,
      zone: "1",
      holdsTiB: 8,
      checkpoint: { writeTB: 1, seconds: 600, keep: 2 },
      customerManagedKey: {
        keyUrl: `https://kv-ml.vault.azure.net/keys/data/${"a".repeat(32)}`,
        identityResourceId: identity("lustre"),
        vaultResourceId: vault("keys"),
      },
    },
    blob: {
      customerManagedKey: {
        keyUrl: "https://kv-ml.vault.azure.net/keys/data",
        identityResourceId: identity("blob"),
      },
    },
    blobIntegration: {
      accountKeys: { allowedBecause: "checkpoints are exported" },
      providerObjectId: "99999999-9999-4999-8999-999999999999",
      job: { autoExport: { prefix: "/checkpoints" } },
    },
    archive: {
      immutability: { scope: "versions", days: 30 },
      customerManagedKey: {
        keyUrl: "https://kv-ml.vault.azure.net/keys/data",
        identityResourceId: identity("archive"),
      },
    },
    netapp: { sizeTiB: 16, qos: "manual", volumes: { throughputMiBps: 32 }, backup: {} },
  },
  registries: { images: { resourceId: registry("images"), privateEndpoint: {} } },
  keyVault: { resourceId: keyVault("kv-teams"), privateEndpoint: {} },
  azurePolicy: { auditOnly: { accountKeys: "Lustre moves data by keys" } },
  auditTrail: {},
  alerts: {
    email: ["ml-oncall@example.com"],
    webhooks: {
      pager: {
        uri: "https://alerts.example.com/azure",
        applicationObjectId: "44444444-4444-4444-8444-444444444444",
        identifierUri: "api://alerts",
        tenantId: "66666666-6666-4666-8666-666666666666",
      },
    },
  },
  metrics: {},
  grafana: {},
  // Adapters are left to somebody else, so that the operator can be asked for.
  platform: {
    scratchDisks: {},
    networkOperator: false,
    certManager: {},
    inferenceGateway: {
      hostName: "*.models.example.com",
      tls: { secret: "wildcard" },
      allowedSources: ["10.1.0.0/16"],
    },
  },
  trainingTeams: {
    vision: {
      pool: "h100",
      gpus: 16,
      groupObjectId: "22222222-2222-4222-8222-222222222222",
      cpuShares: { general: 1 },
      podSecurity: { level: "baseline", reason: "images run as root" },
    },
  },
  inferenceTeams: {
    chat: {
      ...chat,
      models: {
        small: {
          model: "qwen2.5-7b",
          access: { apiKeys: "keys" },
          limits: { requestsPerMinute: 600 },
          schedule: { timezone: "Europe/Berlin", start: "0 7 * * 1-5", end: "0 20 * * 1-5", replicas: 1 },
          canary: { weight: 10, image: vllmImage("b") },
          prefill: { replicas: 1 },
          responseCache: {},
        },
        heads: {
          model: figures({ heads: 8, headSize: 64 }),
          weights: { blob: "models/heads" },
          access: { entra: { tenantId: "66666666-6666-4666-8666-666666666666", audience: "api://models" } },
          limits: { tokensPerMinute: 40_000 },
          canary: { weight: 10, model: figures({ heads: 4, headSize: 64 }), weights: { blob: "models/canary" } },
        },
        vector: {
          model: figures({ vectorSize: 576 }),
          weights: { huggingFace: "somebody/vector", tokenSecret: "hf-token" },
          canary: {
            weight: 10,
            model: figures({ vectorSize: 512 }),
            weights: { huggingFace: "somebody/canary", tokenSecret: "hf-token" },
          },
        },
      },
    },
  },
  notebookTeams: {
    people: {
      pool: "whole",
      gpus: 1,
      groupObjectId: "66666666-6666-4666-8666-666666666666",
      cpuShares: { elastic: 1 },
      podSecurity: { level: "baseline", reason: "images run as root" },
    },
  },
} satisfies SectionsInput;

const snapshotId =
  "/subscriptions/00000000-0000-4000-8000-000000000000/resourceGroups/rg/providers/Microsoft.ContainerService/snapshots/good";
/** The same in a network of somebody else: the two exclude each other. */
const { network: ours, ...elsewhere } = base;
const baseInTheirs = {
  ...elsewhere,
  existingNetwork: {
    virtualNetworkResourceId: ours.peers.hub.virtualNetworkResourceId,
    addressSpace: ["10.64.0.0/16"],
    subnets: {
      nodes: { name: "nodes", range: "10.64.0.0/17" },
      scaleSets: { name: "scale-sets", range: "10.64.128.0/18" },
      lustre: { name: "lustre", range: "10.64.192.0/20" },
      endpoints: { name: "endpoints", range: "10.64.208.0/24" },
      apiServer: {
        name: "api-server",
        range: "10.64.209.0/28",
        delegatedTo: "Microsoft.ContainerService/managedClusters",
      },
      runner: { name: "runner", range: "10.64.210.0/28" },
      netapp: { name: "netapp", range: "10.64.211.0/28", delegatedTo: "Microsoft.NetApp/volumes" },
    },
    outbound: "natGateway",
    podCidr: ours.podCidr,
    serviceCidr: ours.serviceCidr,
  },
} satisfies SectionsInput;

/** The same with what others have made for it of its own: a vault of somebody else's takes none of what is said of one that is made. */
const baseOfOwn = {
  ...base,
  keyVault: {},
  containerRegistry: {},
  customerManagedKeys: {},
  imageGallery: {
    images: {
      hpc: {
        size: base.scaleSets.slurm.size,
        versions: {
          "0.9.0": { sourceResourceId: galleryVersion("1.0.0") },
          "0.8.0": { sourceResourceId: galleryVersion("1.0.0") },
        },
        build: {
          version: "1.0.0",
          baseVersion: base.scaleSets.slurm.imageVersion,
          steps: [{ name: "tools", commands: ["sudo apt-get install -y pdsh"] }],
        },
      },
    },
  },
  scaleSets: {
    slurm: {
      size: base.scaleSets.slurm.size,
      nodes: 2,
      sshPublicKeys: base.scaleSets.slurm.sshPublicKeys,
      ownImage: { name: "hpc", version: "0.9.0" },
    },
  },
} satisfies SectionsInput;
const ofOwn =
  /^(imageGallery|scaleSets\.\*\.ownImage|containerRegistry|customerManagedKeys|keyVault\.(secretsOfficerGroupObjectIds|recoverDeleted))(\.|$)/;

/** The stack that makes all but the teams. */
const rest = "organization/azure-gpu-cluster/rest";

/** Teams alone, in a stack of their own: what else the environment makes would be made anew for each option of theirs. */
const baseOfTeams = {
  environment,
  layers: ["tenants"],
  handover: rest,
  trainingTeams: base.trainingTeams,
  inferenceTeams: { chat },
  notebookTeams: base.notebookTeams,
} satisfies SectionsInput;

/** Models alone, for the same reason. */
const baseOfModels = {
  environment,
  layers: ["tenants"],
  handover: rest,
  inferenceTeams: base.inferenceTeams,
} satisfies SectionsInput;

/** What the stack file as a whole says: the least that it can be said of. */
const baseOfAll = {
  environment: base.environment,
  network: base.network,
  cluster: base.cluster,
  gpuPools: { whole: base.gpuPools.whole },
  cpuPools: { elastic: base.cpuPools.elastic },
} satisfies SectionsInput;

/** It has hours, which protection excludes, and the hours of a pool on another clock. */
const baseWithHours = {
  environment: {
    ...environment,
    off: { nights: { from: "22:00", to: "06:00" }, weekends: true, timeZone: "Europe/Berlin" },
  },
  network: base.network,
  cluster: base.cluster,
} satisfies SectionsInput;

const runners =
  "/subscriptions/5f0c1c3e-8a51-4d0e-9c1c-0d6f3f7a2b11/resourceGroups/runners/providers/Microsoft.Network";

/** Issuer of a cluster. */
function aksIssuer(cluster: string): string {
  return `https://eastus2.oic.prod-aks.azure.com/00000000-0000-4000-8000-00000000aaaa/${cluster}/`;
}

/** No environment: what pipelines of several need. */
const baseOfDelivery = {
  environment: { ...environment, kind: "prod" },
  layers: ["bootstrap"],
  delivery: {
    pipelines: { kind: "github", repository: "example/estate", ids: { owner: "1", repository: "2" } },
    operator: { issuer: aksIssuer("00000000-0000-4000-8000-00000000c001") },
    administratorGroupObjectIds: ["11111111-1111-4111-8111-111111111111"],
    network: {
      allowedRanges: ["198.51.100.0/28"],
      endpoints: {
        subnetResourceId: `${runners}/virtualNetworks/vnet/subnets/endpoints`,
        privateDnsZoneResourceIds: {
          blob: `${runners}/privateDnsZones/privatelink.blob.core.windows.net`,
          vault: `${runners}/privateDnsZones/privatelink.vaultcore.azure.net`,
        },
      },
    },
    environments: {
      dev: { subscriptionId: "d0000000-0000-4000-8000-000000000001", operator: { stacks: ["dev"] } },
      prod: {
        subscriptionId: "a0000000-0000-4000-8000-000000000001",
        breakGlassGroupObjectId: "22222222-2222-4222-8222-222222222222",
      },
    },
  },
} satisfies SectionsInput;

/** The environment that an option is tried in. */
function baseOf(path: string): SectionsInput {
  if (path.startsWith("delivery")) return baseOfDelivery;
  if (path.startsWith("environment.off.")) return baseWithHours;
  if (path.startsWith("existingNetwork")) return baseInTheirs;
  if (ofOwn.test(path)) return baseOfOwn;
  if (path.startsWith("inferenceTeams.*.models")) return baseOfModels;
  if (layers.get(path.split(".")[0] ?? "") === "tenants") return baseOfTeams;
  return extentOf(path) === "program" ? baseOfAll : base;
}

const blobZone =
  "/subscriptions/5f0c1c3e-8a51-4d0e-9c1c-0d6f3f7a2b11/resourceGroups/dns/providers/Microsoft.Network/privateDnsZones/privatelink.blob.core.windows.net";
const theirSubnets = Object.keys(baseInTheirs.existingNetwork.subnets).map((role) => `existingNetwork.subnets.${role}`);

/** Kernel settings, which pools, the system pool and scale sets have alike, and those of a kubelet. */
const nodeSettings = Object.fromEntries<unknown>([
  ...["gpuPools.*", "cpuPools.*", "cluster.systemPool", "scaleSets.*"].flatMap((owner): [string, unknown][] => [
    ...keysOf(sysctls).map((name): [string, unknown] => [
      `${owner}.linuxOSConfig.sysctls.${name}`,
      // Legal beside Azure's defaults of the others.
      sysctls[name].default ?? sysctls[name].bounds?.[0] ?? 1_048_576,
    ]),
    [`${owner}.linuxOSConfig.sysctls.netIpv4IpLocalPortRange`, "32768 60999"],
    [`${owner}.linuxOSConfig.sysctls.netIpv4TcpTwReuse`, true],
  ]),
  ...["gpuPools.*", "cpuPools.*", "cluster.systemPool"].flatMap((pool): [string, unknown][] => [
    [`${pool}.kubeletConfig.cpuCfsQuotaPeriod`, "200ms"],
    [`${pool}.kubeletConfig.imageGcHighThreshold`, 90],
    [`${pool}.kubeletConfig.allowedUnsafeSysctls`, ["net.core.somaxconn"]],
    [`${pool}.kubeletConfig.podMaxPids`, 65_536],
  ]),
]);

/** Another legal value of an option whose type does not say one. A path has `*` for a name that the user chooses. */
const others: Readonly<Record<string, unknown>> = {
  ...nodeSettings,
  "scaleSets.*.ulimits.noFile": 65_536,
  "scaleSets.*.ulimits.nProc": 65_536,
  "environment.workload": "ml",
  "environment.owner": "somebody-else",
  "environment.costCenter": "training",
  "environment.off.nights.from": "23:00",
  "environment.off.nights.to": "05:15",
  "environment.off.timeZone": "America/New_York",
  "environment.budget.contacts": ["pay@example.com", "boss@example.com"],
  "environment.budget.tellAtPercent": [90],
  ...Object.fromEntries(keysOf(uses).map((use) => [`environment.expectedUse.${use}`, 1.5])),
  layers: ["infra"],
  handover: "organization/azure-gpu-cluster/other",
  "network.addressSpace": "10.68.0.0/16",
  "network.podCidr": "10.128.0.0/14",
  "network.serviceCidr": "10.113.0.0/16",
  "network.peers.*.virtualNetworkResourceId":
    "/subscriptions/5f0c1c3e-8a51-4d0e-9c1c-0d6f3f7a2b11/resourceGroups/hub/providers/Microsoft.Network/virtualNetworks/other",
  // Of a peer the addresses are there to be kept clear of.
  "network.peers.*.addressSpace": ["10.64.0.0/24"],
  "network.peers.*.mayReach": ["endpoints"],
  "network.headNodeRanges": ["10.1.0.0/24"],
  "network.outbound": { firewall: { nextHopAddress: "10.1.0.4" } },
  "network.outbound.firewall.nextHopAddress": "10.1.0.4",
  "network.dnsServers": ["10.1.0.5"],
  "network.privateDnsZones": [blobZone],
  "existingNetwork.privateDnsZones": [blobZone],
  "existingNetwork.virtualNetworkResourceId":
    "/subscriptions/5f0c1c3e-8a51-4d0e-9c1c-0d6f3f7a2b11/resourceGroups/hub/providers/Microsoft.Network/virtualNetworks/other",
  "existingNetwork.addressSpace": ["10.68.0.0/16"],
  "existingNetwork.connectedRanges": ["10.96.0.0/24"],
  ...Object.fromEntries(theirSubnets.map((subnet) => [`${subnet}.takenAddresses`, 100_000])),
  "existingNetwork.podCidr": "10.128.0.0/14",
  "existingNetwork.serviceCidr": "10.113.0.0/16",
  ...Object.fromEntries(
    theirSubnets.flatMap((subnet) => [
      [`${subnet}.name`, "other"],
      [`${subnet}.range`, "10.68.0.0/16"],
      [`${subnet}.delegatedTo`, "Microsoft.NetApp/volumes"],
    ]),
  ),
  "existingNetwork.subnets.netapp.delegatedTo": "Microsoft.ContainerService/managedClusters",
  "cluster.kubernetesVersion": "1.36.2",
  "cluster.apiServer": "private",
  "cluster.apiServer.authorizedIpRanges": ["198.51.100.0/28"],
  "cluster.apiServer.privateDns": "own-zone",
  "cluster.apiServer.privateDns.zoneResourceId":
    "/subscriptions/s/resourceGroups/hub/providers/Microsoft.Network/privateDnsZones/private.eastus.azmk8s.io",
  "cluster.adminGroupObjectIds": ["44444444-4444-4444-8444-444444444444"],
  "cluster.diskEncryptionSetResourceId": diskEncryptionSet("cluster"),
  "cluster.systemPool.size": "Standard_D16ds_v5",
  "cluster.systemPool.zones": ["2"],
  "cluster.maintenance.startTime": "01:30",
  "vmSizes.*.memoryGiB": 1900,
  "vmSizes.*.quotaFamily": "standardNDSR2v9Family",
  "vmSizes.*.gpu.fraction": 0.5,
  "vmSizes.*.gpu.boardPowerW": 1200,
  "vmSizes.*.nvme.totalGiB": 14300,
  "vmSizes.*.tempDiskGiB": 1000,
  "vmSizes.*.price.usdPerHour": 98.5,
  "vmSizes.*.price.asOf": "2026-09-30",
  "gpuPools.*.size": "Standard_NC48ads_A100_v4",
  "gpuPools.*.osSku": "AzureLinux3",
  "gpuPools.*.rdmaResource": "nvidia.com/mlnxnics",
  "gpuPools.*.zone": "2",
  "gpuPools.*.kubernetesVersion": "1.34",
  "gpuPools.*.nodeImageSnapshotId": snapshotId,
  "cpuPools.*.size": "Standard_D16ds_v5",
  "cpuPools.*.osSku": "AzureLinux3",
  "cpuPools.*.zones": ["2"],
  "cpuPools.*.kubernetesVersion": "1.34",
  "cpuPools.*.nodeImageSnapshotId": snapshotId,
  "gpuPools.*.migProfile": "MIG2g",
  "gpuPools.*.spot.maxUsdPerHour": 1.5,
  "platform.poolHours": false,
  "gpuPools.*.off.nights.from": "21:30",
  "gpuPools.*.off.nights.to": "06:15",
  "gpuPools.*.off.timeZone": "America/New_York",
  "gpuPools.*.capacity": [{ onDemand: { maxNodes: 2 } }, { reserved: { nodes: 1 } }],
  // Raised by support for 120 nodes: without it the pool is refused.
  "gpuPools.*.domainLimit": 100,
  "scaleSets.*.domainLimit": 100,
  "scaleSets.*.size": "Standard_HB176rs_v4",
  "scaleSets.*.imageVersion": "24.04.2026080101",
  "scaleSets.*.ownImage.name": "other",
  "scaleSets.*.ownImage.version": "0.8.0",
  "scaleSets.*.imageVersionResourceId": galleryVersion("2.0.0"),
  "imageGallery.images.*.size": "Standard_HB176rs_v4",
  "imageGallery.images.*.replicaRegions": ["westeurope"],
  "imageGallery.images.*.endOfLife": "2028-06-30",
  "imageGallery.images.*.versions.*.sourceResourceId": galleryVersion("2.0.0"),
  "imageGallery.images.*.build.version": "1.0.1",
  "imageGallery.images.*.build.baseVersion": "24.04.2026080101",
  "imageGallery.images.*.build.steps": [{ name: "other", commands: ["true"] }],
  "imageGallery.images.*.build.checks": [{ name: "there", commands: ["test -x /usr/bin/pdsh"] }],
  "imageGallery.images.*.build.builderSize": "Standard_D16ds_v5",
  "imageGallery.images.*.build.osDiskGiB": 128,
  "imageGallery.images.*.build.subnets.machines": buildSubnet("build"),
  "imageGallery.images.*.build.subnets.containers": buildSubnet("aci"),
  "imageGallery.readerGroupObjectIds": ["88888888-8888-4888-8888-888888888888"],
  "scaleSets.*.sshPublicKeys": [`ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${"B".repeat(43)} somebody`],
  "scaleSets.*.adminUsername": "hpcops",
  // The other value is what it is without a word.
  "scaleSets.*.securityType": "standard",
  "scaleSets.*.zone": "2",
  "scaleSets.*.diskEncryptionSetResourceId": diskEncryptionSet("nodes"),
  "scaleSets.*.slurm.head.size": "Standard_D8ds_v5",
  "runner.size": "Standard_D8ds_v5",
  "runner.imageVersion": "24.04.202607140",
  "runner.sshPublicKeys": [`ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${"B".repeat(43)} somebody`],
  "runner.zone": "2",
  "registries.*.resourceId": registry("other"),
  "customerManagedKeys.encrypts": ["disks"],
  "containerRegistry.caches": ["quay.io"],
  "containerRegistry.pushGroupObjectIds": ["88888888-8888-4888-8888-888888888888"],
  "keyVault.resourceId": keyVault("kv-others"),
  "keyVault.secretsOfficerGroupObjectIds": ["88888888-8888-4888-8888-888888888888"],
  "storage.lustre.tier": "AMLFS-Durable-Premium-500",
  "storage.lustre.sizeTiB": 24,
  "storage.lustre.zone": "2",
  "storage.lustre.maintenanceTime": "01:30",
  "storage.lustre.trustedRanges": ["10.64.208.4/32"],
  "storage.lustre.customerManagedKey.keyUrl": `https://kv-ml.vault.azure.net/keys/data/${"b".repeat(32)}`,
  "storage.lustre.customerManagedKey.identityResourceId": identity("other"),
  "storage.lustre.customerManagedKey.vaultResourceId": vault("other"),
  "storage.blob.customerManagedKey.keyUrl": "https://kv-ml.vault.azure.net/keys/other",
  "storage.blob.customerManagedKey.identityResourceId": identity("other"),
  "storage.blob.deleteAfterDays": 90,
  "storage.blob.versioning": true,
  "storage.blob.immutability": { days: 30 },
  "storage.lustre.holdsTiB": 9,
  "storage.lustre.checkpoint.writeTB": 1.5,
  "storage.lustre.checkpoint.seconds": 500,
  "storage.blobIntegration.accountKeys.allowedBecause": "data sets are imported",
  "storage.blobIntegration.providerObjectId": "88888888-8888-4888-8888-888888888888",
  "storage.blobIntegration.importPrefix": "/data",
  "storage.blobIntegration.job": { import: {} },
  "storage.blobIntegration.job.autoExport.prefix": "/results",
  "storage.blobIntegration.job.autoImport.prefixes": ["/data"],
  "storage.blobIntegration.job.import.prefixes": ["/data"],
  "storage.archive.writerGroupObjectIds": ["88888888-8888-4888-8888-888888888888"],
  "storage.archive.archiveAfterDays": 180,
  "storage.archive.versions.deleteAfterDays": 400,
  "storage.archive.customerManagedKey.keyUrl": "https://kv-ml.vault.azure.net/keys/other",
  "storage.archive.customerManagedKey.identityResourceId": identity("other"),
  "storage.netapp.zone": "2",
  "azurePolicy.maxNodes": 120,
  "azurePolicy.sizes": [...vmSizes.keys(), "Standard_ND128isr_v9", "Standard_NV8ads_v9", "Standard_D16as_v9"],
  "auditTrail.dailyCapGB": null,
  "metrics.workspace.resourceId": metricsWorkspace,
  "alerts.email": ["somebody@example.com"],
  "alerts.roles": ["Owner"],
  "alerts.webhooks.*.uri": "https://other.example.com/azure",
  "alerts.webhooks.*.applicationObjectId": "55555555-5555-4555-8555-555555555555",
  "alerts.webhooks.*.identifierUri": "api://other",
  "alerts.webhooks.*.tenantId": "77777777-7777-4777-8777-777777777777",
  "alerts.resourceId": actionGroup,
  "grafana.editorGroupObjectIds": ["55555555-5555-4555-8555-555555555555"],
  "grafana.viewerGroupObjectIds": ["77777777-7777-4777-8777-777777777777"],
  "platform.teamFence.priorityClasses": ["batch"],
  "platform.teamFence.images.registries": ["mcr.microsoft.com"],
  "platform.teamFence.deviceClasses": ["gpu.nvidia.com"],
  "platform.teamFence.exceptions": [
    { namespace: "train-vision", rule: "whole-nodes", reason: "a test", expires: "2099-12-31" },
  ],
  "platform.clusterGuard": {},
  "platform.clusterGuard.clusterAdmins": ["flux-system-reconciler"],
  "platform.clusterGuard.exceptions": [
    { namespace: "legacy", rule: "no-node-port", reason: "a test", expires: "2099-12-31" },
  ],
  "platform.memlock": false,
  "platform.scratchDisks": false,
  "platform.scratchDisks.storageClass": "fast",
  "platform.scratchDisks.pools": ["large"],
  "platform.nodeFeatureDiscovery": false,
  "platform.certManager": false,
  "platform.lustreCsi": false,
  "platform.networkOperator": {},
  "platform.gpuOperator": false,
  "platform.gpuOperator.driverVersion": "580.126.20",
  "platform.nodeHealth": false,
  "platform.nodeHealth.remediate": "drain",
  "platform.nodeHealth.maxClosedPercent": 20,
  "platform.nodeHealth.coolDownMinutes": 30,
  "platform.nodeHealth.recheckHours": 24,
  "platform.nodeHealth.retryHours": 2,
  "platform.nodeHealth.pools": ["large"],
  "platform.nodeHealth.checksImage": "registry.azurecr.io/aznhc-nv:1.2.0",
  "platform.nodeHealth.productsImage": "registry.azurecr.io/dcgm:4.6.0",
  "platform.nvSentinel": {},
  "platform.jobSet": false,
  "platform.leaderWorkerSet": false,
  "platform.trainer": false,
  "platform.trainingRuntimes": false,
  "platform.kueue": false,
  "platform.acceptance": {},
  "platform.metrics": false,
  "platform.amdGpuOperator": {},
  "platform.draDriver": {},
  "platform.dranet": {},
  "platform.mpiOperator": {},
  "platform.kubeRay": {},
  "platform.gatewayApi": false,
  "platform.inferencePools": false,
  "platform.inferenceGatewayKinds": false,
  "platform.inferenceGateway": false,
  "platform.inferenceGateway.hostName": "chat.example.com",
  "platform.inferenceGateway.tls.issuer": "dns",
  "platform.inferenceGateway.tls.secret": "other",
  "platform.inferenceGateway.tls.off": true,
  "platform.inferenceGateway.allowedSources": ["10.1.2.0/24"],
  "platform.kServeKinds": {},
  "platform.kServeController": {},
  "platform.kServeController.gateway": "gateways/models",
  "platform.kServe": {},
  "delivery.pipelines": { kind: "github", repository: "example/other" },
  "delivery.pipelines.repository": "example/other",
  "delivery.pipelines.ids.owner": "3",
  "delivery.pipelines.ids.repository": "4",
  "delivery.pipelines.kind": "azureDevOps",
  "delivery.pipelines.tenantId": "33333333-3333-4333-8333-333333333333",
  "delivery.pipelines.organizationId": "44444444-4444-4444-8444-444444444444",
  "delivery.pipelines.project": "example/estate",
  "delivery.pipelines.issuer": "https://gitlab.example.com",
  "delivery.operator.issuer": aksIssuer("00000000-0000-4000-8000-00000000c002"),
  "delivery.environments.*.operator.stacks": ["other"],
  "delivery.administratorGroupObjectIds": ["33333333-3333-4333-8333-333333333333"],
  "delivery.network.allowedRanges": ["203.0.113.0/28"],
  "delivery.network.endpoints.subnetResourceId": `${runners}/virtualNetworks/vnet/subnets/other`,
  "delivery.network.endpoints.privateDnsZoneResourceIds.blob": blobZone,
  "delivery.network.endpoints.privateDnsZoneResourceIds.vault": blobZone.replace(
    "blob.core.windows.net",
    "vaultcore.azure.net",
  ),
  "delivery.environments.*.subscriptionId": "33333333-3333-4333-8333-333333333333",
  "delivery.environments.*.breakGlassGroupObjectId": "33333333-3333-4333-8333-333333333333",
  "delivery.environments.*.connections.plan": "33333333-3333-4333-8333-333333333333",
  "delivery.environments.*.connections.deploy": "33333333-3333-4333-8333-333333333333",
  "delivery.environments.*.branches.plan": "main",
  "delivery.environments.*.branches.deploy": "prod",
  "trainingTeams.*.pool": "whole",
  "trainingTeams.*.gpus": 24,
  "trainingTeams.*.borrow": 16,
  "trainingTeams.*.lend": 8,
  "trainingTeams.*.reach": ["apiServer"],
  "trainingTeams.*.ingressFrom": ["ray-system"],
  "trainingTeams.*.podSecurity": { level: "restricted", reason: "nobody needs root" },
  "inferenceTeams.*.podSecurity": "restricted",
  "trainingTeams.*.podSecurity.reason": "CUDA images run as root",
  "inferenceTeams.*.podSecurity.reason": "the image has no user",
  "inferenceTeams.*.reach": ["entra"],
  "inferenceTeams.*.ingressFrom": ["gateways"],
  "inferenceTeams.*.pool": "h100",
  "inferenceTeams.*.gpus": 7,
  "inferenceTeams.*.models.*.minReplicas": 0,
  "inferenceTeams.*.models.*.access": { apiKeys: "other" },
  "inferenceTeams.*.models.*.limits.requestsPerMinute": 800,
  "inferenceTeams.*.models.*.limits.tokensPerMinute": 80_000,
  "inferenceTeams.*.models.*.image": vllmImage("a"),
  "inferenceTeams.*.models.*.prefill.proxyImage": `ghcr.io/mirror/proxy@sha256:${"d".repeat(64)}`,
  "inferenceTeams.*.models.*.responseCache.image": `registry.azurecr.io/varnish@sha256:${"e".repeat(64)}`,
  "inferenceTeams.*.models.*.contextTokens": 8192,
  "inferenceTeams.*.models.*.access.apiKeys": "other",
  "inferenceTeams.*.models.*.access.entra.tenantId": "77777777-7777-4777-8777-777777777777",
  "inferenceTeams.*.models.*.access.entra.audience": "api://other",
  "inferenceTeams.*.models.*.schedule.timezone": "America/New_York",
  "inferenceTeams.*.models.*.schedule.start": "0 8 * * 1-5",
  "inferenceTeams.*.models.*.schedule.end": "0 19 * * 1-5",
  "inferenceTeams.*.models.*.canary.image": vllmImage("c"),
  ...Object.fromEntries(
    ["inferenceTeams.*.models.*", "inferenceTeams.*.models.*.canary"].flatMap((model): [string, unknown][] => [
      [`${model}.model`, "llama-3.1-8b"],
      [`${model}.weights`, { blob: "models/other" }],
      [`${model}.weights.blob`, "models/other"],
      [`${model}.weights.huggingFace`, "somebody/other"],
      [`${model}.weights.tokenSecret`, "other-token"],
      ...otherFigures.map(([key, value]): [string, unknown] => [`${model}.model.${key}`, value]),
    ]),
  ),
  ...Object.fromEntries<unknown>(
    ["trainingTeams", "inferenceTeams", "notebookTeams"].flatMap((section) => [
      [`${section}.*.groupObjectId`, "55555555-5555-4555-8555-555555555555"],
      [`${section}.*.leadsGroupObjectId`, "77777777-7777-4777-8777-777777777777"],
      [`${section}.*.ciObjectId`, "88888888-8888-4888-8888-888888888888"],
      [`${section}.*.costCenter`, "cc-4711"],
      [`${section}.*.priorities`, ["idle"]],
      [`${section}.*.budgetUsdPerMonth`, 1000],
      [`${section}.*.secrets`, ["wandb"]],
      [`${section}.*.egress`, ["pypi.org", "*.hf.co"]],
    ]),
  ),
  "trainingTeams.*.homeGiB": 600,
  "notebookTeams.*.homeGiB": 600,
  "notebookTeams.*.pool": "h100",
  "notebookTeams.*.gpus": 2,
  "notebookTeams.*.podSecurity": "restricted",
  "notebookTeams.*.podSecurity.reason": "apt installs packages",
  "notebookTeams.*.reach": ["entra"],
  "notebookTeams.*.ingressFrom": ["gateways"],
};

/** Options whose other value this environment cannot have, and why: they are refused, and so not ignored. */
const refusedHere: Readonly<Record<string, string>> = {
  "azurePolicy.privateApiServer": "the API server of this environment lets in listed ranges",
  "platform.inferenceGateway": "models of its teams are served behind it",
  layers: "the sections of the other layers would do nothing",
  ...Object.fromEntries(
    ["kind", "tenantId", "organizationId", "project", "issuer"].map((it) => [
      `delivery.pipelines.${it}`,
      "pipelines are those of GitHub",
    ]),
  ),
  ...Object.fromEntries(
    ["connections", "branches"].flatMap((it) =>
      ["plan", "deploy"].map((duty) => [`delivery.environments.*.${it}.${duty}`, "pipelines are those of GitHub"]),
    ),
  ),
  handover: "the stack makes every layer itself",
  "network.peers.*.addressSpace": "it lies in the address space of the network",
  "cluster.apiServer.privateDns": "the API server is public",
  "cluster.apiServer.privateDns.zoneResourceId": "the API server is public",
  "cluster.upgrades.kubernetes": "pools with InfiniBand take no automatic versions",
  "cluster.csiDrivers.blob": "there is a Blob store to mount",
  "storage.blob.versioning": "Azure has none with a hierarchical namespace",
  "storage.blob.immutability": "Azure has none with a hierarchical namespace",
  "storage.archive.restoreDays": "what nobody can change cannot be set back",
  "storage.netapp.qos": "volumes say their throughput",
  ...Object.fromEntries(
    ["autoImport.prefixes", "autoImport.conflicts", "autoImport.deletions"]
      .concat(["import.prefixes", "import.conflicts", "import.maximumErrors"])
      .map((it) => [`storage.blobIntegration.job.${it}`, "there is another job, and Azure runs one"]),
  ),
  "platform.trainer": "its runtimes are there as well",
  "existingNetwork.addressSpace": "the subnets lie in it",
  "existingNetwork.connectedRanges": "pods have these addresses",
  ...Object.fromEntries(
    theirSubnets.flatMap((subnet) => [
      [`${subnet}.range`, "it lies outside the network"],
      [`${subnet}.delegatedTo`, "the subnet is for something else"],
      [`${subnet}.takenAddresses`, "there is no room beside them"],
    ]),
  ),
  "alerts.resourceId": "there are receivers",
  "cluster.upgrades.nodeOs": "pools with InfiniBand take no automatic node images",
  ...Object.fromEntries(
    ["gpuPools.*", "cpuPools.*", "cluster.systemPool"].flatMap((pool) => [
      [`${pool}.linuxOSConfig.swapFileSizeMB`, "no kubelet starts beside it unless that is said, too"],
      [`${pool}.linuxOSConfig.sysctls.vmSwappiness`, "there is no swap file"],
    ]),
  ),
  "platform.nodeFeatureDiscovery": "the GPU operator needs it",
  "platform.jobSet": "Trainer needs it",
  "platform.gatewayApi": "the gateway of models needs it",
  "platform.inferencePools": "the gateway of models needs it",
  "platform.inferenceGatewayKinds": "the gateway of models needs it",
  "platform.inferenceGateway.tls.issuer": "there is a secret",
  "platform.inferenceGateway.tls.off": "there is a secret",
  ...Object.fromEntries(
    ["model", "canary.model"].flatMap((model) => [
      [`inferenceTeams.*.models.*.${model}.attentionHeads`, "heads of keys and values do not divide them"],
      [`inferenceTeams.*.models.*.${model}.format`, "the GPUs of the pool have no FP8"],
    ]),
  ),
  "inferenceTeams.*.models.*.gpusPerReplica": "nodes of the pool have one GPU",
  "inferenceTeams.*.models.*.prefill.gpusPerReplica": "nodes of the pool have one GPU",
  "inferenceTeams.*.egress": "weights of a model come from the internet",
  "inferenceTeams.*.models.*.minReplicas": "there is no such number of servers",
  "cluster.keda": "a model has a schedule",
  "vmSizes.*.vcpus": "the name of the size says them",
  "platform.amdGpuOperator": "no pool has GPUs of AMD",
  "platform.draDriver": "no pool is a rack",
  "platform.kueue": "a pool has hours in which its queues let nobody in",
  "platform.dranet": "no pool has pods claim adapters",
  "gpuPools.*.rdma": "the pools with InfiniBand need NVIDIA's network driver",
  "gpuPools.*.domainLimit": "the pool has more nodes",
  "scaleSets.*.domainLimit": "the scale set has more nodes",
  "scaleSets.*.imageVersionResourceId": "it has an exact version of the HPC image",
  "scaleSets.*.ownImage.name": "the gallery has one image",
  "imageGallery.images.*.size": "a scale set with GPUs boots it",
  "imageGallery.images.*.build.subnets.machines": "there is no other subnet",
  "imageGallery.images.*.build.subnets.containers": "there is no other subnet",
};

/** What the preview prints something of, as its own tests show, and nothing in the cluster hangs on. */
const printedAlone = [
  "trainingTeams.*.checkpointGiB",
  "environment.ceilingUsdPerMonth",
  ...keysOf(uses).map((use) => `environment.expectedUse.${use}`),
];

const layers: ReadonlyMap<string, LayerName | null> = new Map(Object.entries(layerOf));

type Node = z.core.JSONSchema._JSONSchema | undefined;

/** Every option of a schema: its path with `*` for chosen names, and its own schema. */
function options(node: Node, path = ""): (readonly [path: string, node: Node])[] {
  if (typeof node !== "object") return [];
  const below = Object.entries(node.properties ?? {}).flatMap(([key, property]) => {
    const at = path === "" ? key : `${path}.${key}`;
    const nested = options(property, at);
    // What only groups others is no option of its own.
    const groups = typeof property === "object" && (property.properties ?? property.additionalProperties) !== undefined;
    return [...(groups ? [] : [[at, property] as const]), ...nested];
  });
  const chosen = typeof node.additionalProperties === "object" ? options(node.additionalProperties, `${path}.*`) : [];
  return [...below, ...chosen, ...[...(node.anyOf ?? []), ...(node.oneOf ?? [])].flatMap((it) => options(it, path))];
}

/** Values to try: the one of the table, else what the type offers. */
function valuesFor(path: string, node: Node, now: unknown): unknown[] {
  if (path in others) return [others[path]];
  if (typeof node !== "object") return [];
  if (node.enum !== undefined) return node.enum.filter((it) => it !== (now ?? node.default));
  if (node.type === "boolean") return [(now ?? node.default) !== true];
  if (node.type === "integer") return [Number(now ?? node.default ?? 1) + 1];
  throw new Error(`${path} is an option that this test has no other legal value for: add one to its table.`);
}

/** Places in a base that a path with `*` leads to. */
function placesOf(path: string): string[][] {
  const base = baseOf(path);
  return path.split(".").reduce<string[][]>(
    (places, step) =>
      places.flatMap((at) => {
        if (step !== "*") return [[...at, step]];
        const owner = at.reduce<unknown>((value, key) => (isRecord(value) ? value[key] : undefined), base);
        return isRecord(owner) ? Object.keys(owner).map((key) => [...at, key]) : [];
      }),
    [[]],
  );
}

function withValue(
  root: unknown,
  [key = "", ...rest]: readonly string[],
  value: unknown,
): Readonly<Record<string, unknown>> {
  const owner = isRecord(root) ? root : {};
  return { ...owner, [key]: rest.length === 0 ? value : withValue(owner[key], rest, value) };
}

/** What is looked at: the plans of a layer, which its classes register whole, as their own tests show. Or all that a program makes. */
type Extent = "bootstrap" | "infra" | "platform" | "program";

function extentOf(path: string): Extent {
  const layer = layers.get(path.split(".")[0] ?? "");
  return layer === "bootstrap" || layer === "infra" || layer === "platform" ? layer : "program";
}

/** Records all that sections make. */
function recorded(environment: Environment, stackOutputs = {}): Promise<RecordedPlan> {
  return record({ stack: environment.stack, program: () => deploy(environment), stackOutputs });
}

function environmentOf(given: Readonly<Record<string, unknown>>, stack = "lab"): Environment {
  const values = Object.fromEntries(
    Object.entries(given).map(([name, it]) => [
      `${projectName}:${name}`,
      typeof it === "string" ? it : JSON.stringify(it),
    ]),
  );
  const config = {
    "azure-native:location": "eastus",
    "pulumi:disable-default-providers": '["kubernetes"]',
    ...("delivery" in given && { "azure-native:subscriptionId": "b0000000-0000-4000-8000-000000000001" }),
    ...values,
  };
  return readEnvironment({ stack, values: config, today });
}

/**
 * What comes of sections; the problems where they are refused.
 * @param handedOver Outputs of the stack that makes all but the teams
 */
async function madeOf(
  given: Readonly<Record<string, unknown>>,
  extent: Extent,
  handedOver: RecordedPlan["outputs"],
): Promise<{ made?: string; problems?: string }> {
  try {
    const environment = environmentOf(given);
    if (extent === "bootstrap") return { made: JSON.stringify(environment.bootstrap) };
    if (extent === "infra") return { made: JSON.stringify(environment.infra) };
    if (extent === "platform") return { made: JSON.stringify(environment.platformPlan) };
    const { resources, outputs } = await recorded(environment, { [rest]: handedOver });
    return { made: JSON.stringify([resources, outputs]) };
  } catch (error) {
    if (error instanceof MisconfiguredError) return { problems: error.message };
    throw error;
  }
}

describe("every option of a stack file", () => {
  const all = options(z.toJSONSchema(sections, { io: "input" }));
  const before = new Map<SectionsInput, Map<Extent, string | undefined>>();
  let handedOver: RecordedPlan["outputs"] = {};
  beforeAll(async () => {
    const ofTheRest = Object.entries(base).filter(([section]) => layers.get(section) !== "tenants");
    const sectionsOfTheRest = { ...Object.fromEntries(ofTheRest), layers: ["infra", "platform"] };
    handedOver = (await recorded(environmentOf(sectionsOfTheRest, "rest"))).outputs;
    for (const [it, extents] of [
      [base, ["infra", "platform", "program"]],
      [baseInTheirs, ["infra"]],
      [baseOfOwn, ["infra"]],
      [baseOfTeams, ["program"]],
      [baseOfModels, ["program"]],
      [baseOfAll, ["program"]],
      [baseWithHours, ["program"]],
      [baseOfDelivery, ["bootstrap"]],
    ] as const) {
      const made = new Map<Extent, string | undefined>();
      for (const extent of extents) {
        const plan = await madeOf(it, extent, handedOver);
        expect(plan.problems).toBeUndefined();
        made.set(extent, plan.made);
      }
      before.set(it, made);
    }
  });

  it("is walked by this test, whose tables name no other", () => {
    const paths = all.map(([path]) => path);
    expect(Object.keys(others).filter((it) => !paths.includes(it))).toEqual([]);
    expect(Object.keys(refusedHere).filter((it) => !paths.includes(it))).toEqual([]);
    expect(printedAlone.filter((it) => !paths.includes(it))).toEqual([]);
    expect(paths.length).toBeGreaterThan(70);
  });

  it.each(all.filter(([path]) => !printedAlone.includes(path)))(
    "%s changes the plan when it changes, or is refused",
    async (path, node) => {
      const extent = extentOf(path);
      const base = baseOf(path);
      const unchanged = before.get(base)?.get(extent);
      expect(unchanged).toBeDefined();
      const seen: string[] = [];
      for (const place of placesOf(path)) {
        const now = place.reduce<unknown>((value, key) => (isRecord(value) ? value[key] : undefined), base);
        for (const value of valuesFor(path, node, isList(now) ? undefined : now)) {
          const { made, problems } = await madeOf(withValue(base, place, value), extent, handedOver);
          if (made !== undefined && made !== unchanged) return;
          seen.push(problems ?? `${place.join(".")} = ${JSON.stringify(value)} is accepted and does nothing`);
        }
      }
      // Refused somewhere, and for a reason that is known here: then it is read. Anything else is a fault.
      const refused = seen.some((it) => it.includes("is misconfigured:"));
      expect(path in refusedHere && refused ? [] : seen).toEqual([]);
    },
  );
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MisconfiguredError, type Problem } from "../../core/problems";
import { layerNames } from "../../stacks/config/layers";
import { layerOf } from "../../stacks/config/sections";
import { readStackFile } from "../../stacks/stack-file";
import { readEnvironment } from "../../stacks/read-environment";
import { shippedStackNames, plainStacks, shippedStacks, today } from "../stack-files";

type Values = Record<string, string>;

const dev = readStackFile(plainStacks.dev).values;

/** The dev stack with one section changed: `undefined` removes it, text stands as it is, the rest becomes JSON. */
function devWith(changes: Readonly<Record<string, unknown>>): Values {
  const values: Values = { ...dev };
  for (const [key, value] of Object.entries(changes)) {
    if (value === undefined) Reflect.deleteProperty(values, full(key));
    else values[full(key)] = typeof value === "string" ? value : JSON.stringify(value);
  }
  return values;
}

const subscription = "12345678-1234-4234-8234-123456789012";

const full = (key: string): string => (key.includes(":") ? key : `azure-gpu-cluster:${key}`);

function section(name: string): Record<string, unknown> {
  return JSON.parse(dev[`azure-gpu-cluster:${name}`] ?? "{}") as Record<string, unknown>;
}

function problemsOf(values: Values, stack = "dev"): readonly Problem[] {
  try {
    readEnvironment({ stack, values, today });
    return [];
  } catch (error) {
    if (error instanceof MisconfiguredError) return error.problems;
    throw error;
  }
}

describe.each(shippedStackNames)("%s", (stack) => {
  it("is read without a problem", () => {
    expect(problemsOf(readStackFile(shippedStacks[stack]).values, stack)).toEqual([]);
  });
});

it("fills in what the file leaves out", () => {
  const environment = readEnvironment({ stack: "dev", values: dev, today });
  expect(environment).toMatchObject({
    kind: "dev",
    location: "eastus",
    zones: ["1", "2", "3"],
    protect: false,
    layers: ["infra", "platform", "tenants"],
    handover: null,
    login: "azurecli",
    names: { workload: "gpu", environment: "dev", location: "eastus" },
    tags: {
      project: "azure-gpu-cluster",
      environment: "dev",
      environmentKind: "dev",
      managedBy: "pulumi",
      dataClass: "internal",
    },
  });
});

it("protects everything that is not dev, unless the word is typed", () => {
  const kind = (name: string, protect?: boolean): boolean => {
    const environment = { ...section("environment"), kind: name, ...(protect !== undefined && { protect }) };
    return readEnvironment({ stack: name, values: devWith({ environment }), today }).protect;
  };
  expect([kind("dev"), kind("staging"), kind("prod"), kind("prod", false), kind("dev", true)]).toEqual([
    false,
    true,
    true,
    false,
    true,
  ]);
});

it("gives two environments of one subscription different world-wide names, and the same one the same", () => {
  const suffix = (changes: Readonly<Record<string, unknown>>, stack = "dev"): string =>
    readEnvironment({ stack, values: devWith(changes), today }).names.suffix;
  const subscription = { "azure-native:subscriptionId": "12345678-1234-4234-8234-123456789012" };
  expect(suffix({})).toBe(suffix({}));
  expect(suffix(subscription)).not.toBe(suffix({}));
  expect(suffix({}, "dev-two")).not.toBe(suffix({}));
  // Tags are changed in place: a new owner must not mean a new storage account.
  expect(suffix({ environment: { ...section("environment"), owner: "somebody else", costCenter: "other" } })).toBe(
    suffix({}),
  );
});

/** A bad input: its id, what is changed in the dev stack, and the problems it must give as path and text. */
interface Case {
  readonly id: string;
  readonly change: Readonly<Record<string, unknown>>;
  readonly expected: readonly (readonly [path: string, text: string])[];
}

const table: readonly (readonly [id: string, change: Case["change"], ...expected: Case["expected"]])[] = [
  [
    "B01 unknown key",
    { gpuPools: { h100: { size: "Standard_ND96isr_H100_v5", maxNode: 2 } } },
    ["gpuPools.h100.maxNode", "is not a known key; unknown keys are never ignored. Did you mean maxNodes?"],
  ],
  ["B01 unknown section", { gpuPool: {} }, ["gpuPool", "Did you mean gpuPools?"]],
  ["B02 empty region", { "azure-native:location": "" }, ["azure-native:location", "must be given"]],
  ["B02 no region", { "azure-native:location": undefined }, ["azure-native:location", "must be given"]],
  [
    "B01 key of another section",
    { gpuPools: { h100: { size: "Standard_ND96isr_H100_v5", maxNodes: 2, ownImage: {}, ulimits: { noFile: 1 } } } },
    ["gpuPools.h100.ownImage", "AKS boots node images of its own alone"],
    ["gpuPools.h100.ulimits", "a pod has the limits that containerd gives it"],
  ],
  [
    "B03 fraction",
    { gpuPools: { h100: { size: "Standard_ND96isr_H100_v5", nodes: 3.5 } } },
    ["gpuPools.h100.nodes", "must be a whole number; got 3.5 (number)"],
  ],
  [
    "B03 negative",
    { gpuPools: { h100: { size: "Standard_ND96isr_H100_v5", nodes: -1 } } },
    ["gpuPools.h100.nodes", "must be a whole number from 0 to 1000; got -1"],
  ],
  [
    "B03 too many",
    { gpuPools: { h100: { size: "Standard_ND96isr_H100_v5", nodes: 1e9 } } },
    ["gpuPools.h100.nodes", "must be a whole number from 0 to 1000; got 1000000000"],
  ],
  [
    "B03 number as text",
    { gpuPools: { h100: { size: "Standard_ND96isr_H100_v5", nodes: "2" } } },
    ["gpuPools.h100.nodes", 'must be a whole number; got "2" (text). Write 2 without quotes'],
  ],
  [
    "B04 latest",
    { cluster: { ...section("cluster"), kubernetesVersion: "latest" } },
    ["cluster.kubernetesVersion", 'got "latest". In support today: 1.34, 1.35, 1.36'],
  ],
  [
    "B04 unknown version",
    { cluster: { ...section("cluster"), kubernetesVersion: "1.99.0" } },
    ["cluster.kubernetesVersion", "must be a version that AKS supports"],
  ],
  [
    "B04 leading v",
    { cluster: { ...section("cluster"), kubernetesVersion: "v1.36" } },
    ["cluster.kubernetesVersion", "Drop the v."],
  ],
  ...["1.36.99", "1.36.002", "1.36.-1", "1.36.2.1", "1.36-preview", "1.36.100"].map(
    (version): (typeof table)[number] => [
      `B04 patch ${version}`,
      {
        cluster: { ...section("cluster"), kubernetesVersion: version },
        cpuPools: { general: { size: "Standard_D8ds_v5", nodes: 1, kubernetesVersion: version } },
        gpuPools: { a10: { size: "Standard_NV36ads_A10_v5", nodes: 1, kubernetesVersion: version } },
      },
      ...["cluster", "cpuPools.general", "gpuPools.a10"].map(
        (path) => [`${path}.kubernetesVersion`, 'Write "1.36", and AKS picks the patch'] as const,
      ),
    ],
  ),
  [
    "B04 number",
    { cluster: { ...section("cluster"), kubernetesVersion: 1.36 } },
    ["cluster.kubernetesVersion", 'must be text; got 1.36 (number). Put it in quotes: "1.36"'],
  ],
  [
    "B05 word for a boolean",
    { environment: { ...section("environment"), protect: "no" } },
    [
      "environment.protect",
      'must be true or false; got "no" (text). A word is not a boolean: write true or false without quotes',
    ],
  ],
  [
    "B08 wrong case",
    { gpuPools: { h100: { size: "standard_nd96isr_h100_V5", maxNodes: 2 } } },
    ["gpuPools.h100.size", "Closest: Standard_ND96isr_H100_v5"],
  ],
  [
    "B08 zero-width character",
    { gpuPools: { h100: { size: "Standard_ND96isr_H100_v5\u200b", maxNodes: 2 } } },
    ["gpuPools.h100.size", 'must not hold control or invisible characters; got "Standard_ND96isr_H100_v5\\u200b"'],
  ],
  [
    "B08 look-alike letter",
    { gpuPools: { h100: { size: "Standard_ND96isr_\u041d100_v5", maxNodes: 2 } } },
    ["gpuPools.h100.size", "\\u041d100"],
  ],
  [
    "B09 unknown size",
    { gpuPools: { t4: { size: "Standard_NC6s_v3", maxNodes: 2 } } },
    ["gpuPools.t4.size", "must be a VM size of the catalogue"],
  ],
  [
    "one system node in prod",
    {
      environment: { ...section("environment"), kind: "prod" },
      cluster: { ...section("cluster"), systemPool: { nodes: 1 } },
    },
    ["cluster.systemPool.nodes", "must be at least 2 in prod"],
  ],
  [
    "a GPU size among the pools without GPUs",
    { cpuPools: { general: { size: "Standard_NV36ads_A10_v5", nodes: 1 } } },
    ["cpuPools.general.size", "must be a size without GPUs"],
  ],
  [
    "one name for two pools",
    { cpuPools: { a10: { size: "Standard_D8ds_v5", nodes: 1 } } },
    ["cpuPools.a10", "AKS pool 'a10' exists already"],
  ],
  [
    "nodes that are newer than their cluster",
    {
      cluster: { ...section("cluster"), kubernetesVersion: "1.35" },
      cpuPools: { general: { size: "Standard_D8ds_v5", nodes: 1, kubernetesVersion: "1.36" } },
    },
    ["cpuPools.general.kubernetesVersion", "must not be newer than the cluster (1.35)"],
  ],
  [
    "memory that pods lock on nodes which an old API server cannot close",
    {
      cluster: { ...section("cluster"), kubernetesVersion: "1.35" },
      gpuPools: { h100: { size: "Standard_ND96isr_H100_v5", maxNodes: 2 } },
    },
    [
      "platform.memlock",
      'got "1.35". Write memlock: ipc-lock (default: node) at gpuPools.h100, or upgrade the cluster',
    ],
  ],
  [
    "B11 zone",
    { gpuPools: { h100: { size: "Standard_ND96isr_H100_v5", maxNodes: 2, zone: "4" } } },
    ["gpuPools.h100.zone", "must be one of 1, 2, 3"],
  ],
  [
    "B11 zone as a number",
    { gpuPools: { h100: { size: "Standard_ND96isr_H100_v5", maxNodes: 2, zone: 1 } } },
    ["gpuPools.h100.zone", 'Put it in quotes: "1"'],
  ],
  [
    "B12 min above max",
    { gpuPools: { h100: { size: "Standard_ND96isr_H100_v5", minNodes: 4, maxNodes: 2 } } },
    ["gpuPools.h100.minNodes", "must be a whole number from 0 to maxNodes (2); got 4"],
  ],
  [
    "B12 fixed and autoscaled",
    { gpuPools: { h100: { size: "Standard_ND96isr_H100_v5", nodes: 2, maxNodes: 2 } } },
    ["gpuPools.h100.nodes", "must stand alone"],
  ],
  [
    "B13 MIG",
    { gpuPools: { a10: { size: "Standard_NV36ads_A10_v5", nodes: 2, migProfile: "MIG1g" } } },
    ["gpuPools.a10.migProfile", "AKS offers no MIG on Standard_NV36ads_A10_v5"],
  ],
  [
    "B14 spot price",
    { gpuPools: { a10: { size: "Standard_NV36ads_A10_v5", maxNodes: 2, spot: { maxUsdPerHour: 0.1234567 } } } },
    ["gpuPools.a10.spot.maxUsdPerHour", "at most 5 decimals"],
  ],
  [
    "B14 spot with InfiniBand",
    { gpuPools: { h100: { size: "Standard_ND96isr_H100_v5", maxNodes: 2, spot: { maxUsdPerHour: -1 } } } },
    ["gpuPools.h100.spot", "one eviction stops a job"],
  ],
  [
    "B16 overlap",
    { network: { addressSpace: "10.0.0.0/16", podCidr: "10.0.128.0/17", serviceCidr: "10.1.0.0/16" } },
    ["network.podCidr", 'must not overlap addressSpace (10.0.0.0/16); got "10.0.128.0/17". 10.2.0.0/17 would fit'],
  ],
  [
    "B16 InfiniBand's own range",
    { network: { ...section("network"), addressSpace: "172.16.0.0/16" } },
    ["network.addressSpace", "must not overlap 172.16.0.0/16"],
  ],
  [
    "B16 peer",
    {
      network: {
        ...section("network"),
        peers: {
          hub: {
            virtualNetworkResourceId:
              "/subscriptions/1/resourceGroups/a/providers/Microsoft.Network/virtualNetworks/hub",
            addressSpace: ["10.64.0.0/16"],
          },
        },
      },
    },
    ["network.addressSpace", "must not overlap peers.hub.addressSpace[0]"],
  ],
  [
    "B16 peer that is the environment's own network",
    {
      network: {
        ...section("network"),
        peers: {
          self: {
            virtualNetworkResourceId:
              "/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/RG-gpu-dev-eastus/providers/Microsoft.Network/virtualNetworks/vnet-gpu-dev-eastus",
            addressSpace: ["10.200.0.0/16"],
          },
        },
      },
    },
    ["network.peers.self.virtualNetworkResourceId", "must not be in the resource group rg-gpu-dev-eastus"],
  ],
  [
    "B17 nodes do not fit",
    {
      network: { ...section("network"), addressSpace: "10.64.0.0/20", podCidr: "10.96.0.0/12" },
      gpuPools: {
        a10: { size: "Standard_NV36ads_A10_v5", nodes: 1000 },
        b10: { size: "Standard_NV36ads_A10_v5", nodes: 1000 },
        c10: { size: "Standard_NV36ads_A10_v5", nodes: 100 },
      },
    },
    ["network.addressSpace", "must give 2106 AKS nodes a /20, and gives a /21"],
  ],
  ...[
    ["a subscription that is none", "----", "g", "must name a subscription by its UUID"],
    ["no subscription", "00000000-0000-0000-0000-000000000000", "g", "not all zeros"],
    ["a group with a dot last", subscription, "g.", "must be a name that Azure takes for resources:ResourceGroup"],
    ["a group with a space", subscription, "a b", "must be a name that Azure takes for resources:ResourceGroup"],
    ["a group of 91 characters", subscription, "g".repeat(91), "resources:ResourceGroup: 1 to 90 characters"],
  ].map(([what = "", id = "", group = "", said = ""]): (typeof table)[number] => {
    const of = (type: string): string => `/subscriptions/${id}/resourceGroups/${group}/providers/Microsoft.${type}`;
    const zoneResourceId = of("Network/privateDnsZones/private.eastus.azmk8s.io");
    const nodeImageSnapshotId = of("ContainerService/snapshots/good");
    return [
      `IDs with ${what}`,
      {
        cluster: { ...section("cluster"), apiServer: { privateDns: { zoneResourceId } } },
        registries: { ours: { resourceId: of("ContainerRegistry/registries/images") } },
        gpuPools: { a10: { size: "Standard_NV36ads_A10_v5", nodes: 1, nodeImageSnapshotId } },
        cpuPools: { general: { size: "Standard_D8ds_v5", nodes: 1, nodeImageSnapshotId } },
      },
      ["cluster.apiServer.privateDns.zoneResourceId", said],
      ["registries.ours.resourceId", said],
      ["gpuPools.a10.nodeImageSnapshotId", said],
      ["cpuPools.general.nodeImageSnapshotId", said],
    ];
  }),
  [
    "B18 Lustre step",
    { storage: { lustre: { tier: "AMLFS-Durable-Premium-125", sizeTiB: 100, zone: "1" } } },
    [
      "storage.lustre.sizeTiB",
      "must be a multiple of 16 TiB in tier AMLFS-Durable-Premium-125; got 100. Use 96 or 112",
    ],
  ],
  [
    "B21 secret in plain text",
    { "azure-native:clientSecret": "hunter2-hunter2" },
    ["azure-native:clientSecret", "must not be in a stack file"],
  ],
  [
    "B22 nested secret",
    { environment: { ...section("environment"), owner: { secure: "v1:abcdef" } } },
    ["environment.owner", "must not be a secret"],
  ],
  [
    "B23 no range",
    { cluster: { ...section("cluster"), apiServer: { authorizedIpRanges: [] } } },
    ["cluster.apiServer.authorizedIpRanges", "must not be empty"],
  ],
  [
    "B23 the world",
    { cluster: { ...section("cluster"), apiServer: { authorizedIpRanges: ["0.0.0.0/0"] } } },
    ["cluster.apiServer.authorizedIpRanges[0]", "/16 or smaller"],
  ],
  [
    "B24 unknown kind",
    { environment: { ...section("environment"), kind: "prd" } },
    ["environment.kind", 'must be one of dev, staging, prod; got "prd". Did you mean prod?'],
  ],
  [
    "B24 kind against stack",
    { environment: { ...section("environment"), kind: "prod" } },
    ["environment.kind", 'must be dev in a stack named dev; got "prod"'],
  ],
  ["B25 a list of regions", { "azure-native:location": ["eastus"] }, ["azure-native:location", "Closest: eastus"]],
  ...["usgovvirginia", "US Gov Arizona", "usdodeast", "chinaeast2", "chinanorth9"].map(
    (region): (typeof table)[number] => [
      `D8 ${region}, of another cloud`,
      { "azure-native:location": region },
      ["azure-native:location", "must be a region of Azure's public cloud"],
      ["azure-native:location", "which is not supported"],
    ],
  ),
  ["B25 unknown region", { "azure-native:location": "eastus9" }, ["azure-native:location", "Closest: eastus"]],
  [
    "size not sold in the region",
    { "azure-native:location": "westeurope", gpuPools: { h200: { size: "Standard_ND96isr_H200_v5", nodes: 2 } } },
    ["gpuPools.h200.size", "is not sold in westeurope"],
  ],
  [
    "B28 team name",
    { trainingTeams: { Vision_1: { pool: "h100", gpus: 8, groupObjectId: "22222222-2222-4222-8222-222222222222" } } },
    ["trainingTeams.Vision_1", "name must be 1 to 40 lowercase letters"],
  ],
  [
    "B31 maintenance hour",
    { cluster: { ...section("cluster"), maintenance: { startTime: "25:00" } } },
    ["cluster.maintenance.startTime", "must be HH:MM in UTC"],
  ],
  [
    "B31 maintenance day",
    { cluster: { ...section("cluster"), maintenance: { day: "Funday" } } },
    ["cluster.maintenance.day", "Did you mean Sunday?"],
  ],
  [
    "B31 maintenance length",
    { cluster: { ...section("cluster"), maintenance: { durationHours: 3 } } },
    ["cluster.maintenance.durationHours", "from 4 to 24"],
  ],
  [
    "B40 bidirectional text",
    { environment: { ...section("environment"), owner: "ml\u202eops" } },
    ["environment.owner", 'got "ml\\u202eops"'],
  ],
  [
    "two racks' feature against Hopper's",
    {
      "azure-native:location": "eastus",
      gpuPools: {
        h100: { size: "Standard_ND96isr_H100_v5", nodes: 1 },
        gb: { size: "Standard_ND128isr_NDR_GB200_v6", nodes: 18 },
      },
    },
    ["gpuPools.gb.size", "cannot share a subscription"],
  ],
  [
    "two node OS under one GPU operator",
    {
      gpuPools: {
        h100: { size: "Standard_ND96isr_H100_v5", maxNodes: 2 },
        a100: { size: "Standard_NC24ads_A100_v4", maxNodes: 2, osSku: "AzureLinux3" },
      },
    },
    ["gpuPools.a100.osSku", "the GPU operator supports one node OS in a cluster"],
  ],
  [
    "domains without InfiniBand",
    { gpuPools: { a10: { size: "Standard_NV36ads_A10_v5", maxNodes: 2, domains: 2 } } },
    ["gpuPools.a10.domains", "has no InfiniBand"],
  ],
  [
    "too many nodes for a domain",
    { gpuPools: { h100: { size: "Standard_ND96isr_H100_v5", nodes: 101 } } },
    ["gpuPools.h100.nodes", "must be at most 100: one InfiniBand domain is one scale set"],
  ],
  [
    "odd training quota",
    { trainingTeams: { vision: { pool: "h100", gpus: 12, groupObjectId: "22222222-2222-4222-8222-222222222222" } } },
    [
      "trainingTeams.vision.gpus",
      "must be a multiple of 8: training takes whole nodes of Standard_ND96isr_H100_v5; got 12. Use 8 or 16",
    ],
  ],
  [
    "more than the pool has",
    { trainingTeams: { vision: { pool: "h100", gpus: 64, groupObjectId: "22222222-2222-4222-8222-222222222222" } } },
    ["trainingTeams.vision.gpus", "must be at most 16"],
  ],
  [
    "team on no pool",
    { trainingTeams: { vision: { pool: "h10", gpus: 8, groupObjectId: "22222222-2222-4222-8222-222222222222" } } },
    ["trainingTeams.vision.pool", 'must be the key of a GPU pool; got "h10". GPU pools: '],
  ],
  [
    "group by name",
    { trainingTeams: { vision: { pool: "h100", gpus: 8, groupObjectId: "vision-team" } } },
    ["trainingTeams.vision.groupObjectId", "must be the object ID (a UUID) of an Entra group"],
  ],
  [
    "training on instances of a MIG profile",
    {
      gpuPools: { h100: { size: "Standard_ND96isr_H100_v5", nodes: 2, migProfile: "MIG7g" } },
      trainingTeams: { vision: { pool: "h100", gpus: 8, groupObjectId: "22222222-2222-4222-8222-222222222222" } },
    },
    [
      "trainingTeams.vision.pool",
      'must be a pool of whole GPUs: training takes whole nodes, and MIG7g cuts the GPUs of this one; got "h100"',
    ],
  ],
  [
    "more instances than a MIG profile makes",
    {
      gpuPools: { h100: { size: "Standard_ND96isr_H100_v5", nodes: 2, migProfile: "MIG2g" } },
      inferenceTeams: { chat: { pool: "h100", gpus: 49, groupObjectId: "33333333-3333-4333-8333-333333333333" } },
    },
    ["inferenceTeams.chat.gpus", "must be at most 48, the GPUs of the pool; got 49"],
  ],
  [
    "a node OS that does not run the cluster's version",
    {
      cluster: { ...section("cluster"), kubernetesVersion: "1.37" },
      gpuPools: { h100: { size: "Standard_ND96isr_H100_v5", maxNodes: 2, osSku: "Ubuntu2204" } },
    },
    ["gpuPools.h100.osSku", 'must be an image that runs Kubernetes 1.37; got "Ubuntu2204". Use Ubuntu2404'],
  ],
  ["kubeconfig from outside", { "kubernetes:kubeconfig": "x" }, ["kubernetes:kubeconfig", "must not be set"]],
  ["key of a foreign package", { "azure:location": "eastus" }, ["azure:location", "belongs to no package"]],
  [
    "nil subscription",
    { "azure-native:subscriptionId": "00000000-0000-0000-0000-000000000000" },
    ["azure-native:subscriptionId", "not all zeros"],
  ],
  [
    "tenants' section without tenants",
    { layers: ["infra", "platform"] },
    ["trainingTeams", "belongs to layer tenants"],
    ["inferenceTeams", "belongs to layer tenants"],
  ],
  [
    "layer without handover",
    {
      layers: ["tenants"],
      network: undefined,
      cluster: undefined,
      gpuPools: undefined,
      scaleSets: undefined,
      storage: undefined,
    },
    ["handover", "must be given"],
  ],
  ["handover without need", { handover: "org/azure-gpu-cluster/prod" }, ["handover", "must be absent"]],
  [
    "unknown layer",
    { layers: ["infrastructure"] },
    ["layers[0]", "must be one of bootstrap, infra, platform, tenants"],
  ],
  ["missing section", { network: undefined }, ["network", "must be given: layer infra needs it"]],
  ["section of a wrong type", { gpuPools: "h100" }, ["gpuPools", 'must be a mapping; got "h100" (text)']],
  [
    "private key pasted",
    {
      scaleSets: {
        slurm: {
          ...(section("scaleSets")["slurm"] as object),
          sshPublicKeys: ["-----BEGIN OPENSSH PRIVATE KEY----- secretsecret"],
        },
      },
    },
    ["scaleSets.slurm.sshPublicKeys[0]", "must not hold a private key"],
  ],
  [
    "image latest",
    { scaleSets: { slurm: { ...(section("scaleSets")["slurm"] as object), imageVersion: "latest" } } },
    ["scaleSets.slurm.imageVersion", "never latest"],
  ],
];

/** Pools of A10 that come to a number of nodes, of which none makes more than a pool can have. */
function manyPools(nodes: number, pools = Math.ceil(nodes / 1000)): Record<string, unknown> {
  const each = Math.floor(nodes / pools);
  return Object.fromEntries(
    Array.from({ length: pools }, (_, at) => [
      `p${at}`,
      { size: "Standard_NV36ads_A10_v5", nodes: each + (at < nodes % pools ? 1 : 0) },
    ]),
  );
}

describe("limits of one cluster, system pool of 2 nodes included", () => {
  const cells = "A larger estate is several cells: one stack file each";
  const nodes = (most: number, tier: string): string =>
    `must come to at most ${most} nodes with the system pool in tier ${tier}; got ${most + 1}. ${cells}`;
  it.each([
    ["5,000 nodes", {}, manyPools(4998), []],
    ["5,001 nodes", {}, manyPools(4999), [nodes(5000, "Standard")]],
    ["1,000 nodes in tier Free", { tier: "Free" }, manyPools(998), []],
    ["1,001 nodes in tier Free", { tier: "Free" }, manyPools(999), [nodes(1000, "Free")]],
    ["100 pools", {}, manyPools(99, 99), []],
    [
      "101 pools",
      {},
      manyPools(100, 100),
      [`must come to at most 100 AKS pools with the system pool; got 101. ${cells}`],
    ],
  ])("%s", (_, more, gpuPools, said) => {
    const problems = problemsOf(
      devWith({ cluster: { ...section("cluster"), ...more }, gpuPools, cpuPools: undefined }),
    );
    expect(problems.filter((it) => it.path === "gpuPools").map(sentence)).toEqual(said);
  });
});

it("blames the version, not each pool's node OS, for a version that nobody knows", () => {
  const problems = problemsOf(devWith({ cluster: { ...section("cluster"), kubernetesVersion: "1.99" } }));
  expect(problems.map((it) => it.path)).toEqual(["cluster.kubernetesVersion"]);
});

it("counts the instances of a MIG profile for inference", () => {
  const gpuPools = { h100: { size: "Standard_ND96isr_H100_v5", nodes: 1, migProfile: "MIG1g" } };
  const inferenceTeams = { chat: { pool: "h100", gpus: 56, groupObjectId: "33333333-3333-4333-8333-333333333333" } };
  expect(problemsOf(devWith({ gpuPools, inferenceTeams, trainingTeams: undefined }))).toEqual([]);
});

describe("the section platform", () => {
  it("is empty where the file says nothing, and holds what it says", () => {
    const platformOf = (platform?: object): unknown =>
      readEnvironment({ stack: "dev", values: devWith({ platform }), today }).platform;
    expect(platformOf()).toEqual({});
    expect(platformOf({ scratchDisks: false })).toEqual({ scratchDisks: false });
    expect(platformOf({ scratchDisks: {} })).toEqual({ scratchDisks: { storageClass: "scratch-nvme" } });
  });

  it.each([
    ["an unknown add-on", { scratchDisk: {} }, "platform.scratchDisk: is not a known key"],
    ["another word", { scratchDisks: "off" }, "platform.scratchDisks: must be false, or a mapping with"],
    ["a pool without disks", { scratchDisks: { pools: ["a10"] } }, "must be a GPU pool with local NVMe disks"],
  ])("fails on %s", (_, platform, said) => {
    const problems = problemsOf(devWith({ platform })).map((it) => `${it.path}: ${sentence(it)}`);
    expect(problems).toEqual([expect.stringContaining(said)]);
  });

  it("does not blame an add-on for a pool that could not be read", () => {
    const gpuPools = { ...section("gpuPools"), h100: { size: "Standard_ND96isr_H100_v5", nodes: -1 } };
    const problems = problemsOf(devWith({ platform: { scratchDisks: { pools: ["h100"] } }, gpuPools }));
    expect(problems.map((it) => it.path)).toEqual(["gpuPools.h100.nodes"]);
  });
});

describe("a section of a layer that the stack does not make", () => {
  const handover = "organization/azure-gpu-cluster/other";
  it.each(Object.entries(layerOf))("%s", (name, layer) => {
    const layers = layerNames.filter((it) => it !== layer);
    const problems = problemsOf(devWith({ layers, handover, platform: {}, [name]: devWith({})[full(name)] ?? {} }));
    const refused = problems.filter((it) => it.path === name && it.rule.startsWith("belongs to layer"));
    expect(refused.map((it) => it.rule)).toEqual(
      layer === null ? [] : [`belongs to layer ${layer}, which this stack does not make`],
    );
  });
});

const cases = table.map(([id, change, ...expected]): Case => ({ id, change, expected }));

describe("readEnvironment", () => {
  it.each(cases)("fails: $id", ({ change, expected }) => {
    const problems = problemsOf(devWith(change));
    for (const [path, text] of expected) {
      const said = problems.filter((it) => it.path === path).map(sentence);
      expect(said.join("\n"), `problems: ${problems.map((it) => it.path).join(", ")}`).toContain(text);
    }
  });

  it("fails on reserved keys that JSON can carry and JavaScript would trip over", () => {
    const values = { ...dev, "azure-gpu-cluster:gpuPools": '{"__proto__": {"size": "x"}, "constructor": {}}' };
    expect(problemsOf(values).map((it) => it.path)).toEqual(
      expect.arrayContaining(["gpuPools.__proto__", "gpuPools.constructor"]),
    );
    expect(Object.keys({})).toEqual([]);
  });

  it("fails with every problem of a file at once", () => {
    const all = Object.assign({}, ...cases.slice(0, 3).map(({ change }) => change)) as Record<string, unknown>;
    const problems = problemsOf(
      devWith({
        ...all,
        environment: { kind: "prd", owner: "", costCenter: 1 },
        cluster: { ...section("cluster"), kubernetesVersion: "1.99", adminGroupObjectIds: ["team"] },
        trainingTeams: { vision: { pool: "none", gpus: 12, groupObjectId: "x" } },
      }),
    );
    expect(problems.map((it) => it.path)).toEqual(
      expect.arrayContaining([
        "environment.kind",
        "environment.owner",
        "environment.costCenter",
        "gpuPool",
        "gpuPools.h100.maxNode",
        "azure-native:location",
        "cluster.kubernetesVersion",
        "cluster.adminGroupObjectIds[0]",
        "trainingTeams.vision.groupObjectId",
        "trainingTeams.vision.pool",
      ]),
    );
  });

  it("never echoes what may be a secret", () => {
    const planted = "hunter2-hunter2";
    const problems = problemsOf(
      devWith({
        "azure-native:clientSecret": planted,
        environment: { ...section("environment"), owner: { secure: planted } },
        scaleSets: { slurm: { ...(section("scaleSets")["slurm"] as object), sshPublicKeys: [planted] } },
      }),
    );
    expect(problems.length).toBeGreaterThanOrEqual(3);
    expect(JSON.stringify(problems)).not.toContain(planted);
  });

  it("says the same twice", () => {
    const values = devWith({ gpuPools: { x: { size: "y", nodes: -1, domains: 0 } }, network: {} });
    expect(problemsOf(values)).toEqual(problemsOf(values));
  });

  it("answers any mutation of a stack with problems or an environment, never with a bug", () => {
    const junk = fc.oneof(
      fc.constant(null),
      fc.boolean(),
      fc.double(),
      fc.string(),
      fc.array(fc.anything()),
      fc.object(),
    );
    const keys = Object.keys(dev).filter((key) => key.startsWith("azure-gpu-cluster:"));
    fc.assert(
      fc.property(fc.constantFrom(...keys), fc.nat(), junk, (key, at, value) => {
        const root: unknown = JSON.parse(dev[key] ?? "{}");
        const mutated = replaceLeaf(root, at, value);
        expect(() => problemsOf({ ...dev, [key]: JSON.stringify(mutated) })).not.toThrow();
      }),
      { numRuns: 300 },
    );
  });
});

function sentence({ rule, got, remedy }: Problem): string {
  return `${rule}${got === undefined ? "" : `; got ${got}`}${remedy === undefined ? "" : `. ${remedy}`}`;
}

/** Replaces one of the values inside, chosen by number. */
function replaceLeaf(root: unknown, at: number, value: unknown): unknown {
  const paths: string[][] = [];
  const walk = (node: unknown, path: string[]): void => {
    paths.push(path);
    if (typeof node === "object" && node !== null)
      for (const [key, child] of Object.entries(node)) walk(child, [...path, key]);
  };
  walk(root, []);
  const target = paths[at % paths.length] ?? [];
  const last = target.at(-1);
  if (last === undefined) return value;
  const owner = target.slice(0, -1).reduce<unknown>((node, key) => Reflect.get(Object(node), key), root);
  Reflect.set(Object(owner), last, value);
  return root;
}

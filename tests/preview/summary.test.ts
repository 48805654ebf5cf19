import { describe, expect, it } from "vitest";
import { energy } from "../../preview/summary/energy";
import { infinibandDomains } from "../../preview/summary/infiniband";
import { limitUses } from "../../preview/summary/limits";
import { type NodeGroup, nodeGroups as nodeGroupsIn } from "../../preview/summary/node-groups";
import type { PlannedResource } from "../../core/planned-resource";
import { quotaNeeds } from "../../preview/summary/quota";
import { stores } from "../../preview/summary/storage";
import { summarise } from "../../preview/summary/summary";
import { shippedPreview } from "../shipped-previews";

/** What the summary reads of a resource. */
type Counted = Pick<PlannedResource, "type" | "inputs">;

const nodeGroups = (resources: readonly Counted[]): readonly NodeGroup[] => nodeGroupsIn(resources, "eastus");

const pool = (inputs: object): Counted => ({
  type: "azure-native:containerservice:AgentPool",
  inputs: { resourceName: "aks", agentPoolName: "p", vmSize: "Standard_ND96isr_H100_v5", count: 4, ...inputs },
});
const scaleSet = (inputs: object): Counted => ({
  type: "azure-native:compute:VirtualMachineScaleSet",
  inputs: { vmScaleSetName: "s", sku: { name: "Standard_HB176rs_v4", capacity: 3 }, ...inputs },
});

describe("nodeGroups", () => {
  it("reads fixed and autoscaled pools, inline pools and scale sets", () => {
    const groups = nodeGroups([
      pool({}),
      pool({ agentPoolName: "q", enableAutoScaling: true, minCount: 1, maxCount: 9, tags: { spareNodes: "2" } }),
      {
        type: "azure-native:containerservice:ManagedCluster",
        inputs: { resourceName: "aks", agentPoolProfiles: [{ name: "system", vmSize: "Standard_D8ds_v5", count: 3 }] },
      },
      pool({ agentPoolName: "general", vmSize: "Standard_D8ds_v5", mode: "User" }),
      scaleSet({ tags: { ibDomain: "mpi" } }),
    ]);
    expect(
      groups.map(({ name, kind, minNodes, maxNodes, spareNodes, infinibandDomain }) => [
        name,
        kind,
        minNodes,
        maxNodes,
        spareNodes,
        infinibandDomain,
      ]),
    ).toEqual([
      ["p", "AKS GPU pool", 4, 4, 0, null],
      ["q", "AKS GPU pool", 1, 9, 2, null],
      ["system", "AKS system pool", 3, 3, 0, null],
      ["general", "AKS CPU pool", 4, 4, 0, null],
      ["s", "scale set", 3, 3, 0, "mpi"],
    ]);
  });

  it.each([
    ["0", 0],
    ["1", 1],
    ["33%", 2],
    [undefined, 1],
  ])("counts surge %s as %i of 4 nodes", (maxSurge, nodes) => {
    expect(nodeGroups([pool({ upgradeSettings: { maxSurge } })])[0]?.surgeNodes).toBe(nodes);
  });

  it.each([
    ["a pool", pool({ availabilityZones: ["1", "3"] }), ["1", "3"]],
    ["a pool that asks for none", pool({}), []],
    ["a scale set", scaleSet({ zones: ["2"] }), ["2"]],
    [
      "a machine alone",
      {
        type: "azure-native:compute:VirtualMachine",
        inputs: { vmName: "v", hardwareProfile: { vmSize: "Standard_D8ds_v5" }, zones: ["1"] },
      },
      ["1"],
    ],
  ])("reads the zones of %s", (_, resource, zones) => {
    expect(nodeGroups([resource]).map((it) => it.zones)).toEqual([zones]);
  });

  it("counts no surge of a spot pool, which has none", () => {
    expect(nodeGroups([pool({ scaleSetPriority: "Spot" })])[0]?.surgeNodes).toBe(0);
  });

  it("leaves out what it does not know, and never fails on it", () => {
    expect(nodeGroups([pool({ vmSize: "Standard_X" }), scaleSet({ sku: null }), { type: "x", inputs: {} }])).toEqual(
      [],
    );
    expect(nodeGroups([pool({ count: "[unknown]", tags: 3 })])[0]?.maxNodes).toBe(0);
  });
});

const labelled = { nodeLabels: { "azure-gpu-cluster/ib-domain": "h100d1" }, tags: { spareNodes: "1" } };

it("finds one InfiniBand domain for each pool, and leaves spares out of the largest job", () => {
  expect(infinibandDomains(nodeGroups([pool(labelled), pool({})]))).toEqual([
    {
      name: "h100d1",
      size: "Standard_ND96isr_H100_v5",
      nodes: 4,
      gpus: 32,
      link: "8 x 400 Gb/s",
      largestJobNodes: 3,
      largestJobGpus: 24,
    },
  ]);
});

it("needs quota for all nodes and surge, spot apart", () => {
  const groups = nodeGroups([
    pool({ upgradeSettings: { maxSurge: "1" } }),
    pool({ upgradeSettings: { maxSurge: "0" } }),
    pool({ vmSize: "Standard_NV36ads_A10_v5", count: 2, scaleSetPriority: "Spot", upgradeSettings: { maxSurge: "0" } }),
  ]);
  expect(quotaNeeds(groups)).toEqual([
    { family: "standardNDSH100v5Family", region: "eastus", vcpus: (4 + 1 + 4) * 96, spot: false },
    { family: "lowPriorityCores", region: "eastus", vcpus: 72, spot: true },
  ]);
});

it("estimates power from board power, host and PUE, and names sizes it cannot", () => {
  const groups = nodeGroups([pool({ count: 2 }), pool({ vmSize: "Standard_NV4ads_V710_v5" })]);
  const estimate = energy(groups, "eastus");
  expect(estimate.fullKW).toBeCloseTo(2 * 7.5 * estimate.pue, 1);
  expect(estimate.unknown).toEqual(["Standard_NV4ads_V710_v5"]);
});

describe("limitUses", () => {
  const use = (resources: readonly Counted[], what: string): string | undefined =>
    limitUses(resources, nodeGroups(resources)).find((it) => it.what.startsWith(what))?.state;

  it.each([
    [60, "ok"],
    [80, "near"],
    [100, "near"],
    [120, "ok"],
    [260, "near"],
    [301, "over"],
  ])("calls %i nodes of one InfiniBand domain %s (100, or 300 on request)", (count, state) => {
    expect(use([pool({ ...labelled, count })], "nodes of InfiniBand domain")).toBe(state);
  });

  it("counts pools, nodes and pod ranges of a cluster", () => {
    const cluster: Counted = {
      type: "azure-native:containerservice:ManagedCluster",
      inputs: {
        resourceName: "aks",
        sku: { tier: "Standard" },
        networkProfile: { podCidr: "10.0.0.0/20" },
        agentPoolProfiles: [],
      },
    };
    const resources = [cluster, pool({ count: 20, upgradeSettings: { maxSurge: "0" } })];
    expect(limitUses(resources, nodeGroups(resources)).slice(0, 3)).toEqual([
      { what: "nodes of AKS cluster aks", used: 20, limit: 5000, state: "ok" },
      { what: "pools of AKS cluster aks", used: 1, limit: 100, state: "ok" },
      { what: "/24 pod ranges of AKS cluster aks", used: 20, limit: 16, state: "over" },
    ]);
  });
});

it("lists stores with size, throughput, zone and price", () => {
  const lustre = {
    type: "azure-native:storagecache:AmlFilesystem",
    name: "l",
    inputs: {
      amlFilesystemName: "l",
      storageCapacityTiB: 128,
      sku: { name: "AMLFS-Durable-Premium-500" },
      zones: ["2"],
    },
  };
  const blob = { type: "azure-native:storage:StorageAccount", inputs: { accountName: "b", isHnsEnabled: true } };
  const price = expect.anything() as unknown;
  expect(stores([lustre, blob], "eastus")).toEqual([
    { name: "l", kind: "Managed Lustre", sizeTiB: 128, throughputMBps: 64000, zone: "2", price },
    { name: "b", kind: "Blob", sizeTiB: null, throughputMBps: null, zone: null, price },
  ]);
});

it("counts the cell of 4,224 GPUs", async () => {
  const { summary } = await shippedPreview("cell-4k");
  expect(summary).toMatchObject({ gpus: 4224, gpuNodes: 528, largestJob: { gpus: 512, nodes: 64 } });
  expect(summary.infinibandDomains).toHaveLength(8);
});

it("reads the steps of a preview as it reads a recording", async () => {
  const { plan, summary } = await shippedPreview("dev");
  const steps = plan.resources.filter((it) => it.custom).map(({ type, name, inputs }) => ({ type, name, inputs }));
  // What teams are guaranteed is in no step.
  expect(summarise(steps, "eastus")).toEqual({ ...summary, cost: { ...summary.cost, byTeam: null } });
});

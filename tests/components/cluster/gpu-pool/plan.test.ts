import { describe, expect, it } from "vitest";
import type { VmSize } from "../../../../catalog/vm-size";
import { findVmSize, vmSizes } from "../../../../catalog/vm-sizes";
import type { AgentPoolPlan } from "../../../../components/cluster/agent-pool/plan";
import { planGpuPool, type GpuPoolPlan } from "../../../../components/cluster/gpu-pool/plan";
import type { GpuPoolShape } from "../../../../components/cluster/gpu-pool/shape";
import { MisconfiguredError } from "../../../../core/problems";
import { place, problemsOf } from "../../../recorded";

const h100 = "Standard_ND96isr_H100_v5";
const a100 = "Standard_NC24ads_A100_v4";
const a10 = "Standard_NV36ads_A10_v5";
const gb300 = "Standard_ND128isr_GB300_v6";
const mi300x = "Standard_ND96isr_MI300X_v5";

/** A pool in a region that nobody has named, so that every size is sold there. */
function planned(key: string, shape: GpuPoolShape): GpuPoolPlan {
  return planGpuPool(key, shape, { ...place, location: "" });
}

/** Body of the only AKS pool. */
function bodyOf({ agentPools }: GpuPoolPlan): AgentPoolPlan["body"] {
  expect(agentPools).toHaveLength(1);
  const [only] = agentPools;
  if (only === undefined) throw new Error("no pool");
  return only.body;
}

const snapshotId =
  "/subscriptions/00000000-0000-4000-8000-000000000000/resourceGroups/rg/providers/Microsoft.ContainerService/snapshots/good";

const always = {
  mode: "User",
  type: "VirtualMachineScaleSets",
  osType: "Linux",
  osSKU: "Ubuntu",
  maxPods: 250,
  localDNSProfile: { mode: "Disabled" },
  scaleDownMode: "Delete",
  osDiskType: "Managed",
  osDiskSizeGB: 512,
  enableNodePublicIP: false,
  enableEncryptionAtHost: true,
  securityProfile: { sshAccess: "Disabled", enableSecureBoot: false, enableVTPM: false },
  kubeletConfig: { cpuManagerPolicy: "static", topologyManagerPolicy: "best-effort" },
};
const upgradeSettings = {
  maxSurge: "0",
  maxUnavailable: "17%",
  drainTimeoutInMinutes: 60,
  undrainableNodeBehavior: "Cordon",
};

describe("planGpuPool", () => {
  it("plans an autoscaled InfiniBand pool from zero", () => {
    const { agentPools, size, ...plan } = planned("h100", { size: h100, domains: 2, maxNodes: 4 });
    expect(size.name).toBe(h100);
    expect(plan).toEqual({
      section: "gpuPools",
      key: "h100",
      gpuStack: "gpu-operator",
      osSku: "Ubuntu",
      kubernetesVersion: null,
      held: false,
      today: "2026-11-21",
      notes: [
        "while it is empty it grows for RDMA or AMD GPUs only if AKS heeds its autoscaler tags, which is not proven; minNodes: 1 is sure",
        "while it is empty a pod that wants a scratch volume may not make it grow: the autoscaler knows no local disks",
      ],
      maxNodes: 8,
      infiniband: true,
      subnets: [{ role: "nodes", addresses: 8, what: "AKS nodes" }],
      domainLimit: null,
      reservation: null,
      grantOnGroupId: null,
      ref: {
        key: "h100",
        size: h100,
        gpuStack: "gpu-operator",
        memlock: "node",
        rdmaResource: "rdma/ib",
        nodePools: ["h100d1", "h100d2"],
        maxNodes: 8,
        spareNodes: 0,
        autoscaled: true,
        migProfile: null,
        gpusPerNode: 8,
      },
    });
    // Domains are alike but for their names.
    const domain = (name: string): AgentPoolPlan => ({
      name,
      ignoreChanges: ["count"],
      tags: {
        ibDomain: name,
        spareNodes: "0",
        "k8s.io_cluster-autoscaler_node-template_resources_nvidia.com_gpu": "8",
        "k8s.io_cluster-autoscaler_node-template_resources_rdma_ib": "8",
      },
      body: {
        ...always,
        upgradeSettings,
        agentPoolName: name,
        vmSize: h100,
        count: 0,
        enableAutoScaling: true,
        minCount: 0,
        maxCount: 4,
        gpuProfile: { driver: "None" },
        nodeTaints: ["nvidia.com/gpu=present:NoSchedule"],
        nodeLabels: {
          "azure-gpu-cluster/pool": "h100",
          "azure-gpu-cluster/gpu-stack": "gpu-operator",
          "azure-gpu-cluster/ib-domain": name,
          "azure-gpu-cluster/memlock": "node",
        },
      },
    });
    expect(agentPools).toEqual([domain("h100d1"), domain("h100d2")]);
  });

  it.each([
    ["nvidia.com/mlnxnics", ["nvidia.com_gpu", "nvidia.com_mlnxnics"]],
    // A tag would name rdma/hca/shared/devices/a: better none, since a node is there that shows it.
    ["rdma/hca_shared_devices_a", ["nvidia.com_gpu"]],
  ])("tells teams and the autoscaler what adapters are called: %s", (rdmaResource, told) => {
    const { ref, agentPools } = planned("h100", { size: h100, minNodes: 1, maxNodes: 4, rdmaResource });
    expect(ref.rdmaResource).toBe(rdmaResource);
    const tags = Object.keys(agentPools[0]?.tags ?? {}).filter((it) => it.startsWith("k8s.io"));
    expect(tags).toEqual(told.map((it) => `k8s.io_cluster-autoscaler_node-template_resources_${it}`));
  });

  it("tells add-ons and teams where pods claim adapters, and the autoscaler of none", () => {
    const shape = { size: h100, minNodes: 1, maxNodes: 4, gpuStack: "aks-driver", rdma: "dranet" } as const;
    const { ref, agentPools } = planned("h100", shape);
    expect(ref).toMatchObject({ rdma: "dranet", rdmaResource: "rdma/ib" });
    const tags = Object.keys(agentPools[0]?.tags ?? {}).filter((it) => it.startsWith("k8s.io"));
    expect(tags).toEqual(["k8s.io_cluster-autoscaler_node-template_resources_nvidia.com_gpu"]);
    expect(planned("h100", { ...shape, rdma: "sriov" }).ref).not.toHaveProperty("rdma");
  });

  it.each([
    "",
    "/",
    "rdma/",
    "/ib",
    "a/b/c",
    "rdma/-ib",
    "RDMA/ib",
    "kubernetes.io/ib",
    "a.kubernetes.io/ib",
    "rdma ib/x",
  ])("takes no name for adapters that Kubernetes would not: %j", (rdmaResource) => {
    expect(problemsOf(() => planned("h100", { size: h100, nodes: 2, rdmaResource }))).toEqual([
      expect.stringContaining("rdmaResource: must be an extended resource, domain/name"),
    ]);
  });

  it.each([
    [{ nodes: 2 }, undefined],
    [{ minNodes: 2, maxNodes: 2 }, undefined],
    [{ minNodes: 1, maxNodes: 2 }, true],
    [{ maxNodes: 2 }, true],
  ] as const)("tells queues whether %j can grow", (nodes, autoscaled) => {
    expect(planned("h100", { size: h100, ...nodes }).ref.autoscaled).toBe(autoscaled);
  });

  it("plans a fixed rack, and lets nobody else count its nodes", () => {
    const plan = planned("gb300", { size: gb300, nodes: 18, spareNodes: 2, zone: "1" });
    expect(plan).toMatchObject({ agentPools: [{ ignoreChanges: [] }], maxNodes: 18, ref: { spareNodes: 2 } });
    expect(plan.agentPools[0]?.tags).toEqual({ ibDomain: "gb300d1", spareNodes: "2" });
    expect(bodyOf(plan)).toEqual({
      ...always,
      upgradeSettings,
      agentPoolName: "gb300d1",
      vmSize: gb300,
      count: 18,
      enableAutoScaling: false,
      gpuProfile: { driver: "None" },
      availabilityZones: ["1"],
      nodeTaints: ["nvidia.com/gpu=present:NoSchedule"],
      nodeLabels: {
        "azure-gpu-cluster/pool": "gb300",
        "azure-gpu-cluster/gpu-stack": "gb-dra",
        "azure-gpu-cluster/ib-domain": "gb300d1",
        "azure-gpu-cluster/memlock": "node",
        // Its image brings the driver, so an operator that serves other pools brings none.
        "nvidia.com/gpu.deploy.driver": "false",
      },
    });
  });

  it("plans a spot pool, which AKS owns the driver of and neither surges nor drains", () => {
    const plan = planned("a10", {
      size: a10,
      minNodes: 1,
      maxNodes: 3,
      osDiskGiB: 128,
      spot: { maxUsdPerHour: 1.60001 },
    });
    expect(plan.agentPools[0]?.tags).toEqual({
      spareNodes: "0",
      "k8s.io_cluster-autoscaler_node-template_resources_nvidia.com_gpu": "1",
    });
    expect(bodyOf(plan)).toEqual({
      ...always,
      agentPoolName: "a10",
      vmSize: a10,
      count: 1,
      enableAutoScaling: true,
      minCount: 1,
      maxCount: 3,
      osDiskSizeGB: 128,
      gpuProfile: { driver: "Install" },
      scaleSetPriority: "Spot",
      scaleSetEvictionPolicy: "Delete",
      spotMaxPrice: 1.60001,
      nodeTaints: ["nvidia.com/gpu=present:NoSchedule", "kubernetes.azure.com/scalesetpriority=spot:NoSchedule"],
      nodeLabels: {
        "azure-gpu-cluster/pool": "a10",
        "azure-gpu-cluster/gpu-stack": "aks-driver",
        "nvidia.com/gpu.deploy.driver": "false",
        "nvidia.com/gpu.deploy.container-toolkit": "false",
        "nvidia.com/gpu.deploy.mig-manager": "false",
      },
    });
  });

  it("gives NCCL the file of the size where the pool says so, and where Azure has one", () => {
    const given = { size: h100, nodes: 1 };
    expect(planned("h100", given).ref).not.toHaveProperty("ncclTopologyFile");
    expect(planned("h100", { ...given, ncclTopologyFile: true }).ref.ncclTopologyFile).toBe(true);
    expect(problemsOf(() => planned("gb300", { size: gb300, nodes: 18, ncclTopologyFile: true }))).toEqual([
      `ncclTopologyFile: is not possible: Azure publishes no such file for ${gb300}; got true. Leave it out, and NCCL looks at the node itself`,
    ]);
  });

  it("notes adapters that nobody can use", () => {
    expect(planned("h100", { size: h100, nodes: 1, migProfile: "MIG1g" }).notes).toEqual([
      "its 8 InfiniBand adapters lie idle: only training teams get them, on whole GPUs, and MIG1g divides these",
    ]);
  });

  it("takes the one who owns the driver from the shape where the size leaves a choice", () => {
    const plan = planned("a100", { size: a100, nodes: 1, gpuStack: "aks-driver" });
    expect(plan.gpuStack).toBe("aks-driver");
    expect(bodyOf(plan).gpuProfile).toEqual({ driver: "Install" });
    expect(bodyOf(planned("a100", { size: a100, nodes: 1 })).gpuProfile).toEqual({ driver: "None" });
  });

  it("sets MIG profile and node OS when they are asked for", () => {
    const shape = { size: a100, nodes: 2, migProfile: "MIG1g", osSku: "AzureLinux3" };
    const plan = planned("a100", shape);
    expect(bodyOf(plan)).toMatchObject({
      nodeLabels: { "nvidia.com/mig.config": "all-1g.10gb" },
      osSKU: "AzureLinux3",
    });
    // What Kubernetes counts: seven instances of each GPU.
    expect([plan.ref.migProfile, plan.ref.gpusPerNode]).toEqual(["MIG1g", 7 * (findVmSize(a100)?.gpu?.count ?? 0)]);
    expect(bodyOf(planned("a100", { size: a100, nodes: 2 })).nodeLabels).not.toHaveProperty("nvidia.com/mig.config");
  });

  it("lets whoever owns the driver divide the GPUs, and nobody else", () => {
    const operator = bodyOf(planned("a100", { size: a100, nodes: 2, migProfile: "MIG3g" }));
    expect(operator).not.toHaveProperty("gpuInstanceProfile");
    expect(operator).toMatchObject({
      gpuProfile: { driver: "None" },
      nodeLabels: { "nvidia.com/mig.config": "all-3g.40gb" },
    });
    const aks = bodyOf(planned("a100", { size: a100, nodes: 2, migProfile: "MIG3g", gpuStack: "aks-driver" }));
    expect(aks).toMatchObject({ gpuProfile: { driver: "Install" }, gpuInstanceProfile: "MIG3g" });
    expect(aks.nodeLabels).not.toHaveProperty("nvidia.com/mig.config");
  });

  it("tells the autoscaler what an empty node has, under names that a tag can hold", () => {
    const { agentPools } = planned("amd", { size: mi300x, minNodes: 0, maxNodes: 2 });
    expect(agentPools[0]?.tags).toMatchObject({
      "k8s.io_cluster-autoscaler_node-template_resources_amd.com_gpu": "8",
      "k8s.io_cluster-autoscaler_node-template_resources_rdma_ib": "8",
    });
    for (const name of Object.keys(agentPools[0]?.tags ?? {})) expect(name).not.toMatch(/[<>%&\\?/]/);
    // A fixed pool is nobody's to grow.
    expect(Object.keys(planned("amd", { size: mi300x, nodes: 2 }).agentPools[0]?.tags ?? {})).toEqual([
      "ibDomain",
      "spareNodes",
    ]);
  });

  it("labels InfiniBand nodes with the way in which their pods lock memory, and sets no taint that would stay", () => {
    const body = bodyOf(planned("h100", { size: h100, nodes: 2, memlock: "ipc-lock" }));
    expect(body.nodeLabels).toMatchObject({ "azure-gpu-cluster/memlock": "ipc-lock" });
    expect(bodyOf(planned("a10", { size: a10, nodes: 2 })).nodeLabels).not.toHaveProperty("azure-gpu-cluster/memlock");
    for (const it of [body, bodyOf(planned("h100", { size: h100, nodes: 2 }))]) {
      expect(it.nodeTaints).toEqual(["nvidia.com/gpu=present:NoSchedule"]);
    }
  });

  it("is held by a snapshot, which brings the version, and says so", () => {
    const nodeImageSnapshotId = snapshotId;
    const plan = planned("a10", { size: a10, nodes: 2, nodeImageSnapshotId });
    expect(plan.held).toBe(true);
    expect(plan.notes).toEqual([
      expect.stringContaining("nodeImageSnapshotId holds its node image"),
      expect.stringContaining("takes no node that runs back"),
      expect.stringContaining("needs node image 202606.08.1 or newer, and not 202607.02.0"),
    ]);
    expect(bodyOf(plan)).toMatchObject({ creationData: { sourceResourceId: snapshotId }, osSKU: "Ubuntu" });
  });

  it.each([
    ["h100", h100, ["h100d1"]],
    // What looks like the number of a domain is part of the key.
    ["prod2", h100, ["prod2d1"]],
    ["ad1", h100, ["ad1d1"]],
    ["nvd2", a10, ["nvd2"]],
  ])("calls the AKS pools of %s (%s) after it, and labels their nodes with it whole", (key, size, names) => {
    const { agentPools } = planned(key, { size, maxNodes: 2 });
    expect(agentPools.map((it) => it.name)).toEqual(names);
    for (const { body } of agentPools) expect(body.nodeLabels).toMatchObject({ "azure-gpu-cluster/pool": key });
  });

  it("numbers domains from the first on, so that one more renames nothing", () => {
    const names = (domains: number): string[] =>
      planned("h100", { size: h100, domains, nodes: 2 }).agentPools.map((it) => it.name);
    expect(names(12).slice(0, 3)).toEqual(names(3));
    expect(names(12).at(-1)).toBe("h100d12");
  });

  it.each([
    ["an idle fixed pool", { size: a10, nodes: 0 }],
    ["the most nodes", { size: a10, nodes: 1000 }],
    ["one spare of two", { size: h100, nodes: 2, spareNodes: 1 }],
    ["a full domain", { size: h100, nodes: 100 }],
    ["a raised domain", { size: h100, maxNodes: 300, domainLimit: 300 }],
    ["spot at any price", { size: a10, maxNodes: 2, spot: { maxUsdPerHour: -1 } }],
    ["the smallest disk", { size: a10, nodes: 1, osDiskGiB: 128 }],
    ["the largest disk", { size: a10, nodes: 1, osDiskGiB: 2048 }],
  ] satisfies [string, GpuPoolShape][])("takes %s", (_, shape) => {
    expect(bodyOf(planned("pool", shape)).vmSize).toBe(shape.size);
  });
});

describe("planGpuPool fails where", () => {
  it("the size is not sold, and where there is no such zone", () => {
    const shape = { size: h100, nodes: 2, zone: "4" };
    const [size = "", zone = ""] = problemsOf(() =>
      planGpuPool("gb", shape, { ...place, location: "australiacentral" }),
    );
    expect(size).toMatch(
      /^size: is not sold in australiacentral: the price list has no row for it; got .*Regions with a price: /,
    );
    expect(zone).toBe('zone: must be one of 1, 2, 3, in quotes; got "4". Write "1" for example');
  });
});

describe("planGpuPool fails", () => {
  it("under the pool's name, with every problem at once", () => {
    expect(() => planned("Bad-Name", { size: h100, minNodes: 9, maxNodes: 4, spareNodes: 4 })).toThrow(
      [
        "GPU pool 'Bad-Name' is misconfigured:",
        '  name: must be 1 to 12 lowercase letters or digits and start with a letter; got "Bad-Named1"',
        "  minNodes: must be a whole number from 0 to maxNodes (4); got 9. Use 0 to 4",
        "  spareNodes: must be a whole number below the pool's nodes (4); got 4. Use 0 to 2",
      ].join("\n"),
    );
  });

  const noMig = `migProfile: is not possible: AKS offers no MIG on ${a10}; got "MIG1g". Leave it out, or choose another size`;
  const domain = (limit: number): string =>
    `must be at most ${limit}: one InfiniBand domain is one scale set, and a larger one splits the fabric`;
  const more = "Use more domains, or set domainLimit (up to 300) once Azure support has raised it";
  const spotIb = (size: string): string =>
    `spot: is not possible with ${size}: one eviction stops a job on the whole InfiniBand domain. Leave spot out, or choose a size without InfiniBand`;

  it.each([
    [
      "without a count",
      { size: a10 },
      ["maxNodes: must be given, or nodes for a fixed size. Add maxNodes: 2 for example"],
    ],
    [
      "with two kinds of count",
      { size: a10, nodes: 2, maxNodes: 4 },
      [
        "nodes: must stand alone: a fixed pool has no minNodes or maxNodes; got 2. Remove nodes to autoscale, or minNodes and maxNodes for a fixed size",
      ],
    ],
    [
      "with a least count for a fixed pool",
      { size: a10, nodes: 2, minNodes: 0 },
      [
        "nodes: must stand alone: a fixed pool has no minNodes or maxNodes; got 2. Remove nodes to autoscale, or minNodes and maxNodes for a fixed size",
      ],
    ],
    ["with part of a node", { size: a10, nodes: 1.5 }, ["nodes: must be a whole number; got 1.5 (number). Use 1 or 2"]],
    [
      "with too many nodes",
      { size: a10, nodes: 1001 },
      ["nodes: must be a whole number from 0 to 1000; got 1001. Use 1000"],
    ],
    [
      "with an autoscaler that may do nothing",
      { size: a10, maxNodes: 0 },
      ["maxNodes: must be a whole number from 1 to 1000; got 0. Use 1"],
    ],
    [
      "with fewer than no nodes",
      { size: a10, minNodes: -1, maxNodes: 2 },
      ["minNodes: must be a whole number from 0 to maxNodes (2); got -1. Use 0 to 2"],
    ],
    [
      "with every node a spare",
      { size: h100, nodes: 2, spareNodes: 2 },
      ["spareNodes: must be a whole number below the pool's nodes (2); got 2. Use 0 to 1"],
    ],
    [
      "with more spares than jobs may use",
      { size: gb300, nodes: 18, spareNodes: 17 },
      [
        "spareNodes: must be at most half of the pool's nodes (18): a spare is paid and no job may use it; got 17. Use 9 or fewer",
      ],
    ],
    [
      "with a version that AKS does not have",
      { size: a10, nodes: 1, kubernetesVersion: "v1.36" },
      [
        'kubernetesVersion: must be a version that AKS supports, as major.minor or major.minor.patch; got "v1.36". Drop the v. Write "1.36", and AKS picks the patch; az aks get-versions lists patches',
      ],
    ],
    [
      "with something that is no snapshot",
      { size: a10, nodes: 1, nodeImageSnapshotId: "good" },
      [
        'nodeImageSnapshotId: must be the ARM ID of a node pool snapshot; got "good". Write /subscriptions/<UUID>/resourceGroups/<name>/providers/Microsoft.ContainerService/snapshots/<name>',
      ],
    ],
    [
      "with a version beside the snapshot that holds one",
      { size: a10, nodes: 1, nodeImageSnapshotId: snapshotId, kubernetesVersion: "1.36" },
      [
        'kubernetesVersion: must be absent beside nodeImageSnapshotId: the snapshot holds the version that it was taken at; got "1.36". Remove one of the two',
      ],
    ],
    [
      "from zero with devices that are claimed, not counted",
      { size: gb300, minNodes: 0, maxNodes: 18 },
      [
        `nodes: must be given: ${gb300} pools have a fixed size, the autoscaler cannot add part of a rack. Write nodes: 18 in place of maxNodes`,
      ],
    ],
    [
      "with a small disk",
      { size: a10, nodes: 1, osDiskGiB: 127 },
      ["osDiskGiB: must be a whole number from 128 to 2048; got 127. Use 128"],
    ],
    ["with a domain above 100", { size: h100, nodes: 101 }, [`nodes: ${domain(100)}; got 101. ${more}`]],
    [
      "with an autoscaler above the domain",
      { size: h100, maxNodes: 101 },
      [`maxNodes: ${domain(100)}; got 101. ${more}`],
    ],
    [
      "with a raised domain that is still too small",
      { size: h100, nodes: 201, domainLimit: 200 },
      [`nodes: ${domain(200)}; got 201. ${more}`],
    ],
    [
      "with a domain that Azure never gives",
      { size: h100, nodes: 8, domainLimit: 301 },
      ["domainLimit: must be a whole number from 100 to 300; got 301. Use 300"],
    ],
    [
      "with a domain below what everybody has",
      { size: h100, nodes: 8, domainLimit: 99 },
      ["domainLimit: must be a whole number from 100 to 300; got 99. Use 100"],
    ],
    [
      "with a domain but no InfiniBand",
      { size: a10, nodes: 8, domainLimit: 100 },
      [
        `domainLimit: must be absent: ${a10} has no InfiniBand; got 100. Leave it out, or choose a size with InfiniBand (docs/sizes.md)`,
      ],
    ],
    [
      "with part of a rack",
      { size: gb300, nodes: 17 },
      ["nodes: must be 18: one pool is one rack; got 17. Use domains for more racks"],
    ],
    [
      "with two racks in one pool",
      { size: gb300, nodes: 36 },
      ["nodes: must be 18: one pool is one rack; got 36. Use domains for more racks"],
    ],
    [
      "with a rack that scales",
      { size: gb300, maxNodes: 18 },
      [
        `nodes: must be given: ${gb300} pools have a fixed size, the autoscaler cannot add part of a rack. Write nodes: 18 in place of maxNodes`,
      ],
    ],
    [
      "with spot in a rack",
      { size: gb300, nodes: 18, spot: { maxUsdPerHour: -1 } },
      [
        spotIb(gb300),
        "spot: needs an autoscaled pool (maxNodes): evicted nodes come back only through the autoscaler. Write maxNodes in place of nodes",
      ],
    ],
    ["with spot on InfiniBand", { size: h100, maxNodes: 2, spot: { maxUsdPerHour: -1 } }, [spotIb(h100)]],
    [
      "with spot that never comes back",
      { size: a10, nodes: 2, spot: { maxUsdPerHour: -1 } },
      [
        "spot: needs an autoscaled pool (maxNodes): evicted nodes come back only through the autoscaler. Write maxNodes in place of nodes",
      ],
    ],
    ...[0, -2, 0.000001, 1.600001, 1e-12].map((maxUsdPerHour): [string, GpuPoolShape, string[]] => [
      `with a spot price of ${maxUsdPerHour}`,
      { size: a10, maxNodes: 2, spot: { maxUsdPerHour } },
      [
        `spot.maxUsdPerHour: must be -1, or more than 0 with at most 5 decimals; got ${maxUsdPerHour}. Write -1, up to the usual price, or a price such as 12.5`,
      ],
    ]),
    [
      "with a spot price that is no number",
      { size: a10, maxNodes: 2, spot: { maxUsdPerHour: Number.NaN } },
      ["spot.maxUsdPerHour: must be a number; got NaN (number). Write for example 1"],
    ],
    [
      "with a spot price without end",
      { size: a10, maxNodes: 2, spot: { maxUsdPerHour: Number.POSITIVE_INFINITY } },
      ["spot.maxUsdPerHour: must be a number; got Infinity (number). Write for example 1"],
    ],
    [
      "with domains but no InfiniBand",
      { size: a10, domains: 1, nodes: 8 },
      [
        `domains: must be absent: ${a10} has no InfiniBand; got 1. Leave it out, or choose a size with InfiniBand (docs/sizes.md)`,
      ],
    ],
    ["with MIG where there is none", { size: a10, nodes: 1, migProfile: "MIG1g" }, [noMig]],
    [
      "with a MIG profile that does not exist",
      { size: a100, nodes: 1, migProfile: "MIG5g" },
      [
        `migProfile: must be one of MIG1g, MIG2g, MIG3g, MIG4g, MIG7g for ${a100}; got "MIG5g". Write MIG1g, or choose another size`,
      ],
    ],
    [
      "with MIG and an autoscaler",
      { size: a100, maxNodes: 1, migProfile: "MIG1g" },
      [
        'migProfile: needs a fixed pool (nodes): the autoscaler knows only whole GPUs; got "MIG1g". Write nodes: 1 in place of minNodes and maxNodes',
      ],
    ],
    [
      "with AKS's driver on InfiniBand",
      { size: "Standard_ND96asr_v4", nodes: 2, gpuStack: "aks-driver" },
      [
        'gpuStack: must be one of gpu-operator for Standard_ND96asr_v4; got "aks-driver". Write gpu-operator, or choose another size',
      ],
    ],
    [
      "with a name for adapters that is no extended resource",
      { size: h100, nodes: 2, rdmaResource: "ib" },
      [
        'rdmaResource: must be an extended resource, domain/name; got "ib". Use the name that your device plugin gives, such as rdma/ib or rdma/hca_shared_devices_a or nvidia.com/mlnxnics',
      ],
    ],
    [
      "with the name of GPUs for adapters",
      { size: h100, nodes: 2, rdmaResource: "nvidia.com/gpu" },
      [
        'rdmaResource: must not be what GPUs are counted by; got "nvidia.com/gpu". Use the name that your device plugin gives, such as rdma/ib or rdma/hca_shared_devices_a or nvidia.com/mlnxnics',
      ],
    ],
    [
      "with a name for adapters without any",
      { size: a10, nodes: 2, rdmaResource: "rdma/ib" },
      [
        `rdmaResource: must be absent: ${a10} has no InfiniBand; got "rdma/ib". Leave it out, or choose a size with InfiniBand (docs/sizes.md)`,
      ],
    ],
    [
      "with a way to adapters without any",
      { size: a10, nodes: 2, rdma: "dranet" },
      [
        `rdma: must be absent: ${a10} has no InfiniBand; got "dranet". Leave it out, or choose a size with InfiniBand (docs/sizes.md)`,
      ],
    ],
    [
      "with claims of adapters whose driver only the network operator brings, and from zero",
      { size: h100, maxNodes: 2, rdma: "dranet" },
      [
        'rdma: is not possible with gpuStack gpu-operator: its GPUs reach adapters by nvidia-peermem, whose network driver only the network operator brings; got "dranet". Use sriov, or gpuStack aks-driver',
        "minNodes: must be at least 1 with rdma dranet: what pods may claim only a node that is there tells, so an empty pool never grows; got 0. Use 1, or a fixed number of nodes",
      ],
    ],
    [
      "from zero with adapters that no tag can tell of",
      { size: h100, maxNodes: 2, rdmaResource: "rdma/hca_shared_devices_a" },
      [
        "minNodes: must be at least 1 with rdma/hca_shared_devices_a: the autoscaler learns from tags what nodes of an empty pool have, and reads each _ in one as /; got 0. Use 1, or a fixed number of nodes",
      ],
    ],
    [
      "with NVIDIA's operator on AMD",
      { size: mi300x, nodes: 2, gpuStack: "gpu-operator" },
      [
        `gpuStack: must be one of amd-operator for ${mi300x}; got "gpu-operator". Write amd-operator, or choose another size`,
      ],
    ],
    [
      "with an OS that AMD's operator does not know",
      { size: mi300x, nodes: 2, osSku: "AzureLinux3" },
      [
        `osSku: must be one of Ubuntu, Ubuntu2404, Ubuntu2204 for ${mi300x}; got "AzureLinux3". Write Ubuntu, or choose another size`,
      ],
    ],
    [
      "with another OS in a rack",
      { size: gb300, nodes: 18, osSku: "Ubuntu2204" },
      [
        `osSku: must be one of Ubuntu, Ubuntu2404 for ${gb300}; got "Ubuntu2204". Write Ubuntu2404, or choose another size`,
      ],
    ],
    [
      "with a size that differs by one letter",
      { size: "Standard_ND96is_H100_v5", nodes: 2 },
      [
        `size: must be a VM size of the catalogue (docs/sizes.md); got "Standard_ND96is_H100_v5". Closest: ${h100}, Standard_ND96isr_H200_v5. If Azure has it, declare it with its figures (vmSizes)`,
      ],
    ],
    [
      "with something that is no size",
      { size: "banana", nodes: 2 },
      [
        'size: must be a VM size of the catalogue (docs/sizes.md); got "banana". docs/sizes.md lists them. If Azure has it, declare it with its figures (vmSizes)',
      ],
    ],
    [
      "with a size without GPUs",
      { size: "Standard_D8ds_v5", nodes: 2 },
      [
        'size: must be a size with GPUs; got "Standard_D8ds_v5". Write it as a pool of cpuPools, or choose a size with GPUs (docs/sizes.md)',
      ],
    ],
    [
      "with a size for plain scale sets",
      { size: "Standard_HB176rs_v4", nodes: 2 },
      [
        'size: must be a size with GPUs; got "Standard_HB176rs_v4". Write it as a pool of cpuPools, or choose a size with GPUs (docs/sizes.md)',
        'size: is not offered on AKS by this project; a bare scale set can use it; got "Standard_HB176rs_v4". Move it to the section scaleSets, or choose another size (docs/sizes.md)',
      ],
    ],
  ] satisfies [string, GpuPoolShape, string[]][])("%s", (_, shape, lines) => {
    expect(problemsOf(() => planned("pool", shape))).toEqual(lines);
  });

  it("with a size that Azure has retired", () => {
    const size: VmSize = {
      ...([...vmSizes.values()].find((it) => it.name === a10) as VmSize),
      name: "Standard_Retired",
      lifecycle: { state: "retired", note: "Gone on 2025-09-30." },
    };
    const open = vmSizes as Map<string, VmSize>;
    open.set(size.name, size);
    try {
      expect(problemsOf(() => planned("pool", { size: size.name, nodes: 1 }))).toEqual([
        'size: is retired: Gone on 2025-09-30.; got "Standard_Retired". Choose another size (docs/sizes.md)',
      ]);
    } finally {
      open.delete(size.name);
    }
  });
});

/** Series that run on AKS, with owner and driver; everything else is refused. */
const onAks: Readonly<Record<string, readonly [stack: string, driver: string, vendor: string]>> = {
  "ND-GB300-v6": ["gb-dra", "None", "nvidia"],
  "ND-GB200-v6": ["gb-dra", "None", "nvidia"],
  "ND-H100-v5": ["gpu-operator", "None", "nvidia"],
  "ND-H200-v5": ["gpu-operator", "None", "nvidia"],
  "ND-MI300X-v5": ["amd-operator", "None", "amd"],
  "NDm-A100-v4": ["gpu-operator", "None", "nvidia"],
  "ND-A100-v4": ["gpu-operator", "None", "nvidia"],
  NDv2: ["gpu-operator", "None", "nvidia"],
  "NCads-H100-v5": ["gpu-operator", "None", "nvidia"],
  "NC-A100-v4": ["gpu-operator", "None", "nvidia"],
  "NC-RTXPRO6000BSE-v6": ["aks-driver", "Install", "nvidia"],
  "NCasT4-v3": ["gpu-operator", "None", "nvidia"],
  "NVads-A10-v5": ["aks-driver", "Install", "nvidia"],
  "NVads-V710-v5": ["amd-operator", "None", "amd"],
};

describe.each([...vmSizes.values()].map((size): [string, VmSize] => [size.name, size]))("%s on AKS", (name, size) => {
  const isRack = size.series.startsWith("ND-GB");
  const shape: GpuPoolShape = isRack ? { size: name, nodes: 18 } : { size: name, maxNodes: 2 };
  const expected = onAks[size.series];

  if (expected === undefined) {
    it("fails with the size in the message", () => {
      expect(["hpc", "general"].includes(size.category) || name.startsWith("Standard_NCC")).toBe(true);
      expect(() => planned("pool", shape)).toThrow(MisconfiguredError);
      for (const line of problemsOf(() => planned("pool", shape))) expect(line).toMatch(`got "${name}"`);
    });
    return;
  }

  const [stack, driver, vendor] = expected;
  it(`is run by ${stack} with driver ${driver} and tainted for ${vendor}`, () => {
    const plan = planned("pool", shape);
    const agentPool = bodyOf(plan);
    expect(plan.gpuStack).toBe(stack);
    expect(agentPool.gpuProfile).toEqual({ driver });
    expect(agentPool.nodeTaints).toEqual([`${vendor}.com/gpu=present:NoSchedule`]);
    expect(agentPool.osSKU).toBe("Ubuntu");
    expect(agentPool.enableAutoScaling).toBe(!isRack);
    // The letter r stands for RDMA.
    const rdma = /^Standard_ND\d+[a-z]*r/.test(name);
    expect(Object.keys(agentPool.nodeLabels ?? {}).includes("azure-gpu-cluster/ib-domain")).toBe(rdma);
  });
});

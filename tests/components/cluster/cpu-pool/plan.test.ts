import { describe, expect, it } from "vitest";
import { vmSizes } from "../../../../catalog/vm-sizes";
import { planCpuPool, type CpuPoolPlan } from "../../../../components/cluster/cpu-pool/plan";
import type { CpuPoolShape } from "../../../../components/cluster/cpu-pool/shape";
import type { AgentPoolPlan } from "../../../../components/cluster/agent-pool/plan";
import { place, problemsOf } from "../../../recorded";

const d8 = "Standard_D8ds_v5";

/** A pool in a region that nobody has named, so that every size is sold there. */
function planned(shape: CpuPoolShape, key = "general"): CpuPoolPlan {
  return planCpuPool(key, shape, { ...place, location: "" });
}

function bodyOf({ agentPools: [only, ...others] }: CpuPoolPlan): AgentPoolPlan["body"] {
  if (only === undefined || others.length > 0) throw new Error("not one AKS pool");
  return only.body;
}

describe("planCpuPool", () => {
  it("plans nodes that any pod may land on, spread over the zones", () => {
    const { size, ...plan } = planned({ size: d8, nodes: 3 });
    expect(size.name).toBe(d8);
    expect(plan).toEqual({
      section: "cpuPools",
      key: "general",
      osSku: "Ubuntu",
      kubernetesVersion: null,
      held: false,
      today: "2026-11-21",
      maxNodes: 3,
      infiniband: false,
      subnets: [{ role: "nodes", addresses: 4, what: "AKS nodes" }],
      domainLimit: null,
      notes: [],
      ref: { key: "general", size: d8, architecture: "x64", maxNodes: 3 },
      agentPools: [
        {
          name: "general",
          tags: {},
          ignoreChanges: [],
          body: {
            agentPoolName: "general",
            mode: "User",
            type: "VirtualMachineScaleSets",
            vmSize: d8,
            osType: "Linux",
            osSKU: "Ubuntu",
            maxPods: 250,
            localDNSProfile: { mode: "Disabled" },
            count: 3,
            enableAutoScaling: false,
            scaleDownMode: "Delete",
            osDiskType: "Ephemeral",
            osDiskSizeGB: 128,
            enableNodePublicIP: false,
            enableEncryptionAtHost: true,
            securityProfile: { sshAccess: "Disabled", enableSecureBoot: true, enableVTPM: true },
            availabilityZones: ["1", "2", "3"],
            nodeLabels: { "azure-gpu-cluster/pool": "general" },
            upgradeSettings: { maxSurge: "33%", drainTimeoutInMinutes: 30, undrainableNodeBehavior: "Cordon" },
          },
        },
      ],
    });
  });

  it("leaves the count of an autoscaled pool to the autoscaler", () => {
    const plan = planned({ size: d8, maxNodes: 9, zones: ["2"] });
    expect(plan.agentPools[0]?.ignoreChanges).toEqual(["count"]);
    expect(plan.subnets).toEqual([{ role: "nodes", addresses: 12, what: "AKS nodes" }]);
    expect(bodyOf(plan)).toMatchObject({
      count: 0,
      enableAutoScaling: true,
      minCount: 0,
      maxCount: 9,
      availabilityZones: ["2"],
    });
  });

  it.each([
    // 300 GiB lie in the host.
    [d8, 300, "Ephemeral"],
    [d8, 301, "Managed"],
    ["Standard_D8s_v5", 128, "Managed"],
  ])("puts the OS of %s with %i GiB on a disk that is %s", (size, osDiskGiB, osDiskType) => {
    expect(bodyOf(planned({ size, nodes: 1, osDiskGiB })).osDiskType).toBe(osDiskType);
  });

  it("says nothing of zones in a region without any", () => {
    const plan = planCpuPool("general", { size: d8, nodes: 1 }, { ...place, location: "", zones: [] });
    expect(bodyOf(plan)).not.toHaveProperty("availabilityZones");
  });

  it("is told the version, the node OS and a snapshot", () => {
    const nodeImageSnapshotId =
      "/subscriptions/00000000-0000-4000-8000-000000000000/resourceGroups/rg/providers/Microsoft.ContainerService/snapshots/good";
    expect(planned({ size: d8, nodes: 1, kubernetesVersion: "1.35" }).kubernetesVersion).toBe("1.35");
    const held = planned({ size: d8, nodes: 1, osSku: "AzureLinux3", nodeImageSnapshotId });
    expect(held.held).toBe(true);
    expect(bodyOf(held)).toMatchObject({
      osSKU: "AzureLinux3",
      creationData: { sourceResourceId: nodeImageSnapshotId },
    });
    expect(held.notes).toHaveLength(2);
  });

  it.each([...vmSizes.values()].filter((it) => it.category === "general").map((it) => [it.name, it] as const))(
    "can be of %s",
    (name, { architecture }) => {
      const plan = planned({ size: name, nodes: 1 });
      expect(plan.ref).toEqual({ key: "general", size: name, architecture, maxNodes: 1 });
      expect(bodyOf(plan).vmSize).toBe(name);
    },
  );

  it.each([...vmSizes.values()].filter((it) => it.category !== "general").map((it) => [it.name, it.category] as const))(
    "cannot be of %s",
    (name, category) => {
      const rule =
        category === "hpc"
          ? "is an HPC size, which this project runs in scale sets and not on AKS"
          : "must be a size without GPUs";
      const remedy = category === "hpc" ? "Use scaleSets" : "Use gpuPools";
      expect(problemsOf(() => planned({ size: name, nodes: 1 }))).toEqual([`size: ${rule}; got "${name}". ${remedy}`]);
    },
  );
});

describe("planCpuPool fails", () => {
  it.each([
    [
      "without a count",
      { size: d8 },
      ["maxNodes: must be given, or nodes for a fixed size. Add maxNodes: 2 for example"],
    ],
    [
      "with a size that nobody knows",
      { size: "Standard_D8ds_v55", nodes: 1 },
      [expect.stringMatching(/^size: must be a general-purpose size of the catalogue .*Closest: Standard_D8ds_v5/)],
    ],
    [
      "from zero on Arm",
      { size: "Standard_D4pds_v6", maxNodes: 3 },
      [
        "minNodes: must be at least 1: Standard_D4pds_v6 has Arm processors, and the autoscaler takes every empty pool for x64; got 0. Use 1, or a fixed number of nodes",
      ],
    ],
    [
      "with a small disk",
      { size: d8, nodes: 1, osDiskGiB: 63 },
      ["osDiskGiB: must be a whole number from 64 to 2048; got 63. Use 64"],
    ],
    [
      "with no zone",
      { size: d8, nodes: 1, zones: [] },
      ["zones: must name a zone. Leave it out for all zones of the region"],
    ],
    [
      "with zones that are not there, or twice",
      { size: d8, nodes: 1, zones: ["1", "4", "1"] },
      [
        'zones[1]: must be one of 1, 2, 3, in quotes; got "4". Write "1" for example',
        'zones[2]: must name each zone once; got "1". Remove the second',
      ],
    ],
    [
      "with an OS for something else",
      { size: d8, nodes: 1, osSku: "Windows2022" },
      [
        'osSku: must be one of Ubuntu2404, Ubuntu, Ubuntu2204, AzureLinux3 for Standard_D8ds_v5; got "Windows2022". Write Ubuntu2404',
      ],
    ],
  ] satisfies [string, CpuPoolShape, unknown[]][])("%s", (_, shape, lines) => {
    expect(problemsOf(() => planned(shape))).toEqual(lines);
  });

  it("under a name that AKS does not take", () => {
    expect(problemsOf(() => planned({ size: d8, nodes: 1 }, "General-1"))).toEqual([
      'name: must be 1 to 12 lowercase letters or digits and start with a letter; got "General-1"',
    ]);
  });

  it("where the size is not sold", () => {
    expect(
      problemsOf(() => planCpuPool("general", { size: d8, nodes: 1 }, { ...place, location: "denmarkeast" })),
    ).toEqual([expect.stringMatching(/^size: is not sold in denmarkeast/)]);
  });
});

import { beforeAll, describe, expect, it } from "vitest";
import type { GpuPoolRef } from "../../components/cluster/gpu-pool/gpu-pool-ref";
import { planStack, type StackVerification } from "../../cli/verify-stack";
import { loadEnvironment } from "../../stacks/load-environment";
import type { StorageClassFacts } from "../../verification/plan-storage-classes";
import type { VolumeTeam } from "../../verification/plan-team-volumes";
import { placeOf } from "../../verification/place";
import { planVerification } from "../../verification/plan-verification";
import { shippedStackNames, shippedStacks, today } from "../stack-files";

/** What is measured of each environment: name, pods, and the floors that the catalogue has. */
const expected: Readonly<Record<string, readonly (readonly [string, number, object | null])[]>> = {
  dev: [
    ["gemm-a10", 1, null],
    ["serve-a10", 1, null],
    ["all-reduce-h100", 1, { warn: null, fail: 460 }],
    ["all-reduce-h100-pair", 2, { warn: 400, fail: 300 }],
    ["ib-write-h100", 2, { warn: null, fail: 380 }],
    ["gemm-h100", 1, { warn: 742, fail: 715 }],
    ["serve-h100", 1, null],
    ["fio-write-h100", 1, null],
    ["fio-read-h100", 1, null],
    ["fio-write-managed-csi", 1, null],
    ["fio-read-managed-csi", 1, null],
    // A Premium SSD of 64 GiB is sold as 50 MB/s.
    ["fio-write-managed-csi-premium", 1, { warn: 0.05, fail: null }],
    ["fio-read-managed-csi-premium", 1, { warn: 0.05, fail: null }],
    ["fio-write-blob", 1, null],
    ["fio-read-blob", 1, null],
  ],
  staging: [
    ["gemm-a10", 1, null],
    ["serve-a10", 1, null],
    ["all-reduce-h200", 1, { warn: null, fail: 431 }],
    ["all-reduce-h200-pair", 2, { warn: 400, fail: null }],
    ["ib-write-h200", 2, { warn: null, fail: 360 }],
    ["gemm-h200", 1, null],
    ["serve-h200", 1, null],
    ["fio-write-h200", 1, null],
    ["fio-read-h200", 1, null],
    ["fio-write-managed-csi", 1, null],
    ["fio-read-managed-csi", 1, null],
    ["fio-write-managed-csi-premium", 1, { warn: 0.05, fail: null }],
    ["fio-read-managed-csi-premium", 1, { warn: 0.05, fail: null }],
    // Eight tenths of the 16 TiB at 250 MB/s each that are bought.
    ["fio-write-lustre", 1, { warn: 3.2, fail: null }],
    ["fio-read-lustre", 1, { warn: 3.2, fail: null }],
    ["fio-write-blob", 1, null],
    ["fio-read-blob", 1, null],
  ],
  prod: [
    ["all-reduce-h100nvl", 1, { warn: null, fail: 208 }],
    ["gemm-h100nvl", 1, null],
    ["serve-h100nvl", 1, null],
    ["all-reduce-h200", 1, { warn: null, fail: 431 }],
    ["all-reduce-h200-pair", 2, { warn: 400, fail: null }],
    ["ib-write-h200", 2, { warn: null, fail: 360 }],
    ["gemm-h200", 1, null],
    ["serve-h200", 1, null],
    ["fio-write-h100nvl", 1, null],
    ["fio-read-h100nvl", 1, null],
    ["fio-write-h200", 1, null],
    ["fio-read-h200", 1, null],
    ["fio-write-managed-csi", 1, null],
    ["fio-read-managed-csi", 1, null],
    ["fio-write-managed-csi-premium", 1, { warn: 0.05, fail: null }],
    ["fio-read-managed-csi-premium", 1, { warn: 0.05, fail: null }],
    // Of 64 GB/s one node sees what its network carries: eight tenths of half of 80 Gb/s.
    ["fio-write-lustre", 1, { warn: 4, fail: null }],
    ["fio-read-lustre", 1, { warn: 4, fail: null }],
    ["fio-write-blob", 1, null],
    ["fio-read-blob", 1, null],
  ],
  "cell-4k": [
    ["all-reduce-h200", 1, { warn: null, fail: 431 }],
    ["all-reduce-h200-pair", 2, { warn: 400, fail: null }],
    ["ib-write-h200", 2, { warn: null, fail: 360 }],
    ["gemm-h200", 1, null],
    ["serve-h200", 1, null],
    ["fio-write-h200", 1, null],
    ["fio-read-h200", 1, null],
    ["fio-write-managed-csi", 1, null],
    ["fio-read-managed-csi", 1, null],
    ["fio-write-managed-csi-premium", 1, { warn: 0.05, fail: null }],
    ["fio-read-managed-csi-premium", 1, { warn: 0.05, fail: null }],
    ["fio-write-lustre", 1, { warn: 4, fail: null }],
    ["fio-read-lustre", 1, { warn: 4, fail: null }],
    ["fio-write-blob", 1, null],
    ["fio-read-blob", 1, null],
  ],
  everything: [
    ["gemm-a10", 1, null],
    ["serve-a10", 1, null],
    ["all-reduce-a100", 1, { warn: null, fail: 25 }],
    ["gemm-a100", 1, null],
    ["serve-a100", 1, null],
    ["all-reduce-h200", 1, { warn: null, fail: 431 }],
    ["all-reduce-h200-pair", 2, { warn: 400, fail: null }],
    ["ib-write-h200", 2, { warn: null, fail: 360 }],
    ["gemm-h200", 1, null],
    ["serve-h200", 1, null],
    ["fio-write-a100", 1, null],
    ["fio-read-a100", 1, null],
    ["fio-write-managed-csi", 1, null],
    ["fio-read-managed-csi", 1, null],
    ["fio-write-managed-csi-premium", 1, { warn: 0.05, fail: null }],
    ["fio-read-managed-csi-premium", 1, { warn: 0.05, fail: null }],
    ["fio-write-lustre", 1, { warn: 2, fail: null }],
    ["fio-read-lustre", 1, { warn: 2, fail: null }],
    ["fio-write-blob", 1, null],
    ["fio-read-blob", 1, null],
    ["fio-write-netapp", 1, { warn: 0.01, fail: null }],
    ["fio-read-netapp", 1, { warn: 0.01, fail: null }],
  ],
};

/** The one stack without a cluster is refused, as tests/cli/verify.test.ts shows. */
const withCluster = shippedStackNames.filter((it) => it !== "bootstrap");

describe.each(withCluster)("the verification of %s", (stack) => {
  let plan: StackVerification;
  beforeAll(async () => {
    plan = await planStack(shippedStacks[stack], today);
  });

  it("measures what its pools and classes have, whichever of its stacks is named", () => {
    const found = plan.checks.map(({ name, pods, floor }) => [name, pods, floor]);
    expect(found).toEqual(expected[stack.replace("-workloads", "")]);
  });

  it("expects the cluster that the environment makes, and knows the kind of the stack that is named", () => {
    expect(plan.clusterName).toMatch(/^aks-/);
    expect(plan.kind).toBe(loadEnvironment(shippedStacks[stack], today).environment.kind);
  });

  it("says what it leaves out", () => {
    const a10 = { what: "all-reduce-a10", because: "a node has one GPU, which has nobody to talk to" };
    const blob = ["azureblob-fuse-premium", "azureblob-nfs-premium"].map((what) => ({
      what,
      because: "each volume of it leaves a storage account with keys behind; teams mount Blob without",
    }));
    const archive = {
      what: "fio-write-archive, fio-read-archive",
      because: "teams only read it, and a measure would have to write first",
    };
    expect(plan.skipped).toEqual([
      ...(plan.checks.some((it) => it.name === "gemm-a10") ? [a10] : []),
      ...blob,
      ...(stack === "everything" ? [archive] : []),
    ]);
  });
});

const bare = { cpuPools: [], csiDrivers: [], scratch: null, teams: [], queues: true, stores: {} } as const;

describe("a pool", () => {
  const h100: GpuPoolRef = {
    key: "p",
    size: "Standard_ND96isr_H100_v5",
    gpuStack: "gpu-operator",
    memlock: "ipc-lock",
    rdmaResource: "rdma/ib",
    nodePools: ["p1"],
    maxNodes: 2,
    spareNodes: 0,
    migProfile: null,
    gpusPerNode: 8,
  };
  const plan = (change: Partial<GpuPoolRef>): unknown => {
    const { checks, skipped } = planVerification({ ...bare, pools: [{ ...h100, ...change }] });
    return [checks.map((it) => it.name), skipped];
  };

  it("is measured with images from mirrors where there are some", () => {
    const hosts = ["docker.io", "nvcr.io", "mcr.microsoft.com"];
    const imageMirrors = Object.fromEntries(hosts.map((it) => [it, `m.azurecr.io/${it.replace(/\..*/, "")}`]));
    const { checks } = planVerification({ ...bare, pools: [h100], imageMirrors });
    const images = checks.flatMap((it) => {
      const objects = JSON.stringify(it.objects(placeOf("run", false)));
      return [...objects.matchAll(/"image":"([^"]*)"/g)].map(([, image = ""]) => image);
    });
    expect(images.length).toBe(checks.length);
    expect(images.filter((it) => !/^m\.azurecr\.io\/(docker|nvcr|mcr)\/\w/.test(it))).toEqual([]);
  });

  it.each<[string, Partial<GpuPoolRef>, readonly string[], readonly object[]]>([
    [
      "of one node is not measured between nodes",
      { maxNodes: 1 },
      ["all-reduce-p", "gemm-p", "serve-p"],
      [{ what: "all-reduce-p-pair, ib-write-p", because: "the pool has one node at most" }],
    ],
    [
      "without InfiniBand is not, either",
      { rdmaResource: null, memlock: null },
      ["all-reduce-p", "gemm-p", "serve-p"],
      [],
    ],
    [
      "with divided GPUs is left out",
      { migProfile: "MIG1g", gpusPerNode: 56 },
      [],
      [{ what: "gpuPools.p", because: "its GPUs are divided, and the checks take whole ones" }],
    ],
    [
      "of AMD is measured by what knows its GPUs, or needs none",
      { size: "Standard_ND96isr_MI300X_v5", gpuStack: "amd-operator" },
      ["all-reduce-p", "all-reduce-p-pair", "ib-write-p"],
      [
        { what: "gemm-p", because: "the tool is for GPUs of NVIDIA" },
        { what: "serve-p", because: "the image with vLLM is for GPUs of NVIDIA" },
      ],
    ],
    [
      "of two racks is measured within one and between both",
      {
        size: "Standard_ND128isr_GB300_v6",
        gpuStack: "gb-dra",
        gpusPerNode: 4,
        maxNodes: 36,
        nodePools: ["p1", "p2"],
      },
      ["all-reduce-p", "all-reduce-p-pair", "all-reduce-p-racks", "gemm-p", "serve-p"],
      [{ what: "ib-write-p", because: "gpuPools.p is arm64, and the image with the tool is for x64" }],
    ],
    [
      "of one rack has no other one to talk to",
      { size: "Standard_ND128isr_GB300_v6", gpuStack: "gb-dra", gpusPerNode: 4, maxNodes: 18 },
      ["all-reduce-p", "all-reduce-p-pair", "gemm-p", "serve-p"],
      [
        { what: "ib-write-p", because: "gpuPools.p is arm64, and the image with the tool is for x64" },
        { what: "all-reduce-p-racks", because: "the pool has one rack" },
      ],
    ],
    [
      "with little memory serves no model",
      { size: "Standard_NC64as_T4_v3", rdmaResource: null, memlock: null, gpusPerNode: 4 },
      ["all-reduce-p", "gemm-p"],
      [{ what: "serve-p", because: "its model needs GPUs with 24 GB of memory or more" }],
    ],
    [
      "with a part of a GPU is left out",
      { size: "Standard_NV18ads_A10_v5", rdmaResource: null, memlock: null, gpusPerNode: 1 },
      [],
      [{ what: "gpuPools.p", because: "a node has a part of a GPU, and the checks take whole ones" }],
    ],
  ])("%s", (_, change, names, skipped) => {
    expect(plan(change)).toEqual([names, skipped]);
  });

  it("gets scratch volumes only where the class is made for it", () => {
    const names = (pools: readonly string[] | null): readonly string[] =>
      planVerification({ ...bare, pools: [h100, { ...h100, key: "q" }], scratch: { storageClass: "s", pools } })
        .checks.map((it) => it.name)
        .filter((it) => it.startsWith("fio"));
    expect(names(["q"])).toEqual(["fio-write-q", "fio-read-q"]);
    expect(names(null)).toEqual(["fio-write-p", "fio-read-p", "fio-write-q", "fio-read-q"]);
  });
});

describe("storage classes of AKS", () => {
  const pools: readonly GpuPoolRef[] = [
    {
      key: "t4",
      size: "Standard_NC64as_T4_v3",
      gpuStack: "gpu-operator",
      memlock: null,
      rdmaResource: null,
      nodePools: ["t4"],
      maxNodes: 1,
      spareNodes: 0,
      migProfile: null,
      gpusPerNode: 4,
    },
  ];
  const plan = (facts: Partial<StorageClassFacts>): unknown => {
    const { checks, skipped } = planVerification({ ...bare, pools, ...facts });
    return [
      checks.filter((it) => it.name.startsWith("fio")).map((it) => [it.name, it.pool, it.floor]),
      skipped.filter((it) => /^(azure|managed)/.test(it.what)).map((it) => it.what),
    ];
  };
  const cpuPools = [{ key: "general" }, { key: "more" }];
  const rows = (name: string, pool: string, floor: object | null = null): unknown[] =>
    ["write", "read"].map((way) => [`fio-${way}-${name}`, pool, floor]);
  const premium = { warn: 0.05, fail: null };

  it.each<[string, unknown, unknown]>([
    [
      "of disks are measured on general nodes",
      plan({ cpuPools, csiDrivers: ["disk"] }),
      [[...rows("managed-csi", "general"), ...rows("managed-csi-premium", "general", premium)], []],
    ],
    [
      "of disks are measured on GPU nodes where there are no others",
      plan({ csiDrivers: ["disk"] }),
      [[...rows("managed-csi", "t4"), ...rows("managed-csi-premium", "t4", premium)], []],
    ],
    [
      "of shares are measured where somebody wants their driver",
      plan({ cpuPools, csiDrivers: ["file"] }),
      [[...rows("azurefile-csi", "general"), ...rows("azurefile-csi-premium", "general")], []],
    ],
    [
      "of Blob leave accounts behind",
      plan({ cpuPools, csiDrivers: ["blob"] }),
      [[], ["azureblob-fuse-premium", "azureblob-nfs-premium"]],
    ],
    ["are not there without drivers", plan({ cpuPools }), [[], []]],
    [
      "cannot be tried without nodes",
      plan({ pools: [], csiDrivers: ["disk"] }),
      [[], ["managed-csi", "managed-csi-premium"]],
    ],
  ])("%s", (_, found, expected) => {
    expect(found).toEqual(expected);
  });
});

describe("shared storage", () => {
  const pool = (key: string, size: string): GpuPoolRef => ({
    key,
    size,
    gpuStack: size.includes("GB300") ? "gb-dra" : "gpu-operator",
    memlock: "node",
    rdmaResource: "rdma/ib",
    nodePools: [key],
    maxNodes: 2,
    spareNodes: 0,
    migProfile: null,
    gpusPerNode: size.includes("GB300") ? 4 : 8,
  });
  const pools = [pool("x64", "Standard_ND96isr_H100_v5"), pool("arm", "Standard_ND128isr_GB300_v6")];
  const team = (name: string, on: string, change: Partial<VolumeTeam> = {}): VolumeTeam => ({
    kind: "training",
    team: name,
    pool: on,
    podSecurity: "baseline",
    ...change,
  });
  const both = { lustre: { boughtMBps: 2000 }, blob: { boughtMBps: null } };
  const plan = (teams: readonly VolumeTeam[], stores: object = both, queues = true): unknown => {
    const { checks, skipped } = planVerification({ ...bare, pools, teams, stores, queues });
    return [
      checks
        .filter((it) => /^fio-(read|write)-(lustre|blob|archive|netapp)$/.test(it.name))
        .map((it) => [it.name, it.pool, it.team, it.floor]),
      skipped.filter((it) => it.what.startsWith("fio")),
    ];
  };
  const rows = (kind: string, of: string, on: string, queue: string | null, floor: object | null): unknown[] =>
    ["write", "read"].map((way) => [`fio-${way}-${kind}`, on, { namespace: `train-${of}`, queue }, floor]);
  const floor = { warn: 1.6, fail: null };
  const nobody = (kind: string): object => ({
    what: `fio-write-${kind}, fio-read-${kind}`,
    because: "no team takes whole nodes that mount it, with pods that may run as root",
  });

  it.each<[string, unknown, unknown]>([
    [
      "is measured by the first team",
      plan([team("a", "x64"), team("b", "x64")]),
      [[...rows("lustre", "a", "x64", "default", floor), ...rows("blob", "a", "x64", "default", null)], []],
    ],
    [
      "is measured outside of queues where there are none",
      plan([team("a", "x64")], { blob: { boughtMBps: null } }, false),
      [rows("blob", "a", "x64", null, null), []],
    ],
    [
      "is measured on nodes that have its driver: of Lustre no arm64",
      plan([team("a", "arm"), team("b", "x64")]),
      [[...rows("lustre", "b", "x64", "default", floor), ...rows("blob", "a", "arm", "default", null)], []],
    ],
    [
      "is measured by nobody whose pods may not run as root",
      plan([team("a", "x64", { podSecurity: "restricted" })]),
      [[], [nobody("lustre"), nobody("blob")]],
    ],
    [
      "is measured by nobody who takes parts of nodes",
      plan([team("a", "x64", { kind: "inference" })]),
      [[], [nobody("lustre"), nobody("blob")]],
    ],
    [
      "has no floor where nobody says what was bought",
      plan([team("a", "x64")], { lustre: { boughtMBps: null } }),
      [rows("lustre", "a", "x64", "default", null), []],
    ],
    [
      "is measured of homes as of any other claim, against what their size gives",
      plan([team("a", "x64")], { netapp: { boughtMBps: 100 } }),
      [rows("netapp", "a", "x64", "default", { warn: 0.08, fail: null }), []],
    ],
    [
      "is not measured where teams only read, and says so",
      plan([team("a", "x64")], { archive: { boughtMBps: null } }),
      [
        [],
        [
          {
            what: "fio-write-archive, fio-read-archive",
            because: "teams only read it, and a measure would have to write first",
          },
        ],
      ],
    ],
    ["is not missed where there is none", plan([team("a", "x64")], {}), [[], []]],
  ])("%s", (_, found, expected) => {
    expect(found).toEqual(expected);
  });
});

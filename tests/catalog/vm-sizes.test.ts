import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { regions } from "../../catalog/regions";
import { gpuStacks, type VmSize } from "../../catalog/vm-size";
import { findSizeInAzure, findVmSize, gpuEquivalent, vmSizes } from "../../catalog/vm-sizes";
import { expectedGeneralSizes, expectedSizes } from "./expected-sizes";

const rows = [...vmSizes.values()];
const named = rows.map((size): [string, VmSize] => [size.name, size]);
const withInfiniBand = named.filter(([, { infiniband }]) => infiniband !== null);
const rackScale = named.filter(([, { infiniband }]) => infiniband?.rackNodes != null);

const generalLines = expectedGeneralSizes
  .trim()
  .split("\n")
  .map((line) => line.split(" | "))
  .map(([name = "", vcpus, memoryGiB, disk, usd, regionCount, quotaFamily]) => ({
    name: `Standard_${name}`,
    usd: usd === "?" ? null : Number(usd),
    rest: { vcpus: Number(vcpus), memoryGiB: Number(memoryGiB), disk, regionCount: Number(regionCount), quotaFamily },
  }));

/** The local disk of a size in the notation of `expectedGeneralSizes`. */
function localDisk({ nvme, tempDiskGiB }: VmSize): string {
  if (tempDiskGiB !== null) return `${tempDiskGiB} temp`;
  return nvme === null ? "-" : `${nvme.disks} x ${(nvme.totalGiB ?? 0) / nvme.disks} NVMe`;
}

function sizeOf(name: string): VmSize {
  const size = findVmSize(name);
  if (size === undefined) throw new Error(`no row for ${name}`);
  return size;
}

describe("the catalogue against a second reading of the sources", () => {
  it.each(Object.entries(expectedSizes))("%s", (name, expected) => {
    const { vcpus, memoryGiB, quotaFamily, gpu, infiniband, price } = sizeOf(name);
    expect({
      vcpus,
      memoryGiB,
      quotaFamily,
      gpus: gpu?.count ?? null,
      gpuMemoryGB: gpu === null || gpu.count === null ? null : gpu.count * (gpu.memoryGB ?? 0),
      infinibandGbps: infiniband === null ? null : infiniband.hcas * infiniband.gbitsPerSecondPerHca,
      usdPerHour: price?.usdPerHour ?? null,
      regions: price?.regions?.length ?? 0,
    }).toEqual(expected);
  });

  it("holds those 41 sizes and the general ones, nothing else", () => {
    expect(Object.keys(expectedSizes)).toHaveLength(41);
    const general = generalLines.map(({ name }) => name);
    expect([...vmSizes.keys()].sort()).toEqual([...Object.keys(expectedSizes), ...general].sort());
  });

  it.each(generalLines)("$name", ({ name, usd, rest }) => {
    const size = sizeOf(name);
    const { vcpus, memoryGiB, quotaFamily, price } = size;
    const regionCount = price?.regions?.length ?? 0;
    expect({ vcpus, memoryGiB, disk: localDisk(size), regionCount, quotaFamily }).toEqual(rest);
    expect(price === null).toBe(usd === null);
    // The list rounds to thousandths of a dollar, and AMD sizes of generation 4 a little more.
    expect(Math.abs((price?.usdPerHour ?? 0) - (usd ?? 0))).toBeLessThan(/as_v4$/.test(name) ? 0.00081 : 0.00051);
    // The page of Dpldsv6 alone says that it takes no OS disk.
    expect(size.ephemeralOsDisk).toBe(rest.disk !== "-" && !/^Standard_D\d+plds_v6$/.test(name));
    expect(size.architecture).toBe(/^Standard_[DE]\d+p/.test(name) ? "arm64" : "x64");
  });
});

describe.each(named)("%s", (name, size) => {
  it("is named as Azure does and says where it comes from", () => {
    expect(name).toMatch(/^Standard_[A-Za-z0-9_]+$/);
    expect(size.sources.length).toBeGreaterThan(0);
    expect(new Set(size.sources).size).toBe(size.sources.length);
    for (const source of size.sources) expect(source).toMatch(/^(https:\/\/|[\w.-]+\/[\w.-]+:)/);
    for (const part of [size.health, size.nccl, size.price]) expect(part?.source).not.toBe("");
  });

  it("has a known quota family", () => {
    expect(size.quotaFamily).toMatch(/^(standard|Standard) ?\w.*Family$/);
  });

  it("has a price between lowest and highest, in known regions", () => {
    const { price } = size;
    if (price === null) {
      // No list price at all, and families whose list prices contradict each other.
      expect(name).toMatch(/^Standard_(ND128isr_GB300_v6|[DE]\d+ad?s_v5|E\d+s_v3|F\d+ams_v6)$/);
      return;
    }
    expect(price.usdPerHour).toBeGreaterThan(0);
    expect(price.usdPerHour).toBeLessThanOrEqual(price.maxUsdPerHour);
    expect(price.regions).toContain(price.region);
    expect(new Set(price.regions).size).toBe(price.regions?.length);
    expect(price.regions?.filter((region) => !regions.has(region))).toEqual([]);
    expect(price.asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(price.source).toContain(price.asOf);
  });

  it("tells of GPUs what can be true", () => {
    const { gpu } = size;
    expect(gpu !== null).toBe(size.category === "gpu");
    if (gpu === null) return;
    expect(gpu.key).toMatch(/^[a-z0-9]{2,15}$/);
    expect(gpu.count === null || gpu.fraction === null).toBe(true);
    if (gpu.fraction !== null) expect(gpu.fraction > 0 && gpu.fraction < 1).toBe(true);
  });

  it("offers AKS stacks and OS SKUs that exist, Ubuntu 24.04 first", () => {
    const { aks } = size;
    if (aks === null) {
      expect(size.category === "hpc" || name.startsWith("Standard_NCC")).toBe(true);
      return;
    }
    expect(aks.osSkus[0]).toBe("Ubuntu2404");
    expect(aks.gpuStacks.filter((stack) => !gpuStacks.includes(stack))).toEqual([]);
    expect(aks.gpuStacks.length > 0).toBe(size.gpu !== null);
    if (size.gpu?.vendor === "amd") expect(aks.gpuStacks).toEqual(["amd-operator"]);
    if (size.gpu?.vendor === "amd") expect(aks.osSkus).not.toContain("AzureLinux3");
    if (size.architecture === "arm64" && size.gpu !== null) expect(aks.gpuStacks).toEqual(["gb-dra"]);
  });
});

describe.each(withInfiniBand)("%s with InfiniBand", (name, size) => {
  it("carries the letter r", () => {
    expect(name).toMatch(/^Standard_[A-Z]+\d+[a-z]*r[a-z]*(_|$)/);
  });

  it("keeps a domain inside one scale set", () => {
    expect(size.infiniband?.maxDomainNodes).toBe(100);
    expect(size.infiniband?.maxDomainNodesOnRequest).toBe(300);
  });

  it("says for each owner of the driver how adapters reach GPU memory", () => {
    const { gpuDirect = [] } = size.infiniband ?? {};
    expect(gpuDirect.map(({ stack }) => stack)).toEqual(size.aks?.gpuStacks ?? []);
    for (const { provenOn, source } of gpuDirect) {
      expect(provenOn.filter((osSku) => size.aks?.osSkus.includes(osSku) !== true)).toEqual([]);
      expect(source).toMatch(/^(https:\/\/|[\w.-]+\/[\w.-]+:)/);
    }
  });

  it("is given to the AKS driver, which does not load nvidia-peermem, only with DMA-BUF that was shown to work", () => {
    for (const { mode, provenOn } of (size.infiniband?.gpuDirect ?? []).filter(({ stack }) => stack === "aks-driver")) {
      expect(mode).toBe("dma-buf");
      expect(provenOn).toEqual(["Ubuntu2404"]);
    }
  });

  it("has a profile for collectives when it has GPUs", () => {
    expect(size.nccl !== null).toBe(size.gpu !== null);
  });
});

describe.each(rackScale)("%s, a rack", (_, size) => {
  it("is 18 VMs with 72 GPUs in one NVLink domain", () => {
    expect((size.infiniband?.rackNodes ?? 0) * (size.gpu?.count ?? 0)).toBe(72);
  });

  it("neither scales, nor is spot, nor is cut by MIG, and wants the feature off", () => {
    expect(size.aks).toEqual({
      gpuStacks: ["gb-dra"],
      osSkus: ["Ubuntu2404"],
      migProfiles: [],
      autoscale: false,
      spot: false,
      nodeImages: null,
    });
    expect(size.infiniband?.aksFeature).toBe("not-registered");
  });
});

describe("the catalogue as a whole", () => {
  it("has both rack-scale sizes and only there turns autoscaling off", () => {
    expect(rackScale.map(([name]) => name)).toEqual(["Standard_ND128isr_GB300_v6", "Standard_ND128isr_NDR_GB200_v6"]);
    expect(rows.filter(({ aks }) => aks?.autoscale === false).map(({ name }) => name)).toEqual(
      rackScale.map(([name]) => name),
    );
  });

  it("gives one key to one GPU model", () => {
    const pairs = new Set(rows.flatMap(({ gpu }) => (gpu === null ? [] : [`${gpu.key}=${gpu.model}`])));
    expect(new Set([...pairs].map((pair) => pair.split("=")[0])).size).toBe(pairs.size);
    expect(new Set([...pairs].map((pair) => pair.split("=")[1])).size).toBe(pairs.size);
  });

  it("offers the AKS driver with InfiniBand on Hopper only", () => {
    const names = withInfiniBand.filter(([, { aks }]) => aks?.gpuStacks.includes("aks-driver")).map(([name]) => name);
    expect(names).toEqual(["Standard_ND96isr_H100_v5", "Standard_ND96isr_H200_v5"]);
  });

  it.each([
    ["Standard_NC40ads_H100_v5", { disks: 1, totalGiB: 3576 }, 119],
    ["Standard_NC80adis_H100_v5", { disks: 2, totalGiB: 7152 }, null],
    ["Standard_ND96asr_v4", { disks: 8, totalGiB: null }, 6000],
    ["Standard_ND96amsr_A100_v4", { disks: 8, totalGiB: null }, 6400],
    ["Standard_ND96isr_H100_v5", { disks: 8, totalGiB: 28_610 }, 1024],
    ["Standard_ND96isr_H200_v5", { disks: 8, totalGiB: 28_610 }, 1024],
    ["Standard_NC64as_T4_v3", null, 2816],
  ])("knows the local disks of %s", (name, nvme, tempDiskGiB) => {
    expect(sizeOf(name)).toMatchObject({ nvme, tempDiskGiB });
  });

  it("names node images and driver branches that a GPU needs", () => {
    expect(sizeOf("Standard_NV36ads_A10_v5").aks?.nodeImages).toMatchObject({
      oldest: "202606.08.1",
      broken: ["202607.02.0"],
    });
    const branches = rows.flatMap(({ name, gpu }) =>
      gpu?.lastDriverBranch == null ? [] : [[name, gpu.lastDriverBranch]],
    );
    expect(branches).toEqual([["Standard_ND40rs_v2", "580"]]);
  });

  it("knows every row by its name and nothing else", () => {
    for (const row of rows) expect(findVmSize(row.name)).toBe(row);
    expect(findVmSize("standard_nd96isr_h100_v5")).toBeUndefined();
    expect(findVmSize("Standard_ND96is_H100_v5")).toBeUndefined();
    expect(findVmSize("")).toBeUndefined();
    for (const row of rows) expect(findSizeInAzure(row.name.toUpperCase())).toBe(row);
    expect(findSizeInAzure("standard_nd96is_h100_v5")).toBeUndefined();
  });

  it("turns trusted launch off only where Azure says so", () => {
    expect(rows.filter(({ trustedLaunch }) => trustedLaunch === false).map(({ name }) => name)).toEqual([
      "Standard_ND96amsr_A100_v4",
      "Standard_ND96asr_v4",
    ]);
  });
});

/** What a node of each size must reach, from the same sources, and read a second time. */
const floors: Readonly<Record<string, readonly (number | null)[]>> = {
  // Host copy, copy between GPUs, all-reduce in the node, InfiniBand of one adapter.
  Standard_ND96isr_H100_v5: [48, 335, 460, 380],
  Standard_ND96isr_H200_v5: [48, 335, 431, 360],
  Standard_ND96isr_MI300X_v5: [48, 44, 314, 390],
  Standard_ND96amsr_A100_v4: [21, 238, 228, 180],
  Standard_ND96asr_v4: [21, 235, 228, 180],
  Standard_ND40rs_v2: [9, null, 110, 78],
  Standard_NC40ads_H100_v5: [48, 335, null, null],
  Standard_NC80adis_H100_v5: [48, 335, 208, null],
  Standard_NC24ads_A100_v4: [21, 238, null, null],
  Standard_NC48ads_A100_v4: [21, 238, 193, null],
  Standard_NC96ads_A100_v4: [21, 238, 25, null],
};

describe("health", () => {
  it.each(Object.entries(floors))("of %s", (name, expected) => {
    const { health } = sizeOf(name);
    expect([
      health?.hostCopyGBps,
      health?.peerCopyGBps,
      health?.allReduceInNodeGBps,
      health?.infinibandWriteGbps,
    ]).toEqual(expected);
  });

  it("says which memory adapters were measured from: of GPUs on NVIDIA's from A100 on, else of the host", () => {
    const measured = rows.filter(({ health }) => (health?.infinibandWriteGbps ?? null) !== null);
    expect(measured.map(({ name, health }) => [name, health?.infinibandWriteFrom]).sort()).toEqual([
      ["Standard_ND40rs_v2", "host"],
      ["Standard_ND96amsr_A100_v4", "gpu"],
      ["Standard_ND96asr_v4", "gpu"],
      ["Standard_ND96isr_H100_v5", "gpu"],
      ["Standard_ND96isr_H200_v5", "gpu"],
      ["Standard_ND96isr_MI300X_v5", "host"],
    ]);
  });

  it("is there for all sizes of the health checks, and for GB300", () => {
    const names = rows.filter(({ health }) => health !== null).map(({ name }) => name);
    expect(names.sort()).toEqual([...Object.keys(floors), "Standard_ND128isr_GB300_v6"].sort());
  });

  it("drains nobody between nodes for a profile that is not there yet", () => {
    const h100 = sizeOf("Standard_ND96isr_H100_v5").health?.allReduceMultiNode;
    expect(h100).toEqual({ warn: 400, fail: 300, withoutProfile: 157 });
    expect(h100?.withoutProfile).toBeLessThan(h100?.fail ?? 0);
  });
});

describe("NCCL profiles", () => {
  it("set in a pod on Hopper what two nodes on AKS were measured with", () => {
    const profile = sizeOf("Standard_ND96isr_H200_v5").nccl;
    expect(Object.keys(profile?.pod ?? {}).sort()).toEqual([
      "CUDA_DEVICE_ORDER",
      "NCCL_COLLNET_ENABLE",
      "NCCL_IB_PCI_RELAXED_ORDERING",
      "NCCL_IB_QPS_PER_CONNECTION",
      "NCCL_IGNORE_CPU_AFFINITY",
      "NCCL_MIN_NCHANNELS",
      "NCCL_P2P_NET_CHUNKSIZE",
      "NCCL_PXN_DISABLE",
      "NCCL_SOCKET_IFNAME",
      "SHARP_COLL_ENABLE_PCI_RELAXED_ORDERING",
      "SHARP_COLL_ENABLE_SAT",
      "SHARP_SMX_UCX_INTERFACE",
      "UCX_NET_DEVICES",
      "UCX_TLS",
    ]);
    expect(profile?.topology).toMatchObject({
      imagePath: "/opt/microsoft/ndv5-topo.xml",
      source: "Azure/azhpc-images:topology/ndv5-topo.xml (2026-07-29)",
    });
  });

  it("have the topology files of the HPC images to the letter", () => {
    const files = new Set(rows.flatMap(({ nccl }) => nccl?.topology ?? []));
    const sums = [...files].map(({ imagePath, content }) => [
      imagePath.replace("/opt/microsoft/", ""),
      createHash("sha256").update(content).digest("hex"),
    ]);
    expect(Object.fromEntries(sums)).toEqual({
      "ndv5-topo.xml": "c26ff47f1decf03d44ee6e90c4a8afd3bddeec334c5545008f33af2a297e2834",
      "ndv4-topo.xml": "c3583efb0b6e53f52410e32643b46bb6af99f5f34dcebc1868c47c233f84d2cf",
      "ndv2-topo.xml": "996e81e764c1d42291c38d21a3ae8f74381aa67714ec80b3dcbb776ff40ce16a",
      "ncv4-topo.xml": "54df45da525ea730f90cda3157d01c5f31e73e2ba26c76e3dd709cb7bc72dcb5",
    });
  });

  it("can be delivered by `envFrom`: every key is the name of a variable", () => {
    const names = rows.flatMap(({ nccl }) => Object.keys(nccl?.pod ?? {}));
    expect(names.filter((it) => !/^[A-Z][A-Z0-9_]*$/.test(it))).toEqual([]);
  });

  it("are there for every size with InfiniBand that AKS runs", () => {
    expect(rows.filter(({ aks, infiniband, nccl }) => aks !== null && infiniband !== null && nccl === null)).toEqual(
      [],
    );
  });

  it("name no adapter of the HPC image in a pod, where adapters are called otherwise", () => {
    const named = rows
      .flatMap(({ nccl }) => Object.values(nccl?.pod ?? {}))
      .filter((value) => value.includes("mlx5_ib"));
    expect(named).toEqual([]);
  });
});

describe("gpuEquivalent", () => {
  it.each([
    ["Standard_ND96isr_H100_v5", 8],
    ["Standard_NV6ads_A10_v5", 1 / 6],
    ["Standard_NV12ads_V710_v5", 1 / 2],
    ["Standard_NC24lds_xl_RTXPRO6000BSE_v6", null],
    ["Standard_HB176rs_v4", null],
    ["Standard_D16ds_v5", null],
  ])("of %s is %s", (name, expected) => {
    expect(gpuEquivalent(sizeOf(name))).toBe(expected);
  });

  it("makes slices cost about as much per GPU as the whole", () => {
    for (const name of ["Standard_NV6ads_A10_v5", "Standard_NV18ads_A10_v5", "Standard_NV36ads_A10_v5"]) {
      const size = sizeOf(name);
      const usdPerGpu = (size.price?.usdPerHour ?? 0) / (gpuEquivalent(size) ?? 1);
      expect(usdPerGpu).toBeGreaterThan(2.7);
      expect(usdPerGpu).toBeLessThan(3.3);
    }
  });
});

import { hpcImages } from "../hpc-images";
import type { Gpu, SizeFacts } from "../vm-size";
import { ndA100Nccl } from "./nccl-profiles";
import { migProfiles } from "../mig";
import { current, gpuSeriesPage, infinibandDomain, noFloors, nvidiaOsSkus, operatorPeermem, sources } from "./shared";

const gpu = {
  vendor: "nvidia",
  count: 8,
  fraction: null,
  boardPowerW: 400,
  lastDriverBranch: null,
} satisfies Partial<Gpu>;

const family = {
  category: "gpu",
  lifecycle: current,
  architecture: "x64",
  vcpus: 96,
  infiniband: {
    ...infinibandDomain,
    hcas: 8,
    gbitsPerSecondPerHca: 200,
    rackNodes: null,
    aksFeature: "registered",
    gpuDirect: [operatorPeermem],
  },
  // Eight disks; no source gives their size.
  nvme: { disks: 8, totalGiB: null },
  hostPowerW: null,
  acceleratedNetworking: true,
  ephemeralOsDisk: true,
  trustedLaunch: false,
  onDemandReservation: false,
  aks: {
    // Not aks-driver: it does not load nvidia-peermem, and nobody has shown DMA-BUF on this GPU.
    gpuStacks: ["gpu-operator"],
    osSkus: nvidiaOsSkus,
    migProfiles,
    autoscale: true,
    spot: true,
    nodeImages: null,
  },
  hpcImage: hpcImages.nvidia,
  nccl: ndA100Nccl,
} satisfies Partial<SizeFacts>;

const familySources = [
  sources.skuApi,
  sources.onDemandReservation,
  sources.quotaFamilies,
  sources.accelerators,
  sources.supportedGpus,
  sources.trustedLaunch,
  sources.migOnAks,
  sources.infinibandOnAks,
  sources.infinibandSetUp,
  sources.healthChecks,
  sources.localNvme,
  "https://github.com/MicrosoftDocs/azure-docs/issues/89679 (eight NVMe disks)",
];

const localDiskNote =
  "The page gives one local disk figure without a count; it is the temporary disk here, beside the NVMe disks.";

/** ND A100 v4 (40 GB) and NDm A100 v4 (80 GB): eight GPUs, one 200 Gb/s adapter for each. */
export const ndA100Sizes: readonly SizeFacts[] = [
  {
    ...family,
    name: "Standard_ND96amsr_A100_v4",
    frontEndGbps: 24,
    series: "NDm-A100-v4",
    quotaFamily: "standard NDAMSv4_A100Family",
    memoryGiB: 1800,
    gpu: { ...gpu, model: "A100 SXM 80GB", key: "a100sxm80", memoryGB: 80 },
    tempDiskGiB: 6400,
    health: {
      ...noFloors,
      hostCopyGBps: 21,
      peerCopyGBps: 238,
      // Fails on plain VMs; an AKS lab measured about 225 with another software stack.
      allReduceInNodeGBps: 228,
      infinibandWriteGbps: 180,
      infinibandWriteFrom: "gpu",
      source: sources.healthChecks,
    },
    sources: [gpuSeriesPage("ndma100v4-series", "2024-07-31"), ...familySources],
    notes: [
      localDiskNote,
      "Standard_ND96ams_A100_v4 differs by one letter and has no InfiniBand.",
      "Memory: the page says 1900 GiB, the SKU API 1800.",
      "Highest price is twice the lowest: possibly a placeholder.",
    ],
  },
  {
    ...family,
    name: "Standard_ND96asr_v4",
    frontEndGbps: 24,
    series: "ND-A100-v4",
    // Two spaces, as the usage API returns it.
    quotaFamily: "Standard NDASv4_A100 Family",
    memoryGiB: 900,
    gpu: { ...gpu, model: "A100 SXM 40GB", key: "a100sxm40", memoryGB: 40 },
    tempDiskGiB: 6000,
    health: {
      ...noFloors,
      hostCopyGBps: 21,
      peerCopyGBps: 235,
      allReduceInNodeGBps: 228,
      allReduceMultiNode: { warn: 180, fail: null, withoutProfile: null },
      infinibandWriteGbps: 180,
      infinibandWriteFrom: "gpu",
      source: `${sources.healthChecks}; Azure/aks-rdma-infiniband:tests/expected-output.md (2026-07-16)`,
    },
    sources: [gpuSeriesPage("ndasra100v4-series", "2024-07-31"), ...familySources],
    notes: [localDiskNote],
  },
];

import { hpcImages } from "../hpc-images";
import type { Gpu, SizeFacts } from "../vm-size";
import { hopperNccl } from "./nccl-profiles";
import { migProfiles } from "../mig";
import { current, gpuSeriesPage, infinibandDomain, noFloors, nvidiaOsSkus, operatorPeermem, sources } from "./shared";

const gpu = {
  vendor: "nvidia",
  count: 8,
  fraction: null,
  boardPowerW: 700,
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
    gbitsPerSecondPerHca: 400,
    rackNodes: null,
    aksFeature: "registered",
    gpuDirect: [
      operatorPeermem,
      {
        // AKS's driver does not load nvidia-peermem. Ubuntu 24.04 with the kernel's own RDMA needs none: DMA-BUF takes its place.
        stack: "aks-driver",
        mode: "dma-buf",
        provenOn: ["Ubuntu2404"],
        source:
          "https://github.com/llm-d/llm-d/issues/2396 (2026-08-28, H100); https://github.com/Azure/AKS/pull/5975 (GDRDMA in the log of two H200 nodes)",
      },
    ],
  },
  nvme: { disks: 8, totalGiB: 28_610 },
  hostPowerW: null,
  acceleratedNetworking: true,
  ephemeralOsDisk: true,
  trustedLaunch: null,
  onDemandReservation: false,
  aks: {
    gpuStacks: ["gpu-operator", "aks-driver"],
    osSkus: nvidiaOsSkus,
    migProfiles,
    autoscale: true,
    spot: true,
    nodeImages: null,
  },
  hpcImage: hpcImages.nvidia,
  nccl: hopperNccl,
} satisfies Partial<SizeFacts>;

const familySources = [
  sources.skuApi,
  sources.onDemandReservation,
  sources.quotaFamilies,
  sources.accelerators,
  sources.supportedGpus,
  sources.nvmeOnAks,
  sources.migOnAks,
  sources.healthChecks,
  sources.infinibandOnAks,
  sources.infinibandSetUp,
];

/** ND H100 v5 and ND H200 v5: eight GPUs, one 400 Gb/s adapter for each. */
export const hopperSizes: readonly SizeFacts[] = [
  {
    ...family,
    name: "Standard_ND96isr_H100_v5",
    frontEndGbps: 80,
    series: "ND-H100-v5",
    quotaFamily: "standardNDSH100v5Family",
    memoryGiB: 1900,
    gpu: { ...gpu, model: "H100 SXM", key: "h100", memoryGB: 80 },
    tempDiskGiB: 1024,
    health: {
      hostCopyGBps: 48,
      peerCopyGBps: 335,
      allReduceInNodeGBps: 460,
      // 157 was measured on AKS before any tuning.
      allReduceMultiNode: { warn: 400, fail: 300, withoutProfile: 157 },
      allReduceBetweenRacks: null,
      infinibandWriteGbps: 380,
      infinibandWriteFrom: "gpu",
      gemmTflops: { warn: 742, fail: 715 },
      source: `${sources.healthChecks}; ${sources.baselines}; https://github.com/NVIDIA/aicr/issues/2787`,
    },
    sources: [gpuSeriesPage("ndh100v5-series", "2025-09-02"), ...familySources, sources.baselines],
    notes: ["Standard_ND96is_H100_v5 differs by one letter and has no InfiniBand."],
  },
  {
    ...family,
    name: "Standard_ND96isr_H200_v5",
    frontEndGbps: 80,
    series: "ND-H200-v5",
    quotaFamily: "standardNDISRH200V5Family",
    memoryGiB: 1850,
    gpu: { ...gpu, model: "H200 SXM", key: "h200", memoryGB: 141 },
    tempDiskGiB: 1024,
    health: {
      ...noFloors,
      hostCopyGBps: 48,
      peerCopyGBps: 335,
      allReduceInNodeGBps: 431,
      // Two nodes on AKS reached 483 with the profile.
      allReduceMultiNode: { warn: 400, fail: null, withoutProfile: null },
      infinibandWriteGbps: 360,
      infinibandWriteFrom: "gpu",
      source: `${sources.healthChecks}; edwardsp/azcluster:examples/aks/nccl-allreduce-mpijob.yaml (2026-07-24)`,
    },
    sources: [gpuSeriesPage("nd-h200-v5-series", "2025-09-02"), ...familySources],
    notes: [
      "Standard_ND96is_H200_v5 differs by one letter and has no InfiniBand.",
      "Highest price is twice the lowest: possibly a placeholder.",
    ],
  },
];

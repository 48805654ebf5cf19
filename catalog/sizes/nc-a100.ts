import { hpcImages } from "../hpc-images";
import type { Gpu, SizeFacts } from "../vm-size";
import { ncA100Nccl } from "./nccl-profiles";
import { migProfiles } from "../mig";
import { gpuSeriesPage, noFloors, nvidiaOsSkus, sources } from "./shared";

const gpu = {
  vendor: "nvidia",
  model: "A100 PCIe 80GB",
  key: "a100pcie80",
  fraction: null,
  memoryGB: 80,
  boardPowerW: 300,
  lastDriverBranch: null,
} satisfies Partial<Gpu>;

const family = {
  series: "NC-A100-v4",
  category: "gpu",
  lifecycle: { state: "current", note: "New capacity goes to NCads H100 v5." },
  quotaFamily: "StandardNCADSA100v4Family",
  architecture: "x64",
  infiniband: null,
  hostPowerW: null,
  acceleratedNetworking: true,
  ephemeralOsDisk: true,
  trustedLaunch: null,
  onDemandReservation: true,
  aks: {
    gpuStacks: ["gpu-operator", "aks-driver"],
    osSkus: nvidiaOsSkus,
    migProfiles,
    autoscale: true,
    spot: true,
    nodeImages: null,
  },
  hpcImage: hpcImages.nvidia,
  sources: [
    gpuSeriesPage("nca100v4-series", "2024-07-31"),
    sources.skuApi,
    sources.onDemandReservation,
    sources.quotaFamilies,
    sources.accelerators,
    sources.supportedGpus,
    sources.nvmeOnAks,
    sources.migOnAks,
    sources.healthChecks,
    "Azure/karpenter-provider-azure:pkg/fake/zz_generated.sku.southcentralus.go (NVMe size)",
  ],
  notes: ["Highest price is twice the lowest: possibly a placeholder."],
} satisfies Partial<SizeFacts>;

const floors = { ...noFloors, hostCopyGBps: 21, peerCopyGBps: 238, source: sources.healthChecks };

/** NC A100 v4: one, two or four A100 on PCIe, without InfiniBand. */
export const ncA100Sizes: readonly SizeFacts[] = [
  {
    ...family,
    name: "Standard_NC24ads_A100_v4",
    frontEndGbps: 20,
    vcpus: 24,
    memoryGiB: 220,
    gpu: { ...gpu, count: 1 },
    nvme: { disks: 1, totalGiB: 894 },
    tempDiskGiB: 64,
    health: { ...floors, allReduceInNodeGBps: null },
    nccl: null,
  },
  {
    ...family,
    name: "Standard_NC48ads_A100_v4",
    frontEndGbps: 40,
    vcpus: 48,
    memoryGiB: 440,
    gpu: { ...gpu, count: 2 },
    nvme: { disks: 2, totalGiB: 1788 },
    tempDiskGiB: 128,
    health: { ...floors, allReduceInNodeGBps: 193 },
    // The image's topology file describes the four GPUs of NC96ads only.
    nccl: null,
  },
  {
    ...family,
    name: "Standard_NC96ads_A100_v4",
    frontEndGbps: 80,
    vcpus: 96,
    memoryGiB: 880,
    gpu: { ...gpu, count: 4 },
    nvme: { disks: 4, totalGiB: 3576 },
    tempDiskGiB: 256,
    health: { ...floors, allReduceInNodeGBps: 25 },
    nccl: ncA100Nccl,
  },
];

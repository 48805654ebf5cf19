import type { Gpu, SizeFacts } from "../vm-size";
import { current, gpuSeriesPage, sources, ubuntuOsSkus } from "./shared";

const gpu = {
  vendor: "amd",
  model: "Radeon PRO V710",
  key: "v710",
  count: null,
  fraction: null,
  memoryGB: 24,
  boardPowerW: null,
  lastDriverBranch: null,
} satisfies Gpu;

const family = {
  series: "NVads-V710-v5",
  category: "gpu",
  lifecycle: current,
  quotaFamily: "StandardNVadsV710v5Family",
  architecture: "x64",
  infiniband: null,
  nvme: null,
  hostPowerW: null,
  acceleratedNetworking: true,
  ephemeralOsDisk: true,
  trustedLaunch: null,
  onDemandReservation: true,
  aks: {
    gpuStacks: ["amd-operator"],
    osSkus: ubuntuOsSkus,
    migProfiles: [],
    autoscale: true,
    spot: true,
    nodeImages: null,
  },
  hpcImage: { because: "V710 needs another ROCm than the image for MI300X has", ownImage: true },
  health: null,
  nccl: null,
  sources: [
    gpuSeriesPage("nvadsv710-v5-series", "2024-09-16"),
    sources.skuApi,
    sources.onDemandReservation,
    sources.quotaFamilies,
    sources.supportedGpus,
    "https://github.com/Azure/AKS/issues/5602 (OS disk on AKS)",
  ],
  notes: [
    "The SKU API has no GPUs capability for this size: never derive the count from it.",
    "AKS asks for the cache disk when the OS disk is ephemeral, which the size lacks: take a managed one (Azure/AKS#5602, 2026-02-10).",
  ],
} satisfies Partial<SizeFacts>;

/** NVads V710 v5: a sixth of a V710 up to a whole one. */
export const nvV710Sizes: readonly SizeFacts[] = [
  {
    ...family,
    name: "Standard_NV4ads_V710_v5",
    frontEndGbps: 3.3,
    vcpus: 4,
    memoryGiB: 16,
    gpu: { ...gpu, fraction: 1 / 6 },
    tempDiskGiB: 256,
  },
  {
    ...family,
    name: "Standard_NV8ads_V710_v5",
    frontEndGbps: 6.6,
    vcpus: 8,
    memoryGiB: 32,
    gpu: { ...gpu, fraction: 1 / 3 },
    tempDiskGiB: 512,
  },
  {
    ...family,
    name: "Standard_NV12ads_V710_v5",
    frontEndGbps: 10,
    vcpus: 12,
    memoryGiB: 64,
    gpu: { ...gpu, fraction: 1 / 2 },
    tempDiskGiB: 768,
  },
  {
    ...family,
    name: "Standard_NV24ads_V710_v5",
    frontEndGbps: 20,
    vcpus: 24,
    memoryGiB: 128,
    gpu: { ...gpu, count: 1 },
    tempDiskGiB: 1536,
  },
  {
    ...family,
    name: "Standard_NV28adms_V710_v5",
    frontEndGbps: 20,
    vcpus: 28,
    memoryGiB: 160,
    gpu: { ...gpu, count: 1 },
    tempDiskGiB: 1536,
  },
];

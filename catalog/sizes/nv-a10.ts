import { vgpuHasNoImage } from "../hpc-images";
import type { Gpu, SizeFacts } from "../vm-size";
import { current, gpuSeriesPage, nvidiaOsSkus, sources } from "./shared";

const gpu = {
  vendor: "nvidia",
  model: "A10",
  key: "a10",
  count: null,
  fraction: null,
  memoryGB: 24,
  boardPowerW: 150,
  lastDriverBranch: null,
} satisfies Gpu;

const family = {
  series: "NVads-A10-v5",
  category: "gpu",
  lifecycle: current,
  quotaFamily: "StandardNVADSA10v5Family",
  architecture: "x64",
  infiniband: null,
  nvme: null,
  hostPowerW: null,
  acceleratedNetworking: true,
  ephemeralOsDisk: true,
  trustedLaunch: null,
  onDemandReservation: true,
  // vGPU: only AKS installs the GRID driver.
  aks: {
    gpuStacks: ["aks-driver"],
    osSkus: nvidiaOsSkus,
    migProfiles: [],
    autoscale: true,
    spot: true,
    nodeImages: {
      // Older images do not fit the driver of the hosts (GRID 18); in the broken one, module and libraries do not fit each other.
      oldest: "202606.08.1",
      broken: ["202607.02.0"],
      source: `${sources.aksChangelog}; https://github.com/Azure/AKS/issues/5860 (2026-07-13)`,
    },
  },
  hpcImage: vgpuHasNoImage,
  health: null,
  nccl: null,
  sources: [
    gpuSeriesPage("nvadsa10v5-series", "2024-07-31"),
    sources.skuApi,
    sources.onDemandReservation,
    sources.quotaFamilies,
    sources.supportedGpus,
    sources.aksChangelog,
    "https://gist.github.com/kimbochen (board power, secondary source)",
  ],
  notes: [
    "The SKU API says one GPU for slices too: plan memory and cost with the fraction.",
    "Highest price is twice the lowest: possibly a placeholder.",
  ],
} satisfies Partial<SizeFacts>;

/** NVads A10 v5: a sixth of an A10 up to two of them. */
export const nvA10Sizes: readonly SizeFacts[] = [
  {
    ...family,
    name: "Standard_NV6ads_A10_v5",
    frontEndGbps: 5,
    vcpus: 6,
    memoryGiB: 55,
    gpu: { ...gpu, fraction: 1 / 6 },
    tempDiskGiB: 180,
  },
  {
    ...family,
    name: "Standard_NV12ads_A10_v5",
    frontEndGbps: 10,
    vcpus: 12,
    memoryGiB: 110,
    gpu: { ...gpu, fraction: 1 / 3 },
    tempDiskGiB: 360,
  },
  {
    ...family,
    name: "Standard_NV18ads_A10_v5",
    frontEndGbps: 20,
    vcpus: 18,
    memoryGiB: 220,
    gpu: { ...gpu, fraction: 1 / 2 },
    tempDiskGiB: 720,
  },
  {
    ...family,
    name: "Standard_NV36ads_A10_v5",
    frontEndGbps: 40,
    vcpus: 36,
    memoryGiB: 440,
    gpu: { ...gpu, count: 1 },
    tempDiskGiB: 1440,
  },
  {
    ...family,
    name: "Standard_NV36adms_A10_v5",
    frontEndGbps: 80,
    vcpus: 36,
    memoryGiB: 880,
    gpu: { ...gpu, count: 1 },
    tempDiskGiB: 2880,
  },
  {
    ...family,
    name: "Standard_NV72ads_A10_v5",
    frontEndGbps: 80,
    vcpus: 72,
    memoryGiB: 880,
    gpu: { ...gpu, count: 2 },
    tempDiskGiB: 2880,
  },
];

import type { Gpu, SizeFacts } from "../vm-size";
import { current, gpuSeriesPage, nvidiaOsSkus, sources } from "./shared";

const gpu = {
  vendor: "nvidia",
  model: "T4",
  key: "t4",
  count: 1,
  fraction: null,
  memoryGB: 16,
  boardPowerW: 70,
  lastDriverBranch: null,
} satisfies Gpu;

const family = {
  series: "NCasT4-v3",
  category: "gpu",
  lifecycle: current,
  quotaFamily: "Standard NCASv3_T4 Family",
  architecture: "x64",
  gpu,
  infiniband: null,
  nvme: null,
  hostPowerW: null,
  acceleratedNetworking: true,
  ephemeralOsDisk: true,
  trustedLaunch: null,
  onDemandReservation: true,
  aks: {
    gpuStacks: ["gpu-operator", "aks-driver"],
    osSkus: nvidiaOsSkus,
    migProfiles: [],
    autoscale: true,
    spot: true,
    nodeImages: null,
  },
  hpcImage: { because: "no source tells that the image for A100 and newer is tried on T4", ownImage: true },
  health: null,
  nccl: null,
  sources: [
    gpuSeriesPage("ncast4v3-series", "2024-07-31"),
    sources.skuApi,
    sources.onDemandReservation,
    sources.quotaFamilies,
    sources.supportedGpus,
    sources.retirements,
    "https://huggingface.co/hardware/t4 (board power, secondary source)",
  ],
  notes: [],
} satisfies Partial<SizeFacts>;

/** NCasT4 v3: one T4 with more and more of a host, or four. */
export const ncT4Sizes: readonly SizeFacts[] = [
  {
    ...family,
    name: "Standard_NC4as_T4_v3",
    frontEndGbps: null,
    vcpus: 4,
    memoryGiB: 28,
    tempDiskGiB: 176,
  },
  {
    ...family,
    name: "Standard_NC8as_T4_v3",
    frontEndGbps: null,
    vcpus: 8,
    memoryGiB: 56,
    tempDiskGiB: 352,
  },
  {
    ...family,
    name: "Standard_NC16as_T4_v3",
    frontEndGbps: null,
    vcpus: 16,
    memoryGiB: 110,
    tempDiskGiB: 352,
  },
  {
    ...family,
    name: "Standard_NC64as_T4_v3",
    frontEndGbps: null,
    vcpus: 64,
    memoryGiB: 440,
    gpu: { ...gpu, count: 4 },
    tempDiskGiB: 2816,
  },
];

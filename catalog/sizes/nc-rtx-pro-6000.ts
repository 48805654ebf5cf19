import { vgpuHasNoImage } from "../hpc-images";
import type { Gpu, SizeFacts } from "../vm-size";
import { ncRtxNccl } from "./nccl-profiles";
import { current, gpuSeriesPage, sources, ubuntuOsSkus } from "./shared";

const gpu = {
  vendor: "nvidia",
  model: "RTX PRO 6000 Blackwell Server Edition",
  key: "rtxpro6000",
  fraction: null,
  memoryGB: 96,
  boardPowerW: 600,
  lastDriverBranch: null,
} satisfies Partial<Gpu>;

/** Slice of one GPU; no source tells how large. */
const slice: Gpu = { ...gpu, count: null };

const family = {
  series: "NC-RTXPRO6000BSE-v6",
  category: "gpu",
  lifecycle: current,
  quotaFamily: "StandardNCdsRTXPRO6000BSEv6XLFamily",
  architecture: "x64",
  infiniband: null,
  nvme: null,
  tempDiskGiB: null,
  hostPowerW: null,
  acceleratedNetworking: true,
  ephemeralOsDisk: true,
  trustedLaunch: null,
  onDemandReservation: null,
  // vGPU: only AKS installs the GRID driver.
  aks: {
    gpuStacks: ["aks-driver"],
    osSkus: ubuntuOsSkus,
    migProfiles: [],
    autoscale: true,
    spot: true,
    nodeImages: null,
  },
  hpcImage: vgpuHasNoImage,
  health: null,
  nccl: null,
  sources: [
    gpuSeriesPage("nc-rtxpro6000-bse-v6-series", "2025-12-05, preview sizes only"),
    sources.skuApi,
    sources.quotaFamilies,
    sources.accelerators,
    sources.supportedGpus,
    sources.aksChangelog,
  ],
  notes: [
    "Network, temporary disk and data disks of the released sizes are unknown: the page lists preview sizes.",
    "AKS installs the driver of this GPU (GRID v20) from its release of 2026-06-19 on (Azure/AKS#5807).",
    "nvidia-smi shows neither power nor temperature. The GRID driver on Linux needs Secure Boot off.",
  ],
} satisfies Partial<SizeFacts>;

const fullPriceNotes = [...family.notes, "Same list price with half the memory as the ds size: check before use."];

/** NC RTX PRO 6000 BSE v6: vGPU slices, one or two GPUs. `ds` has more host memory than `lds`. */
export const ncRtxPro6000Sizes: readonly SizeFacts[] = [
  {
    ...family,
    name: "Standard_NC24lds_xl_RTXPRO6000BSE_v6",
    frontEndGbps: null,
    vcpus: 24,
    memoryGiB: 72,
    gpu: slice,
  },
  {
    ...family,
    name: "Standard_NC36ds_xl_RTXPRO6000BSE_v6",
    frontEndGbps: null,
    vcpus: 36,
    memoryGiB: 132,
    gpu: slice,
  },
  {
    ...family,
    name: "Standard_NC36lds_xl_RTXPRO6000BSE_v6",
    frontEndGbps: null,
    vcpus: 36,
    memoryGiB: 72,
    gpu: slice,
  },
  {
    ...family,
    name: "Standard_NC72ds_xl_RTXPRO6000BSE_v6",
    frontEndGbps: null,
    vcpus: 72,
    memoryGiB: 264,
    gpu: slice,
  },
  {
    ...family,
    name: "Standard_NC72lds_xl_RTXPRO6000BSE_v6",
    frontEndGbps: null,
    vcpus: 72,
    memoryGiB: 132,
    gpu: slice,
  },
  {
    ...family,
    name: "Standard_NC144ds_xl_RTXPRO6000BSE_v6",
    frontEndGbps: null,
    vcpus: 144,
    memoryGiB: 516,
    gpu: { ...gpu, count: 1 },
  },
  {
    ...family,
    name: "Standard_NC144lds_xl_RTXPRO6000BSE_v6",
    frontEndGbps: null,
    vcpus: 144,
    memoryGiB: 264,
    gpu: { ...gpu, count: 1 },
    notes: fullPriceNotes,
  },
  {
    ...family,
    name: "Standard_NC288ds_xl_RTXPRO6000BSE_v6",
    frontEndGbps: null,
    vcpus: 288,
    memoryGiB: 1032,
    gpu: { ...gpu, count: 2 },
    nccl: ncRtxNccl,
  },
  {
    ...family,
    name: "Standard_NC288lds_xl_RTXPRO6000BSE_v6",
    frontEndGbps: null,
    vcpus: 288,
    memoryGiB: 516,
    gpu: { ...gpu, count: 2 },
    nccl: ncRtxNccl,
    notes: fullPriceNotes,
  },
];

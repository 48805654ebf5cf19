import { hpcImages } from "../hpc-images";
import type { Gpu, InfiniBand, SizeFacts } from "../vm-size";
import { graceBlackwellNccl } from "./nccl-profiles";
import { current, gpuSeriesPage, infinibandDomain, noFloors, sources } from "./shared";

/** Watts of a node without its four GPUs: 1 kW for CPUs and 0.9 for the rest. Source: `sources.accelerators` */
export const graceHostPowerW = 1900;

/** VMs of a rack: their 72 GPUs share one NVLink domain. */
const rackNodes = 18;

const gpu = {
  vendor: "nvidia",
  count: 4,
  fraction: null,
  lastDriverBranch: null,
} satisfies Partial<Gpu>;

const infiniband = {
  ...infinibandDomain,
  hcas: 4,
  rackNodes,
  // Registering the feature breaks these pools, and it holds for the whole subscription.
  aksFeature: "not-registered",
  gpuDirect: [
    {
      stack: "gb-dra",
      mode: "dma-buf",
      provenOn: ["Ubuntu2404"],
      source: sources.rackScaleOnAks,
    },
  ],
} satisfies Partial<InfiniBand>;

const family = {
  category: "gpu",
  lifecycle: current,
  architecture: "arm64",
  vcpus: 128,
  memoryGiB: 864,
  nvme: { disks: 4, totalGiB: null },
  tempDiskGiB: null,
  hostPowerW: graceHostPowerW,
  acceleratedNetworking: true,
  ephemeralOsDisk: true,
  trustedLaunch: null,
  onDemandReservation: false,
  aks: {
    gpuStacks: ["gb-dra"],
    osSkus: ["Ubuntu2404"],
    migProfiles: [],
    autoscale: false,
    spot: false,
    nodeImages: null,
  },
  hpcImage: hpcImages.graceBlackwell,
  nccl: graceBlackwellNccl,
} satisfies Partial<SizeFacts>;

const familySources = [
  sources.skuApi,
  sources.onDemandReservation,
  sources.quotaFamilies,
  sources.accelerators,
  sources.supportedGpus,
  sources.rackScaleOnAks,
  sources.infinibandSetUp,
];

const familyNotes = [
  "The SKU API has no GPUs capability for this size: never derive the count from it.",
  "Local NVMe: the page says 16 TB over 4 disks, exact GiB unknown.",
  "Racks are bought whole, through Microsoft.Network/interconnectGroups and Microsoft.Compute/interconnectBlocks.",
];

/** ND GB200 v6 and ND GB300 v6: Arm64 CPUs, one NVLink domain over a rack of 18 VMs. */
export const graceBlackwellSizes: readonly SizeFacts[] = [
  {
    ...family,
    name: "Standard_ND128isr_GB300_v6",
    frontEndGbps: 160,
    series: "ND-GB300-v6",
    quotaFamily: "standardNDISRGB300V6Family",
    gpu: { ...gpu, model: "GB300", key: "gb300", memoryGB: 288, boardPowerW: 1400 },
    infiniband: { ...infiniband, gbitsPerSecondPerHca: 800 },
    health: {
      ...noFloors,
      allReduceMultiNode: { warn: 800, fail: 600, withoutProfile: null },
      allReduceBetweenRacks: { warn: 180, fail: 150, withoutProfile: null },
      gemmTflops: { warn: 1785, fail: 1720 },
      source: sources.baselines,
    },
    sources: [gpuSeriesPage("nd-gb300-v6-series", "2026-08-12"), ...familySources, sources.baselines],
    notes: [
      ...familyNotes,
      "Some lists also name it Standard_ND128isrG5_GB300_v6.",
      "An older Azure repository says 4 x 400 Gb/s; three newer sources say 800.",
      "No list price in June 2026.",
    ],
  },
  {
    ...family,
    name: "Standard_ND128isr_NDR_GB200_v6",
    frontEndGbps: 160,
    series: "ND-GB200-v6",
    quotaFamily: "standardNDISRGB200V6NDRFamily",
    gpu: { ...gpu, model: "GB200", key: "gb200", memoryGB: 192, boardPowerW: 1200 },
    infiniband: { ...infiniband, gbitsPerSecondPerHca: 400 },
    health: null,
    sources: [gpuSeriesPage("nd-gb200-v6-series", "2025-03-20"), ...familySources],
    notes: [
      ...familyNotes,
      "Memory: the page says 900 GiB, the SKU API 864.",
      "Front-end network: the page prints 160 Mbps; read as Gbps, as on the GB300 page.",
      "Highest price is twice the lowest: possibly a placeholder.",
    ],
  },
];

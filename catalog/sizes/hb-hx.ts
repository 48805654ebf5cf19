import { hpcImages } from "../hpc-images";
import type { InfiniBand, SizeFacts } from "../vm-size";
import { current, hpcSeriesPage, infinibandDomain, sources } from "./shared";

const infiniband = {
  ...infinibandDomain,
  hcas: 1,
  gbitsPerSecondPerHca: 400,
  rackNodes: null,
  aksFeature: "registered",
  gpuDirect: [],
} satisfies InfiniBand;

const family = {
  category: "hpc",
  lifecycle: current,
  architecture: "x64",
  gpu: null,
  tempDiskGiB: 480,
  hostPowerW: null,
  acceleratedNetworking: true,
  ephemeralOsDisk: true,
  // Plain scale sets only: no source describes these sizes on AKS with InfiniBand.
  aks: null,
  hpcImage: hpcImages.nvidia,
  health: null,
  nccl: null,
} satisfies Partial<SizeFacts>;

const familySources = [sources.skuApi, sources.onDemandReservation, sources.quotaFamilies, sources.infinibandSetUp];

/** HBv4, HX and HBv5: InfiniBand without GPUs, for MPI. */
export const hpcSizes: readonly SizeFacts[] = [
  {
    ...family,
    name: "Standard_HB176rs_v4",
    frontEndGbps: 80,
    series: "HBv4",
    quotaFamily: "standardHBv4Family",
    vcpus: 176,
    memoryGiB: 768,
    infiniband,
    nvme: { disks: 2, totalGiB: 3600 },
    trustedLaunch: true,
    onDemandReservation: false,
    sources: [hpcSeriesPage("hbv4-series", "2025-11-24"), ...familySources, sources.trustedLaunch],
    notes: [],
  },
  {
    ...family,
    name: "Standard_HX176rs",
    frontEndGbps: 80,
    series: "HX",
    quotaFamily: "standardHXFamily",
    vcpus: 176,
    memoryGiB: 1408,
    infiniband,
    nvme: { disks: 2, totalGiB: 3600 },
    trustedLaunch: true,
    // The page names HB and HC, and not HX.
    onDemandReservation: null,
    sources: [hpcSeriesPage("hx-series", "2025-11-24"), ...familySources, sources.trustedLaunch],
    notes: [],
  },
  {
    ...family,
    name: "Standard_HB368rs_v5",
    frontEndGbps: 180,
    series: "HBv5",
    quotaFamily: "standardHBv5Family",
    vcpus: 368,
    memoryGiB: 432,
    infiniband: { ...infiniband, hcas: 4, gbitsPerSecondPerHca: 200 },
    nvme: { disks: 8, totalGiB: 14_304 },
    trustedLaunch: null,
    onDemandReservation: false,
    sources: [hpcSeriesPage("hbv5-series", "2025-09-15"), ...familySources],
    notes: [
      "Memory is HBM: the page says 432 GiB, the SKU API 448.",
      "The adapters mlx5_ib0 to mlx5_ib3 need a udev rename.",
    ],
  },
];

import { hpcImages } from "../hpc-images";
import type { SizeFacts } from "../vm-size";
import { mi300xRccl } from "./nccl-profiles";
import { current, gpuSeriesPage, infinibandDomain, noFloors, sources, ubuntuOsSkus } from "./shared";

/** ND MI300X v5: eight AMD GPUs, one 400 Gb/s adapter for each. */
export const mi300xSizes: readonly SizeFacts[] = [
  {
    name: "Standard_ND96isr_MI300X_v5",
    frontEndGbps: 80,
    series: "ND-MI300X-v5",
    category: "gpu",
    lifecycle: current,
    quotaFamily: "standardNDISv5MI300XFamily",
    architecture: "x64",
    vcpus: 96,
    memoryGiB: 1850,
    gpu: {
      vendor: "amd",
      model: "MI300X",
      key: "mi300x",
      count: 8,
      fraction: null,
      memoryGB: 192,
      boardPowerW: 750,
      lastDriverBranch: null,
    },
    infiniband: {
      ...infinibandDomain,
      hcas: 8,
      gbitsPerSecondPerHca: 400,
      rackNodes: null,
      aksFeature: "registered",
      gpuDirect: [
        {
          stack: "amd-operator",
          mode: "peermem",
          provenOn: [],
          source: "kubernetes-sigs/dranet:examples/azure_aks_examples (2026-08-21)",
        },
      ],
    },
    nvme: { disks: 8, totalGiB: null },
    tempDiskGiB: 1000,
    hostPowerW: null,
    acceleratedNetworking: true,
    ephemeralOsDisk: true,
    trustedLaunch: null,
    onDemandReservation: false,
    // AKS refuses its own driver on this size, and the AMD operator covers Ubuntu only.
    aks: {
      gpuStacks: ["amd-operator"],
      osSkus: ubuntuOsSkus,
      migProfiles: [],
      autoscale: true,
      spot: true,
      nodeImages: null,
    },
    hpcImage: hpcImages.amd,
    health: {
      ...noFloors,
      hostCopyGBps: 48,
      peerCopyGBps: 44,
      allReduceInNodeGBps: 314,
      infinibandWriteGbps: 390,
      infinibandWriteFrom: "host",
      source: sources.healthChecks,
    },
    nccl: mi300xRccl,
    sources: [
      gpuSeriesPage("ndmi300xv5-series", "2024-08-01"),
      sources.skuApi,
      sources.onDemandReservation,
      sources.quotaFamilies,
      sources.accelerators,
      "MicrosoftDocs/azure-aks-docs:articles/aks/use-amd-gpus.md (2025-06-04)",
      sources.healthChecks,
      sources.infinibandSetUp,
    ],
    notes: [
      "Standard_ND96is_MI300X_v5 differs by one letter and has no InfiniBand.",
      "Local NVMe: the page says 28 TiB over 8 disks, exact GiB unknown.",
      "Highest price is twice the lowest: possibly a placeholder.",
    ],
  },
];

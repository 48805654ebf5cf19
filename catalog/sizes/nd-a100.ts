import { hpcImages } from "../hpc-images";
import type { Gpu, VmSize } from "../vm-size";
import { ndA100Nccl } from "./nccl-profiles";
import { migProfiles } from "../mig";
import { current, gpuSeriesPage, infinibandDomain, nvidiaOsSkus, price, sources } from "./shared";

const gpu = {
  vendor: "nvidia",
  count: 8,
  fraction: null,
  boardPowerW: 400,
  bf16DenseTflops: 312,
  fp8DenseTflops: null,
  scaleUp: { name: "NVLink 3", gbytesPerSecondPerGpu: 600, domainGpus: 8, domainVms: 1 },
} satisfies Partial<Gpu>;

const family = {
  category: "gpu",
  lifecycle: current,
  architecture: "x64",
  vcpus: 96,
  infiniband: {
    ...infinibandDomain,
    generation: "HDR",
    hcas: 8,
    gbitsPerSecondPerHca: 200,
    rackNodes: null,
    aksFeature: "registered",
  },
  nvme: null,
  hostPowerW: null,
  acceleratedNetworking: true,
  ephemeralOsDisk: true,
  trustedLaunch: false,
  onDemandCapacityReservation: false,
  aks: {
    // Not aks-driver, as for Hopper: without nvidia-peermem InfiniBand copies through the host.
    gpuStacks: ["gpu-operator"],
    osSkus: nvidiaOsSkus,
    migProfiles,
    autoscale: true,
    spot: true,
  },
  hpcImage: hpcImages.nvidia,
  nccl: ndA100Nccl,
  spotUsdPerHour: null,
} satisfies Partial<VmSize>;

const familySources = [
  sources.skuApi,
  sources.quotaFamilies,
  sources.prices,
  sources.accelerators,
  sources.supportedGpus,
  sources.trustedLaunch,
  sources.migOnAks,
  sources.reservations,
  sources.infinibandOnAks,
  sources.infinibandSetUp,
];

const localDiskNote = "The page gives one local disk figure without a count; it is the temporary disk here.";

/** ND A100 v4 (40 GB) and NDm A100 v4 (80 GB): eight GPUs, one 200 Gb/s adapter for each. */
export const ndA100Sizes: readonly VmSize[] = [
  {
    ...family,
    name: "Standard_ND96amsr_A100_v4",
    series: "NDm-A100-v4",
    quotaFamily: "standard NDAMSv4_A100Family",
    memoryGiB: 1800,
    gpu: { ...gpu, model: "A100 SXM 80GB", key: "a100sxm80", memoryGB: 80, usableMemoryGB: 80 },
    tempDiskGiB: 6400,
    health: {
      // Fails on plain VMs; an AKS lab measured about 225 with another software stack.
      allReduceInNodeGBps: 228,
      allReduceMultiNodeGBps: null,
      infinibandWriteGbps: 180,
      gemmTflops: null,
      source: sources.healthChecks,
    },
    price: price(32.77, "eastus", 65.54, [
      ...["australiaeast", "brazilsouth", "canadacentral", "canadaeast", "centralus", "eastus", "eastus2"],
      ...["francecentral", "germanynorth", "italynorth", "japaneast", "japanwest", "norwayeast", "polandcentral"],
      ...["southafricanorth", "southcentralus", "southindia", "spaincentral", "swedencentral", "switzerlandnorth"],
      ...[
        "switzerlandwest",
        "uaecentral",
        "uaenorth",
        "uksouth",
        "ukwest",
        "westeurope",
        "westus",
        "westus2",
        "westus3",
      ],
    ]),
    sources: [gpuSeriesPage("ndma100v4-series", "2024-07-31"), ...familySources, sources.healthChecks],
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
    series: "ND-A100-v4",
    // Two spaces, as the usage API returns it.
    quotaFamily: "Standard NDASv4_A100 Family",
    memoryGiB: 900,
    gpu: { ...gpu, model: "A100 SXM 40GB", key: "a100sxm40", memoryGB: 40, usableMemoryGB: 40 },
    tempDiskGiB: 6000,
    health: null,
    price: price(27.197, "eastus", 35.357, ["eastus", "italynorth", "southcentralus", "westeurope", "westus2"]),
    sources: [gpuSeriesPage("ndasra100v4-series", "2024-07-31"), ...familySources],
    notes: [
      localDiskNote,
      "Two-node all-reduce on AKS: 180 GB/s or more (Azure/aks-rdma-infiniband, expected output).",
    ],
  },
];

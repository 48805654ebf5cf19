import type { Price, VmSize } from "../vm-size";
import { current, sources } from "./shared";

const page =
  "MicrosoftDocs/azure-compute-docs:articles/virtual-machines/sizes/general-purpose/ddsv5-series.md (2024-07-29)";

/** Only the newest stored price list that could be read, and four of its regions: others have prices too. */
function priceOf2023(usdPerHour: number, maxUsdPerHour: number): Price {
  return {
    usdPerHour,
    region: "eastus",
    maxUsdPerHour,
    regions: ["australiacentral", "centralindia", "eastus", "eastus2"],
    asOf: "2023-12-18",
    source: sources.pricesOf2023,
  };
}

const family = {
  series: "Ddsv5",
  category: "general",
  lifecycle: current,
  quotaFamily: "standardDDSv5Family",
  arch: "x64",
  gpu: null,
  infiniband: null,
  nvme: null,
  hostPowerW: null,
  acceleratedNetworking: true,
  ephemeralOsDisk: true,
  trustedLaunch: null,
  onDemandCapacityReservation: null,
  aks: {
    gpuStacks: [],
    osSkus: ["Ubuntu2404", "Ubuntu", "Ubuntu2204", "AzureLinux3"],
    migProfiles: [],
    autoscale: true,
    spot: true,
  },
  hpcImage: { because: "general sizes have neither GPU nor InfiniBand" },
  health: null,
  nccl: null,
  spotUsdPerHour: null,
  sources: [page, sources.quotaFamilies, sources.pricesOf2023, sources.osOnAks],
  notes: ["The price list is of December 2023 and only four of its regions were read: a missing region says nothing."],
} satisfies Partial<VmSize>;

/** Ddsv5: system pools and platform pools. The temporary disk holds an ephemeral OS disk. */
export const generalSizes: readonly VmSize[] = [
  {
    ...family,
    name: "Standard_D4ds_v5",
    vcpus: 4,
    memoryGiB: 16,
    tempDiskGiB: 150,
    frontEnd: { gbitsPerSecond: 12.5, nics: 2 },
    price: priceOf2023(0.226, 0.284),
  },
  {
    ...family,
    name: "Standard_D8ds_v5",
    vcpus: 8,
    memoryGiB: 32,
    tempDiskGiB: 300,
    frontEnd: { gbitsPerSecond: 12.5, nics: 4 },
    price: priceOf2023(0.452, 0.568),
  },
  {
    ...family,
    name: "Standard_D16ds_v5",
    vcpus: 16,
    memoryGiB: 64,
    tempDiskGiB: 600,
    frontEnd: { gbitsPerSecond: 12.5, nics: 8 },
    price: priceOf2023(0.904, 1.136),
  },
  {
    ...family,
    name: "Standard_D32ds_v5",
    vcpus: 32,
    memoryGiB: 128,
    tempDiskGiB: 1200,
    frontEnd: { gbitsPerSecond: 16, nics: 8 },
    price: priceOf2023(1.808, 2.272),
  },
];

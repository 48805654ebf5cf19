import { hpcImages } from "../hpc-images";
import type { Gpu, SizeFacts } from "../vm-size";
import { migProfiles } from "../mig";
import { current, gpuSeriesPage, noFloors, nvidiaOsSkus, sources } from "./shared";

const gpu = {
  vendor: "nvidia",
  model: "H100 NVL",
  key: "h100nvl",
  fraction: null,
  memoryGB: 94,
  // Configurable from 350 to 400 W.
  boardPowerW: 400,
  lastDriverBranch: null,
} satisfies Partial<Gpu>;

const family = {
  category: "gpu",
  lifecycle: current,
  architecture: "x64",
  infiniband: null,
  hostPowerW: null,
  ephemeralOsDisk: true,
  trustedLaunch: null,
  onDemandReservation: false,
  nccl: null,
} satisfies Partial<SizeFacts>;

const plain = {
  ...family,
  series: "NCads-H100-v5",
  quotaFamily: "StandardNCadsH100v5Family",
  acceleratedNetworking: true,
  aks: {
    gpuStacks: ["gpu-operator", "aks-driver"],
    osSkus: nvidiaOsSkus,
    migProfiles,
    autoscale: true,
    spot: true,
    nodeImages: null,
  },
  hpcImage: hpcImages.nvidia,
} satisfies Partial<SizeFacts>;

const familySources = [
  sources.skuApi,
  sources.onDemandReservation,
  sources.quotaFamilies,
  sources.accelerators,
  sources.supportedGpus,
  sources.migOnAks,
  sources.healthChecks,
  sources.localNvme,
];

const floors = { ...noFloors, hostCopyGBps: 48, peerCopyGBps: 335, source: sources.healthChecks };

const localDiskNote =
  "The page calls the NVMe disks temporary storage. The formatted temporary disk beside them is small: 128 GB were seen on NC40ads.";

/** NCads H100 v5: one or two H100 NVL without InfiniBand, and the confidential NCCads H100 v5. */
export const ncH100Sizes: readonly SizeFacts[] = [
  {
    ...plain,
    name: "Standard_NC40ads_H100_v5",
    frontEndGbps: 40,
    vcpus: 40,
    memoryGiB: 320,
    gpu: { ...gpu, count: 1 },
    nvme: { disks: 1, totalGiB: 3576 },
    // 128 GB, as a node of Azure Machine Learning shows it.
    tempDiskGiB: 119,
    health: { ...floors, allReduceInNodeGBps: null },
    sources: [
      gpuSeriesPage("ncadsh100v5-series", "2024-07-31"),
      ...familySources,
      "https://github.com/Azure/azureml-examples/issues/3749 (temporary disk)",
      "https://github.com/kaito-project/kaito/issues/2282 (NVMe disk)",
    ],
    notes: [localDiskNote],
  },
  {
    ...plain,
    name: "Standard_NC80adis_H100_v5",
    frontEndGbps: 80,
    vcpus: 80,
    memoryGiB: 640,
    gpu: { ...gpu, count: 2 },
    nvme: { disks: 2, totalGiB: 7152 },
    tempDiskGiB: null,
    health: { ...floors, allReduceInNodeGBps: 208 },
    sources: [gpuSeriesPage("ncadsh100v5-series", "2024-07-31"), ...familySources],
    notes: [localDiskNote, "Often miswritten as NC80ads, even in the AKS changelog."],
  },
  {
    ...family,
    name: "Standard_NCC40ads_H100_v5",
    frontEndGbps: 40,
    series: "NCCads-H100-v5",
    quotaFamily: "StandardNCCads2023Family",
    vcpus: 40,
    memoryGiB: 320,
    gpu: { ...gpu, count: 1 },
    nvme: null,
    tempDiskGiB: 800,
    health: null,
    acceleratedNetworking: false,
    onDemandReservation: null,
    // Confidential VM: the driver needs an attested boot, which this project does not set up.
    aks: null,
    hpcImage: { because: "a confidential VM needs an attested image", ownImage: false },
    sources: [
      gpuSeriesPage("nccadsh100v5-series", "2024-08-06"),
      sources.skuApi,
      sources.quotaFamilies,
      sources.accelerators,
    ],
    notes: [
      "Confidential VM (AMD SEV-SNP) with a confidential GPU.",
      "The page gives one local disk figure without a count; it is the temporary disk here.",
    ],
  },
];

import { hpcImages } from "../hpc-images";
import type { SizeFacts } from "../vm-size";
import { ndV100Nccl } from "./nccl-profiles";
import { gpuSeriesPage, infinibandDomain, noFloors, nvidiaOsSkus, operatorPeermem, sources } from "./shared";

/** NDv2: eight V100 GPUs behind one 100 Gb/s adapter. */
export const ndV100Sizes: readonly SizeFacts[] = [
  {
    name: "Standard_ND40rs_v2",
    frontEndGbps: 24,
    series: "NDv2",
    category: "gpu",
    lifecycle: { state: "previous", note: "Previous generation; no retirement announced on 2026-09-24." },
    quotaFamily: "standardNDSv2Family",
    architecture: "x64",
    vcpus: 40,
    memoryGiB: 672,
    gpu: {
      vendor: "nvidia",
      model: "V100 SXM2",
      key: "v100",
      count: 8,
      fraction: null,
      memoryGB: 32,
      boardPowerW: 306,
      lastDriverBranch: "580",
    },
    infiniband: {
      ...infinibandDomain,
      hcas: 1,
      gbitsPerSecondPerHca: 100,
      rackNodes: null,
      // The sources name A100 and newer; the reason, one placement group, holds here too.
      aksFeature: "registered",
      gpuDirect: [{ ...operatorPeermem, provenOn: [] }],
    },
    nvme: null,
    tempDiskGiB: 2948,
    hostPowerW: null,
    acceleratedNetworking: true,
    ephemeralOsDisk: true,
    trustedLaunch: null,
    onDemandReservation: false,
    aks: {
      gpuStacks: ["gpu-operator"],
      osSkus: nvidiaOsSkus,
      migProfiles: [],
      autoscale: true,
      spot: true,
      nodeImages: null,
    },
    hpcImage: hpcImages.v100,
    health: {
      ...noFloors,
      hostCopyGBps: 9,
      allReduceInNodeGBps: 110,
      infinibandWriteGbps: 78,
      infinibandWriteFrom: "host",
      source: sources.healthChecks,
    },
    nccl: ndV100Nccl,
    sources: [
      gpuSeriesPage("ndv2-series", "2024-09-17"),
      sources.skuApi,
      sources.onDemandReservation,
      sources.quotaFamilies,
      sources.supportedGpus,
      sources.retirements,
      sources.hpcImages,
      sources.healthChecks,
      "https://github.com/Azure/AgentBaker/pull/8811 (2026-07-01, driver branch)",
      "cloud-carbon-footprint/cloud-carbon-footprint:packages/azure/src/domain/AzureFootprintEstimationConstants.ts (2024-03-25)",
    ],
    notes: [
      "AKS's own driver stays on branch R580 LTS for this GPU (Azure/AgentBaker#8811); newer branches do not know it.",
      "Board power is the modelled maximum of Cloud Carbon Footprint, not a vendor figure.",
    ],
  },
];

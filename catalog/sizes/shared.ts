import type { GpuDirect, HealthFloors, VmSize } from "../vm-size";

/** Where the figures of the size rows come from. Each row lists the ones that it uses. */
export const sources = {
  skuApi:
    "microsoft/aspire:src/Aspire.Hosting.Azure.Kubernetes/AksNodeVmSizes.Generated.cs (Microsoft.Compute/skus, 2026-06-23)",
  supportedGpus: "Azure/karpenter-provider-azure:pkg/utils/supported-gpus.yaml (2026-08-21)",
  quotaFamilies: "Azure/karpenter-provider-azure:pkg/providers/instancetype/known_skus.yaml (2026-07-16)",
  accelerators: "stas00/ml-engineering:compute/accelerator/README.md (2026-08-22)",
  trustedLaunch: "MicrosoftDocs/azure-compute-docs:articles/virtual-machines/trusted-launch.md (2025-04-21)",
  onDemandReservation:
    "MicrosoftDocs/azure-compute-docs:articles/virtual-machines/capacity-reservation-overview.md (2026-02-17)",
  retirements:
    "MicrosoftDocs/azure-compute-docs:articles/virtual-machines/sizes/lifecycle/retirements-and-capacity-restrictions.md (2026-09-24)",
  nvmeOnAks: "MicrosoftDocs/azure-aks-docs:articles/aks/best-practices-storage-nvme.md (2025-10-17)",
  migOnAks: "MicrosoftDocs/azure-aks-docs:articles/aks/gpu-multi-instance.md (2026-05-22)",
  osOnAks: "MicrosoftDocs/azure-aks-docs:articles/aks/upgrade-os-version.md (2026-08-21)",
  aksChangelog: "Azure/AKS:CHANGELOG.md (2026-08-07)",
  rackScaleOnAks: "Azure/ai-infrastructure-on-azure:infrastructure_references/aks/README.md (2026-04-22)",
  infinibandOnAks: "Azure/aks-rdma-infiniband:website/docs/configurations (2026-07-16)",
  infinibandSetUp: "https://learn.microsoft.com/azure/virtual-machines/setup-infiniband (2026-09-25)",
  healthChecks: "Azure/azurehpc-health-checks:conf (2026-05-01)",
  baselines:
    "Azure/ai-infrastructure-on-azure:infrastructure_validations, skills/slurm/sku_performance_baseline/SKILL.md (2026-04-22)",
  hpcImages: "Azure/azhpc-images:topology, components/customizations (2026-07-29)",
  localNvme: "kaito-project/kaito:pkg/sku/azure_sku_handler.go (NVMeDiskEnabled)",
} as const;

/** Page of a GPU series in the Azure documentation. */
export function gpuSeriesPage(page: string, date: string): string {
  return `MicrosoftDocs/azure-compute-docs:articles/virtual-machines/sizes/gpu-accelerated/${page}.md (${date})`;
}

/** Page of an HPC series in the Azure documentation. */
export function hpcSeriesPage(page: string, date: string): string {
  return `MicrosoftDocs/azure-compute-docs:articles/virtual-machines/sizes/high-performance-compute/${page}.md (${date})`;
}

/** OS SKUs of NVIDIA pools, with the releases that `Ubuntu` may stand for: its meaning moves with Kubernetes. */
export const nvidiaOsSkus = ["Ubuntu2404", "Ubuntu", "Ubuntu2204", "AzureLinux3"] as const;

/** OS SKUs of pools whose driver or storage client only exists for Ubuntu. */
export const ubuntuOsSkus = ["Ubuntu2404", "Ubuntu", "Ubuntu2204"] as const;

/** Lifecycle of a size that is sold and has no announced end. */
export const current: VmSize["lifecycle"] = { state: "current", note: null };

/** No floor at all: a row states the ones that it has a source for. */
export const noFloors: Omit<HealthFloors, "source"> = {
  hostCopyGBps: null,
  peerCopyGBps: null,
  allReduceInNodeGBps: null,
  allReduceMultiNode: null,
  allReduceBetweenRacks: null,
  infinibandWriteGbps: null,
  infinibandWriteFrom: null,
  gemmTflops: null,
};

/** The GPU operator loads `nvidia-peermem` and keeps it loaded when the network driver drops it. */
export const operatorPeermem: GpuDirect = {
  stack: "gpu-operator",
  mode: "peermem",
  provenOn: ["Ubuntu2404", "Ubuntu2204"],
  source: "Azure/aks-rdma-infiniband:website/docs/configurations/02-gpu-drivers.md (2026-07-16)",
};

/** Nodes of one InfiniBand domain: one scale set. Source: `sources.infinibandSetUp`. */
export const infinibandDomain = { maxDomainNodes: 100, maxDomainNodesOnRequest: 300 } as const;

import type { DeclaredFigures } from "./declared-figures";
import { hpcImages } from "./hpc-images";
import { current, infinibandDomain, nvidiaOsSkus, operatorPeermem, ubuntuOsSkus } from "./sizes/shared";
import type { AksSupport, Gpu, GpuDirect, GpuStack, InfiniBand, VmSize } from "./vm-size";

const source = "declared by the user";

/** The row of a size that a user declares: his figures, and for the rest what holds for all sizes of that kind. */
export function declaredSize(name: string, figures: DeclaredFigures): VmSize {
  const { vcpus, memoryGiB, architecture, quotaFamily, ephemeralOsDisk, acceleratedNetworking } = figures;
  const { nvme = null, tempDiskGiB = null, trustedLaunch = null, price, hpcImage } = figures;
  const gpuStacks = gpuStacksOf(figures);
  const infiniband = infinibandOf(figures, gpuStacks);
  return {
    name,
    series: quotaFamily,
    category: figures.gpu !== undefined ? "gpu" : infiniband !== null ? "hpc" : "general",
    lifecycle: current,
    quotaFamily,
    architecture,
    vcpus,
    memoryGiB,
    gpu: gpuOf(name, figures),
    infiniband,
    nvme,
    tempDiskGiB,
    hostPowerW: null,
    frontEndGbps: null,
    acceleratedNetworking,
    ephemeralOsDisk,
    trustedLaunch,
    onDemandReservation: null,
    aks: aksOf(figures, gpuStacks),
    hpcImage:
      hpcImage === undefined
        ? { because: "what is declared of it names no hpcImage", ownImage: true }
        : hpcImages[hpcImage],
    health: null,
    nccl: null,
    price:
      price === undefined ? null : { ...price, region: null, maxUsdPerHour: price.usdPerHour, regions: null, source },
    sources: [source],
    notes: [],
    declared: figures,
  };
}

function gpuOf(name: string, { gpu }: DeclaredFigures): Gpu | null {
  if (gpu === undefined) return null;
  const { vendor, count = null, fraction = null, boardPowerW = null } = gpu;
  const key = name.toLowerCase().replace(/^standard_|[^a-z0-9]/g, "");
  return { vendor, count, fraction, boardPowerW, model: name, key, memoryGB: null, lastDriverBranch: null };
}

/**
 * Who may own driver and fabric. With InfiniBand that is the operator alone: what AKS installs reads GPU memory through DMA-BUF or not
 * at all, which nobody has shown for a size that the catalogue does not have. A slice needs the GRID driver of AKS.
 */
function gpuStacksOf({ gpu, infiniband }: DeclaredFigures): readonly GpuStack[] {
  if (gpu === undefined) return [];
  if (gpu.vendor === "amd") return ["amd-operator"];
  if (gpu.fraction !== undefined) return ["aks-driver"];
  return infiniband === undefined ? ["gpu-operator", "aks-driver"] : ["gpu-operator"];
}

function infinibandOf({ infiniband }: DeclaredFigures, gpuStacks: readonly GpuStack[]): InfiniBand | null {
  if (infiniband === undefined) return null;
  const gpuDirect = gpuStacks.map((stack): GpuDirect => ({ ...operatorPeermem, stack, provenOn: [] }));
  return { ...infiniband, ...infinibandDomain, rackNodes: null, aksFeature: "registered", gpuDirect };
}

function aksOf({ gpu, infiniband }: DeclaredFigures, gpuStacks: readonly GpuStack[]): AksSupport | null {
  // As for the HPC sizes of the catalogue: they run in scale sets.
  if (gpu === undefined && infiniband !== undefined) return null;
  const osSkus = gpu?.vendor === "amd" ? ubuntuOsSkus : nvidiaOsSkus;
  return { gpuStacks, osSkus, migProfiles: [], autoscale: true, spot: true, nodeImages: null };
}

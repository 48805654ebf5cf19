import type { DeclaredFigures } from "./declared-figures";
import type { HpcImage, NoHpcImage } from "./hpc-images";

/** GPUs of one VM size. */
export interface Gpu {
  readonly vendor: "nvidia" | "amd";
  /** Marketing name, for example `H100 SXM`. */
  readonly model: string;
  /** Short key for names, labels and queues, for example `h100`. Lowercase letters and digits. */
  readonly key: string;
  /** Whole GPUs in one VM, or `null` when the VM gets a slice of one. */
  readonly count: number | null;
  /** Part of one GPU when the VM gets a slice (0.5 is a half), `null` for whole GPUs or when no source tells. */
  readonly fraction: number | null;
  /** Memory of one whole GPU, in GB as the vendor counts; `null` when nobody tells. */
  readonly memoryGB: number | null;
  /** Board power of one GPU in watts, `null` when no source tells. */
  readonly boardPowerW: number | null;
  /** Last driver branch that knows the GPU, for example `580`; `null` while every branch does. */
  readonly lastDriverBranch: string | null;
}

/** How the adapters of a node read GPU memory when one owner brings the driver. */
export interface GpuDirect {
  readonly stack: GpuStack;
  /** `peermem` is NVIDIA's own kernel module, `dma-buf` the kernel's way, which needs open GPU modules and no OFED. */
  readonly mode: "peermem" | "dma-buf";
  /** OS SKUs that somebody published a working run on; empty while nobody has. */
  readonly provenOn: readonly string[];
  readonly source: string;
}

/** InfiniBand of one VM size, and what follows for placement. */
export interface InfiniBand {
  /** Host channel adapters in one VM. Kubernetes hands them out as the `rdmaResource` of the pool. */
  readonly hcas: number;
  readonly gbitsPerSecondPerHca: number;
  /** VMs in one scale set, so in one InfiniBand domain, without a support request. */
  readonly maxDomainNodes: number;
  /** The same after a support request. */
  readonly maxDomainNodesOnRequest: number;
  /** VMs that only come together (a rack), or `null`. */
  readonly rackNodes: number | null;
  /** Whether `Microsoft.ContainerService/AKSInfinibandSupport` must be registered or must not be. */
  readonly aksFeature: "registered" | "not-registered";
  /** One entry for each owner of the driver in `AksSupport.gpuStacks`: without GPUDirect, traffic goes through the host. */
  readonly gpuDirect: readonly GpuDirect[];
}

/** Who owns GPU driver and fabric in an AKS pool: one word, so that two owners cannot be written down. */
export const gpuStacks = ["gpu-operator", "aks-driver", "gb-dra", "amd-operator"] as const;
export type GpuStack = (typeof gpuStacks)[number];

/** How AKS may run a size. */
export interface AksSupport {
  /** Allowed owners of driver and fabric; the first is the default. */
  readonly gpuStacks: readonly GpuStack[];
  /** Allowed `osSKU` values. Where `Ubuntu` is asked for, the release that it stands for must be one of them. */
  readonly osSkus: readonly string[];
  /** MIG profiles AKS can set at pool creation; empty when MIG is not offered. */
  readonly migProfiles: readonly string[];
  /** Whether the cluster autoscaler may add and remove nodes. Racks are bought whole. */
  readonly autoscale: boolean;
  /** Whether spot priority is allowed. */
  readonly spot: boolean;
  /** Node images that the size does not work with, `null` when none is known. */
  readonly nodeImages: NodeImages | null;
}

/** Limits on the version of an AKS node image, for example `202606.08.1`: versions compare as text. */
export interface NodeImages {
  readonly oldest: string;
  /** Versions that came after `oldest` and do not work. */
  readonly broken: readonly string[];
  readonly source: string;
}

/** Lowest values that a healthy node reaches. `null` where no source gives one. */
export interface HealthFloors {
  /** Copy between host memory and one GPU, GB/s. */
  readonly hostCopyGBps: number | null;
  /** Copy between two GPUs of one VM, GB/s. */
  readonly peerCopyGBps: number | null;
  /** All-reduce bus bandwidth inside one VM, GB/s. */
  readonly allReduceInNodeGBps: number | null;
  /** Between VMs of one InfiniBand domain: where racks are bought, of one rack, over NVLink. */
  readonly allReduceMultiNode: MultiNodeFloor | null;
  /** Between VMs of two racks, over InfiniBand. */
  readonly allReduceBetweenRacks: MultiNodeFloor | null;
  /** `ib_write_bw` for one HCA, Gb/s. */
  readonly infinibandWriteGbps: number | null;
  /** Memory that it was measured from. */
  readonly infinibandWriteFrom: "gpu" | "host" | null;
  /** Sustained GEMM of one GPU, TFLOPS. */
  readonly gemmTflops: { readonly warn: number; readonly fail: number } | null;
  readonly source: string;
}

/** All-reduce bus bandwidth between VMs in GB/s, with the NCCL profile of the size: below `warn` look, below `fail` drain. */
export interface MultiNodeFloor {
  readonly warn: number;
  readonly fail: number | null;
  /** What healthy nodes were seen to reach without the profile: by then `fail` would drain all of them. `null` when unknown. */
  readonly withoutProfile: number | null;
}

/** NCCL (or RCCL) settings that the fabric of a size needs. */
export interface NcclProfile {
  readonly family: string;
  /** Environment on a plain VM with the HPC image, beyond what the image sets. */
  readonly vm: Readonly<Record<string, string>>;
  /** Environment inside an AKS pod, where adapters have other names. `NCCL_TOPO_FILE` comes on top, see `topology`. */
  readonly pod: Readonly<Record<string, string>>;
  readonly topology: TopologyFile | null;
  readonly source: string;
}

/**
 * Map of GPUs, adapters and links that NCCL builds its rings from. Small messages between nodes are a fifth slower without it,
 * while a bandwidth test of large ones shows nothing.
 */
export interface TopologyFile {
  /** Where the HPC image has it. AKS nodes do not ship it, so a pod needs it mounted, and gets it at the same place. */
  readonly imagePath: string;
  /** The whole file. */
  readonly content: string;
  /** Where to take it from, unchanged: with its bus ids written longer, NCCL ignores the file without a word. */
  readonly source: string;
}

/** Pay-as-you-go Linux price. A price row does not prove capacity. */
export interface Price {
  readonly usdPerHour: number;
  /** Region of `usdPerHour`, the lowest price seen; `null` for a price that a user declares: it is of where he builds. */
  readonly region: string | null;
  /** Highest price seen in any region. */
  readonly maxUsdPerHour: number;
  /** Regions with a price row, `null` for a price that a user declares. */
  readonly regions: readonly string[] | null;
  /** ISO date of the price list. */
  readonly asOf: string;
  readonly source: string;
}

/** One Azure VM size: the row that pool shapes, quotas, prices, power, policy and tests derive from. */
export interface VmSize {
  /** Exact Azure name. Letters decide: `ND96is` has no InfiniBand, `ND96isr` has. */
  readonly name: string;
  readonly series: string;
  /** `gpu` and `hpc` run jobs, `general` runs system pools and pods that need neither GPU nor InfiniBand. */
  readonly category: "gpu" | "hpc" | "general";
  readonly lifecycle: { readonly state: "current" | "previous" | "retired"; readonly note: string | null };
  /** Name of the vCPU quota family as the usage API returns it, `null` when no source tells. */
  readonly quotaFamily: string | null;
  readonly architecture: "x64" | "arm64";
  readonly vcpus: number;
  /** Host memory in GiB: the smaller of page and SKU API, since a larger request never schedules. */
  readonly memoryGiB: number;
  readonly gpu: Gpu | null;
  readonly infiniband: InfiniBand | null;
  /** Local NVMe disks, `null` when the size has none or no source counts them. */
  readonly nvme: { readonly disks: number; readonly totalGiB: number | null } | null;
  /** Temporary disk in GiB. */
  readonly tempDiskGiB: number | null;
  /** CPUs, memory, network and fans at full load in watts, `null` when no source tells: then it is estimated from the GPUs. */
  readonly hostPowerW: number | null;
  /** Network beside InfiniBand, by which a node reaches storage, in Gb/s; `null` when no source tells. */
  readonly frontEndGbps: number | null;
  readonly acceleratedNetworking: boolean;
  readonly ephemeralOsDisk: boolean;
  /** `null` means that no source tells: not the same as false. */
  readonly trustedLaunch: boolean | null;
  /** Whether an on-demand capacity reservation can hold machines of the size, `null` where no source tells. */
  readonly onDemandReservation: boolean | null;
  /** `null` when AKS does not run the size as a worker of this project. */
  readonly aks: AksSupport | null;
  /** Marketplace image that brings the driver of the size to a plain VM, or why there is none. */
  readonly hpcImage: HpcImage | NoHpcImage;
  readonly health: HealthFloors | null;
  readonly nccl: NcclProfile | null;
  /** `null` when no list price is known. */
  readonly price: Price | null;
  readonly sources: readonly string[];
  readonly notes: readonly string[];
  /** What a user declared of a size that the catalogue does not have; absent for a row of the catalogue. */
  readonly declared?: DeclaredFigures;
}

/** What a row of `sizes/` says of a size: all but its price, which the price list has. */
export type SizeFacts = Omit<VmSize, "price">;

/** Sizes that can be named, by exact Azure name. */
export type VmSizes = ReadonlyMap<string, VmSize>;

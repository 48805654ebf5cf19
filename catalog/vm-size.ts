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
  /** Memory of one whole GPU, in GB as the vendor counts. */
  readonly memoryGB: number;
  /** Memory a model can really use, when the vendor states less than `memoryGB`. */
  readonly usableMemoryGB: number;
  /** Board power of one GPU in watts, `null` when no source tells. */
  readonly boardPowerW: number | null;
  /** Dense BF16 throughput of one GPU in TFLOPS. */
  readonly bf16DenseTflops: number | null;
  /** Dense FP8 throughput of one GPU in TFLOPS. */
  readonly fp8DenseTflops: number | null;
  /** Scale-up link between GPUs, `null` without one. */
  readonly scaleUp: ScaleUpLink | null;
}

/** NVLink or Infinity Fabric. */
export interface ScaleUpLink {
  readonly name: string;
  readonly gbytesPerSecondPerGpu: number | null;
  /** GPUs that reach each other over the link. */
  readonly domainGpus: number;
  /** VMs in that domain: 1 inside a VM, 18 in a Grace-Blackwell rack. */
  readonly domainVms: number;
}

/** InfiniBand of one VM size, and what follows for placement. */
export interface InfiniBand {
  readonly generation: string;
  /** Host channel adapters in one VM. Kubernetes hands them out as `rdma/ib`. */
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
}

/** Who owns GPU driver and fabric in an AKS pool: one word, so that two owners cannot be written down. */
export const gpuStacks = ["gpu-operator", "aks-driver", "gb-dra", "amd-operator"] as const;
export type GpuStack = (typeof gpuStacks)[number];

/** How AKS may run a size. */
export interface AksSupport {
  /** Allowed owners of driver and fabric; the first is the default. */
  readonly gpuStacks: readonly GpuStack[];
  /** Allowed `osSKU` values; the first is the default. */
  readonly osSkus: readonly string[];
  /** MIG profiles AKS can set at pool creation; empty when MIG is not offered. */
  readonly migProfiles: readonly string[];
  /** Whether the cluster autoscaler may add and remove nodes. Racks are bought whole. */
  readonly autoscale: boolean;
  /** Whether spot priority is allowed. */
  readonly spot: boolean;
}

/** Lowest values that a healthy node reaches. `null` where no source gives one. */
export interface HealthFloors {
  /** All-reduce bus bandwidth inside one VM, GB/s. */
  readonly allReduceInNodeGBps: number | null;
  /** All-reduce bus bandwidth between VMs, GB/s: below `warn` look, below `fail` drain. */
  readonly allReduceMultiNodeGBps: { readonly warn: number; readonly fail: number } | null;
  /** `ib_write_bw` with GPUDirect for one HCA, Gb/s. */
  readonly infinibandWriteGbps: number | null;
  /** Sustained GEMM of one GPU, TFLOPS. */
  readonly gemmTflops: { readonly warn: number; readonly fail: number } | null;
  readonly source: string;
}

/** NCCL (or RCCL) settings that the fabric of a size needs. */
export interface NcclProfile {
  readonly family: string;
  /** Environment on a plain VM with the HPC image, beyond what the image sets. */
  readonly vm: Readonly<Record<string, string>>;
  /** Environment inside an AKS pod. */
  readonly pod: Readonly<Record<string, string>>;
  /** Topology file of the HPC image, `null` when none ships. In containers only when the image mounts it. */
  readonly topologyFile: string | null;
  readonly source: string;
}

/** Pay-as-you-go Linux price. A price row does not prove capacity. */
export interface Price {
  readonly usdPerHour: number;
  /** Region of `usdPerHour`, the lowest price seen. */
  readonly region: string;
  /** Highest price seen in any region. */
  readonly maxUsdPerHour: number;
  /** Regions with a price row. */
  readonly regions: readonly string[];
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
  readonly acceleratedNetworking: boolean;
  readonly ephemeralOsDisk: boolean;
  /** `null` means that no source tells: not the same as false. */
  readonly trustedLaunch: boolean | null;
  readonly onDemandCapacityReservation: boolean | null;
  /** `null` when AKS does not run the size as a worker of this project. */
  readonly aks: AksSupport | null;
  /** Marketplace image that brings the driver of the size to a plain VM, or why there is none. */
  readonly hpcImage: HpcImage | NoHpcImage;
  readonly health: HealthFloors | null;
  readonly nccl: NcclProfile | null;
  /** `null` when no list price is known. */
  readonly price: Price | null;
  /** Lowest known spot price in USD per hour, `null` without a source. */
  readonly spotUsdPerHour: number | null;
  readonly sources: readonly string[];
  readonly notes: readonly string[];
}

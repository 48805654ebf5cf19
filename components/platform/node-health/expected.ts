import type { DriverFaults } from "../../../catalog/driver-faults";

/**
 * How a node is asked for its GPUs: `nvidia-smi` row by row; the same for a list, where they are divided or parts, whose errors and clocks
 * are those of all who share a GPU; or the kernel's list of what computes, by which AMD's device plugin counts, too.
 */
export type GpuReader = "nvidia-smi" | "nvidia-smi-list" | "kfd";

/** What the nodes of a pool must show before they take work. Plain values: they travel to the cluster as JSON. */
export interface Expected {
  readonly reader: GpuReader;
  /** GPUs of a node, or the parts of GPUs that Kubernetes counts. */
  readonly gpus: number;
  /** Local NVMe disks of a node, 0 where it has none or nobody counts them. */
  readonly disks: number;
  /** InfiniBand adapters of a node, 0 without InfiniBand. */
  readonly hcas: number;
  /** Rate of each adapter's link in Gb/s, 0 without InfiniBand. */
  readonly gbitsPerSecondPerHca: number;
  /** Whether the adapters read GPU memory themselves. Null: no tool shows which way traffic between GPUs takes. */
  readonly gpuDirect: boolean | null;
  /** How often a link may have gone down since the driver was loaded. */
  readonly linkFlaps: number;
  /** Errors of the driver that no healthy node has had since it was started. */
  readonly driverFaults: DriverFaults;
  /** Lowest values of a healthy node, each null where none is known or nothing is there to be measured. */
  readonly floors: {
    /** Copy between host memory and one GPU, GB/s. */
    readonly hostCopyGBps: number | null;
    /** Copy between two GPUs, GB/s. */
    readonly peerCopyGBps: number | null;
    /** All-reduce bus bandwidth between the GPUs, GB/s. */
    readonly allReduceGBps: number | null;
    /** RDMA write of one adapter, Gb/s. */
    readonly infinibandWriteGbps: number | null;
    /** All-reduce bus bandwidth between all GPUs of two nodes over InfiniBand, GB/s. */
    readonly allReducePairGBps: number | null;
    /** Matrix products of one GPU while all of the node compute, TFLOPS. */
    readonly gemmTflops: number | null;
  };
}

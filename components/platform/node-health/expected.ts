/** What the nodes of a pool must show before they take work. Plain values: they travel to the cluster as JSON. */
export interface Expected {
  /** GPUs of a node. */
  readonly gpus: number;
  /** Local NVMe disks of a node, 0 where it has none or nobody counts them. */
  readonly disks: number;
  /** InfiniBand adapters of a node, 0 without InfiniBand. */
  readonly hcas: number;
  /** Rate of each adapter's link in Gb/s, 0 without InfiniBand. */
  readonly gbitsPerSecondPerHca: number;
  /** Whether the adapters read GPU memory themselves. */
  readonly gpuDirect: boolean;
  /** How often a link may have gone down since the driver was loaded. */
  readonly linkFlaps: number;
  /** Numbers of the driver's errors that no healthy node has had since it was started. */
  readonly faultyXids: readonly number[];
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

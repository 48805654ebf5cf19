const aks = "MicrosoftDocs/azure-aks-docs:articles/aks/custom-node-configuration-reference.md (2026-08-06)";
/** Names alone, of what the page leaves out. */
const types = "Azure/bicep-types-az:generated/containerservice (2026-05-01, SysctlConfig)";

/** A kernel setting of a node. */
export interface Sysctl {
  /** As the kernel calls it. */
  readonly key: string;
  /** Least and most that AKS takes, `null` where it names none or the value is no number. */
  readonly bounds: readonly [least: number, most: number] | null;
  /** What a node of AKS has without a word, `null` where it hangs on its memory or its release. */
  readonly default: number | null;
  readonly source: string;
}

/** A value that a number of JSON can hold. The kernel's own end of `fs.file-max`, 2^63 - 1, is what it is without a word. */
const most = Number.MAX_SAFE_INTEGER;

/** Kernel settings that AKS takes for a pool, by Azure's own names. The same names set them on machines without Kubernetes. */
export const sysctls = {
  fsAioMaxNr: { key: "fs.aio-max-nr", bounds: [65_536, 6_553_500], default: 65_536, source: aks },
  fsFileMax: { key: "fs.file-max", bounds: [8192, most], default: null, source: aks },
  fsInotifyMaxUserWatches: {
    key: "fs.inotify.max_user_watches",
    bounds: [781_250, 2_097_152],
    default: 1_048_576,
    source: aks,
  },
  fsNrOpen: { key: "fs.nr_open", bounds: [8192, 20_000_500], default: null, source: aks },
  kernelThreadsMax: { key: "kernel.threads-max", bounds: null, default: null, source: aks },
  netCoreNetdevMaxBacklog: {
    key: "net.core.netdev_max_backlog",
    bounds: [1000, 3_240_000],
    default: 1000,
    source: aks,
  },
  netCoreOptmemMax: { key: "net.core.optmem_max", bounds: [20_480, 4_194_304], default: null, source: aks },
  netCoreRmemDefault: { key: "net.core.rmem_default", bounds: null, default: null, source: types },
  netCoreRmemMax: { key: "net.core.rmem_max", bounds: [212_992, 134_217_728], default: null, source: aks },
  netCoreSomaxconn: { key: "net.core.somaxconn", bounds: [4096, 3_240_000], default: 16_384, source: aks },
  netCoreWmemDefault: { key: "net.core.wmem_default", bounds: null, default: null, source: types },
  netCoreWmemMax: { key: "net.core.wmem_max", bounds: [212_992, 134_217_728], default: 212_992, source: aks },
  // Two numbers in one: its bounds stand beside the check.
  netIpv4IpLocalPortRange: { key: "net.ipv4.ip_local_port_range", bounds: null, default: null, source: aks },
  netIpv4NeighDefaultGcThresh1: {
    key: "net.ipv4.neigh.default.gc_thresh1",
    bounds: [128, 80_000],
    default: 4096,
    source: aks,
  },
  netIpv4NeighDefaultGcThresh2: {
    key: "net.ipv4.neigh.default.gc_thresh2",
    bounds: [512, 90_000],
    default: 8192,
    source: aks,
  },
  netIpv4NeighDefaultGcThresh3: {
    key: "net.ipv4.neigh.default.gc_thresh3",
    bounds: [1024, 100_000],
    default: 16_384,
    source: aks,
  },
  netIpv4TcpFinTimeout: { key: "net.ipv4.tcp_fin_timeout", bounds: [5, 120], default: 60, source: aks },
  netIpv4TcpKeepaliveProbes: { key: "net.ipv4.tcp_keepalive_probes", bounds: [1, 15], default: 9, source: aks },
  netIpv4TcpKeepaliveTime: { key: "net.ipv4.tcp_keepalive_time", bounds: [30, 432_000], default: 7200, source: aks },
  netIpv4TcpMaxSynBacklog: {
    key: "net.ipv4.tcp_max_syn_backlog",
    bounds: [128, 3_240_000],
    default: 16_384,
    source: aks,
  },
  netIpv4TcpMaxTwBuckets: { key: "net.ipv4.tcp_max_tw_buckets", bounds: [8000, 1_440_000], default: null, source: aks },
  netIpv4TcpTwReuse: { key: "net.ipv4.tcp_tw_reuse", bounds: null, default: null, source: aks },
  netIpv4TcpkeepaliveIntvl: { key: "net.ipv4.tcp_keepalive_intvl", bounds: [10, 90], default: 75, source: aks },
  netNetfilterNfConntrackBuckets: {
    key: "net.netfilter.nf_conntrack_buckets",
    bounds: [65_536, 524_288],
    default: null,
    source: aks,
  },
  netNetfilterNfConntrackMax: {
    key: "net.netfilter.nf_conntrack_max",
    bounds: [131_072, 2_097_152],
    default: null,
    source: aks,
  },
  vmMaxMapCount: { key: "vm.max_map_count", bounds: null, default: null, source: aks },
  vmSwappiness: { key: "vm.swappiness", bounds: [0, 100], default: 60, source: aks },
  vmVfsCachePressure: { key: "vm.vfs_cache_pressure", bounds: [1, 100], default: 100, source: aks },
} as const satisfies Readonly<Record<string, Sysctl>>;

export type SysctlName = keyof typeof sysctls;

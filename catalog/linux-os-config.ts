import { z } from "zod";
import type { Problems } from "../core/problems";
import { keysOf } from "../core/records";
import { sysctls } from "./sysctls";
import type { VmSize } from "./vm-size";

/** Source of both: MicrosoftDocs/azure-aks-docs:articles/aks/custom-node-configuration-reference.md (2026-08-06) */
const transparentHugePages = ["always", "madvise", "never"] as const;
const hugePageDefrag = ["always", "defer", "defer+madvise", "madvise", "never"] as const;

/** Kernel settings by Azure's names. What Azure leaves open the kernel bounds. */
const sysctlsShape = z.strictObject({
  /** `fs.aio-max-nr`: asynchronous requests for files at once, 65536 to 6553500. Default: 65536. */
  fsAioMaxNr: z.int().exactOptional(),
  /** `fs.file-max`: open files of the whole node, from 8192. Default: no limit. */
  fsFileMax: z.int().exactOptional(),
  /** `fs.inotify.max_user_watches`: watched files of one user, 781250 to 2097152. Default: 1048576. */
  fsInotifyMaxUserWatches: z.int().exactOptional(),
  /** `fs.nr_open`: open files of one process, 8192 to 20000500. Default: 1048576, or more on Azure Linux. */
  fsNrOpen: z.int().exactOptional(),
  /** `kernel.threads-max`: threads of the node. Default: as the memory of the node has it. */
  kernelThreadsMax: z.int().exactOptional(),
  /** `net.core.netdev_max_backlog`: packets that wait for the kernel, 1000 to 3240000. Default: 1000. */
  netCoreNetdevMaxBacklog: z.int().exactOptional(),
  /** `net.core.optmem_max`: ancillary buffer of a socket in bytes, 20480 to 4194304. Default: as the release has it. */
  netCoreOptmemMax: z.int().exactOptional(),
  /** `net.core.rmem_default`: receive buffer of a socket in bytes, without a word of its program. Default: as the release has it. */
  netCoreRmemDefault: z.int().exactOptional(),
  /** `net.core.rmem_max`: largest receive buffer of a socket in bytes, 212992 to 134217728. Default: as the release has it. */
  netCoreRmemMax: z.int().exactOptional(),
  /** `net.core.somaxconn`: connections that wait at one socket, 4096 to 3240000. Default: 16384. */
  netCoreSomaxconn: z.int().exactOptional(),
  /** `net.core.wmem_default`: send buffer of a socket in bytes, without a word of its program. Default: as the release has it. */
  netCoreWmemDefault: z.int().exactOptional(),
  /** `net.core.wmem_max`: largest send buffer of a socket in bytes, 212992 to 134217728. Default: 212992. */
  netCoreWmemMax: z.int().exactOptional(),
  /**
   * `net.ipv4.ip_local_port_range`: first and last port that connections start from, "32768 60999": the first 1024 to 60999, the last
   * 32768 to 65535. Default: "32768 60999".
   */
  netIpv4IpLocalPortRange: z.string().exactOptional(),
  /** `net.ipv4.neigh.default.gc_thresh1`: neighbours that are never forgotten, 128 to 80000. Default: 4096. */
  netIpv4NeighDefaultGcThresh1: z.int().exactOptional(),
  /** `net.ipv4.neigh.default.gc_thresh2`: neighbours that are forgotten soon, 512 to 90000. Default: 8192. */
  netIpv4NeighDefaultGcThresh2: z.int().exactOptional(),
  /** `net.ipv4.neigh.default.gc_thresh3`: neighbours at most, 1024 to 100000. Default: 16384. */
  netIpv4NeighDefaultGcThresh3: z.int().exactOptional(),
  /** `net.ipv4.tcp_fin_timeout`: seconds in FIN_WAIT_2, 5 to 120. Default: 60. */
  netIpv4TcpFinTimeout: z.int().exactOptional(),
  /** `net.ipv4.tcp_keepalive_probes`: probes until a connection counts as lost, 1 to 15. Default: 9. */
  netIpv4TcpKeepaliveProbes: z.int().exactOptional(),
  /** `net.ipv4.tcp_keepalive_time`: seconds of silence before the first probe, 30 to 432000. Default: 7200. */
  netIpv4TcpKeepaliveTime: z.int().exactOptional(),
  /** `net.ipv4.tcp_max_syn_backlog`: connections that are not acknowledged yet, 128 to 3240000. Default: 16384. */
  netIpv4TcpMaxSynBacklog: z.int().exactOptional(),
  /** `net.ipv4.tcp_max_tw_buckets`: sockets in TIME-WAIT at once, 8000 to 1440000. Default: as the release has it. */
  netIpv4TcpMaxTwBuckets: z.int().exactOptional(),
  /** `net.ipv4.tcp_tw_reuse`: new connections take sockets in TIME-WAIT. Default: those of the node itself. */
  netIpv4TcpTwReuse: z.boolean().exactOptional(),
  /** `net.ipv4.tcp_keepalive_intvl`: seconds between probes, 10 to 90. Default: 75. */
  netIpv4TcpkeepaliveIntvl: z.int().exactOptional(),
  /** `net.netfilter.nf_conntrack_buckets`: rows of the table of connections, 65536 to 524288. Default: as memory has it. */
  netNetfilterNfConntrackBuckets: z.int().exactOptional(),
  /** `net.netfilter.nf_conntrack_max`: connections that are known at once, 131072 to 2097152. Default: as memory has it. */
  netNetfilterNfConntrackMax: z.int().exactOptional(),
  /** `vm.max_map_count`: memory maps of one process. Default: as the release has it. */
  vmMaxMapCount: z.int().exactOptional(),
  /** `vm.swappiness`: how eagerly memory goes to the swap file, 0 to 100. Default: 60. */
  vmSwappiness: z.int().exactOptional(),
  /** `vm.vfs_cache_pressure`: how eagerly the cache of file names is dropped, 1 to 100. Default: 100. */
  vmVfsCachePressure: z.int().exactOptional(),
});

/** What the operating system of a node is told, by Azure's own names. */
export const linuxOsConfigShape = z.strictObject({
  /** Kernel settings. */
  sysctls: sysctlsShape.exactOptional(),
  /** Who gets huge pages without asking. Default: as the release has it, `always` on Ubuntu. */
  transparentHugePageEnabled: z.enum(transparentHugePages).exactOptional(),
  /** Who waits while memory is tidied for huge pages. Default: madvise. */
  transparentHugePageDefrag: z.enum(hugePageDefrag).exactOptional(),
  /** Swap file on the temporary disk in MB, at most its size. On AKS it needs kubeletConfig.failSwapOn: false. Default: none. */
  swapFileSizeMB: z.int().exactOptional(),
});

export type LinuxOsConfig = z.output<typeof linuxOsConfigShape>;

/** Notes a problem for each setting that a node of the size cannot have. Paths begin with `linuxOSConfig`. */
export function checkLinuxOsConfig(config: LinuxOsConfig, size: VmSize | undefined, problems: Problems): void {
  const { sysctls: given = {}, swapFileSizeMB: swap } = config;
  const at = "linuxOSConfig.sysctls";
  for (const name of keysOf(sysctls)) {
    const value = given[name];
    if (typeof value === "number") {
      const [least, most] = sysctls[name].bounds ?? [1, Number.MAX_SAFE_INTEGER];
      problems.requireWhole(`${at}.${name}`, value, [least, most], `: it is ${sysctls[name].key}`);
    }
  }
  checkPorts(given.netIpv4IpLocalPortRange, `${at}.netIpv4IpLocalPortRange`, problems);
  for (const [less, more] of ascending) {
    const [low, high] = [given[less], given[more]];
    if (low === undefined && high === undefined) continue;
    const [least, most] = [low ?? sysctls[less].default, high ?? sysctls[more].default];
    problems.require(
      least === null || most === null || least <= most,
      `${at}.${low === undefined ? more : less}`,
      low === undefined ? `must be at least ${less} (${least ?? ""})` : `must be at most ${more} (${most ?? ""})`,
      { got: low ?? high, remedy: `Write both: ${less} and ${more}` },
    );
  }
  const { transparentHugePageEnabled: pages, transparentHugePageDefrag: defrag } = config;
  problems.require(
    pages !== "never" || defrag === undefined || defrag === "never",
    "linuxOSConfig.transparentHugePageDefrag",
    "must be absent: with transparentHugePageEnabled: never there is nothing to tidy memory for",
    { got: defrag, remedy: "Leave it out, or use transparentHugePageEnabled: madvise" },
  );
  if (swap === undefined || size === undefined) return;
  const disk = size.tempDiskGiB;
  if (disk === null) {
    problems.require(
      false,
      "linuxOSConfig.swapFileSizeMB",
      `must be absent: the swap file lies on the temporary disk, and ${size.name} has none that the catalogue knows`,
      { got: swap, remedy: "Leave it out, or choose a size with a temporary disk (docs/sizes.md)" },
    );
    return;
  }
  problems.requireWhole(
    "linuxOSConfig.swapFileSizeMB",
    swap,
    [1, Math.floor(disk * 1024)],
    `, what the temporary disk of ${size.name} holds`,
  );
}

/** What would stand the other way round: the kernel takes the larger for both, or drops what it should keep. */
const ascending = [
  ["netIpv4NeighDefaultGcThresh1", "netIpv4NeighDefaultGcThresh2"],
  ["netIpv4NeighDefaultGcThresh2", "netIpv4NeighDefaultGcThresh3"],
  ["netNetfilterNfConntrackBuckets", "netNetfilterNfConntrackMax"],
] as const;

/** Source: as of transparentHugePages. */
const portBounds = { first: [1024, 60_999], last: [32_768, 65_535] } as const;

function checkPorts(range: string | undefined, path: string, problems: Problems): void {
  if (range === undefined) return;
  const [, first = Number.NaN, last = Number.NaN] = (/^(\d{1,5}) (\d{1,5})$/.exec(range) ?? []).map(Number);
  const [leastFirst, mostFirst] = portBounds.first;
  const [leastLast, mostLast] = portBounds.last;
  problems.require(
    first >= leastFirst && first <= mostFirst && last >= leastLast && last <= mostLast && first < last,
    path,
    `must be two ports with a space between them, the first ${leastFirst} to ${mostFirst}, the last ${leastLast} to ${mostLast} and greater`,
    { got: range, remedy: 'Write "32768 60999" for example' },
  );
}

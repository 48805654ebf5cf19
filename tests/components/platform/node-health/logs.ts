import type { Expected } from "../../../../components/platform/node-health/expected";

/** What the tools of one node measured, and in which state it is. */
export interface Measured {
  /** GPUs that the driver sees. */
  readonly gpus: number;
  readonly eccErrors: number;
  readonly remapPending: boolean;
  /** Local disks. */
  readonly disks: number;
  /** States of disks that are not live. */
  readonly diskStates: Readonly<Record<number, string>>;
  /** Adapters with InfiniBand links. */
  readonly hcas: number;
  /** States of the ports, where not all are active. */
  readonly portStates: Readonly<Record<number, string>>;
  readonly rate: string;
  readonly linkDowned: Readonly<Record<number, number>>;
  readonly hostCopyGBps: number;
  readonly peerCopyGBps: number;
  readonly allReduceGBps: number;
  readonly wrongResults: number;
  readonly infinibandWriteGbps: number;
  readonly gemmTflops: number;
  /** Way that NCCL takes out of a process. */
  readonly transport: string;
  readonly kernel: readonly string[];
  readonly throttled: boolean;
  readonly inactiveLink: boolean;
}

/** What a node shows that reaches each floor and not a bit more; where there is no floor, anything. */
export function justGood({ gpus, disks, hcas, gbitsPerSecondPerHca, gpuDirect, floors }: Expected): Measured {
  return {
    gpus,
    eccErrors: 0,
    remapPending: false,
    disks,
    diskStates: {},
    hcas,
    portStates: {},
    rate: `${gbitsPerSecondPerHca} Gb/sec (4X NDR)`,
    linkDowned: {},
    hostCopyGBps: floors.hostCopyGBps ?? 1,
    peerCopyGBps: floors.peerCopyGBps ?? 1,
    allReduceGBps: floors.allReduceGBps ?? 1,
    wrongResults: 0,
    infinibandWriteGbps: floors.infinibandWriteGbps ?? 1,
    gemmTflops: floors.gemmTflops ?? 1,
    transport: gpuDirect === true ? "NET/IB/0/GDRDMA" : "NET/IB/0",
    kernel: [],
    throttled: false,
    inactiveLink: false,
  };
}

const part = (name: string, lines: readonly string[], exitCode = 0): string =>
  [`== begin ${name}`, ...lines, "", `== end ${name} ${exitCode}`].join("\n");
const numbers = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

/** The parts of a log of the checks, by name, in the formats of the tools. */
export function logParts(it: Measured, expected: Expected): Record<string, string> {
  const { floors, gpus: wanted, disks: wantedDisks } = expected;
  const gpus = numbers(it.gpus);
  const adapters = numbers(it.hcas);
  return {
    ...(floors.gemmTflops !== null &&
      Object.fromEntries(gpus.map((at) => [`gemm ${at}`, part(`gemm ${at}`, [gigaflops(it.gemmTflops, at)])]))),
    host: part("host", ["HostName", "zurich-07", "PhysicalHostName", "YTO21PrdGPU012", "VirtualMachineName", "x"]),
    ...gpuParts(it, expected),
    copy: part("copy", copy(it, wanted)),
    "all-reduce": part("all-reduce", allReduce(it)),
    ...(wantedDisks > 0 && {
      disks: part("disks", [
        // The one of the system comes in between.
        "nvme0|MSFT NVMe Accelerator v1.0|live",
        ...numbers(it.disks).map((at) => `nvme${at + 1}|Microsoft NVMe Direct Disk v2|${it.diskStates[at] ?? "live"}`),
      ]),
    }),
    infiniband: part(
      "infiniband",
      adapters.map((at) => `mlx5_${at}|${it.portStates[at] ?? "4: ACTIVE"}|${it.rate}|${it.linkDowned[at] ?? 0}`),
    ),
    ...(expected.gpuDirect !== null && { transport: part("transport", transport(it)) }),
    ...(floors.infinibandWriteGbps !== null &&
      Object.fromEntries(
        adapters.map((at) => [`ib-write ${at}`, part(`ib-write mlx5_${at}`, writeRows(it.infinibandWriteGbps, at))]),
      )),
    "kernel-log": part("kernel-log", it.kernel),
  };
}

/** What a node says of its GPUs, in the form of each reader. */
function gpuParts(it: Measured, { reader }: Expected): Record<string, string> {
  const gpus = numbers(it.gpus);
  if (reader === "nvidia-smi-list") return { gpus: part("gpus", listed(it.gpus)) };
  // Two CPUs, which compute as well.
  if (reader === "kfd") return { gpus: part("gpus", ["0|0", "1|0", ...gpus.map((at) => `${at + 2}|${41000 + at}`)]) };
  return {
    gpus: part(
      "gpus",
      gpus.map((at) => `${at}, NVIDIA H100 80GB HBM3, ${at === Math.min(1, it.gpus - 1) ? it.eccErrors : 0}, 0`),
    ),
    "remapped-rows": part(
      "remapped-rows",
      gpus.map((at) => `0000000${at}:00:00.0, ${it.remapPending && at === Math.min(2, it.gpus - 1) ? 1 : 0}, 0`),
    ),
    nvlink: part(
      "nvlink",
      gpus.flatMap((at) => [
        `GPU ${at}: NVIDIA H100 80GB HBM3 (UUID: GPU-c7e253b0-c227-6f10-e860-7482c85e7ce${at})`,
        `\t Link 0: 26.562 GB/s`,
        it.inactiveLink && at === Math.min(3, it.gpus - 1) ? `\t Link 1: <inactive>` : `\t Link 1: 26.562 GB/s`,
      ]),
    ),
    clocks: part(
      "clocks",
      [0, 1].flatMap((round) =>
        gpus.map((at) => `${at}, ${it.throttled && round === 1 && at === 0 ? "Active" : "Not Active"}, Not Active`),
      ),
    ),
  };
}

/** Parts of one GPU, or a GPU alone. */
function listed(count: number): string[] {
  const gpu = "GPU 0: NVIDIA A100 80GB PCIe (UUID: GPU-c7e253b0-c227-6f10-e860-7482c85e7ce0)";
  const instance = (at: number): string =>
    `  MIG 1g.10gb     Device  ${at}: (UUID: MIG-5f2ef3a3-91de-5b7f-9d3a-0c1d6a0d5c0${at})`;
  return count < 2 ? numbers(count).map(() => gpu) : [gpu, ...numbers(count).map(instance)];
}

/** What a node reaches in a test with another one. */
interface PairMeasured {
  readonly hcas: number;
  /** What its slowest adapter writes, in Gb/s. */
  readonly gbps: number;
  /** What the GPUs of both reach together, in GB/s, in the log of the first of the two. Absent: no all-reduce was made. */
  readonly allReduceGBps?: number;
  /** Way that NCCL takes between the two. */
  readonly transport?: string;
  readonly wrongResults?: number;
}

/** What a node writes down of a test with another one, where it reaches so much and no more. */
export function pairLog(at: number, { hcas, gbps, allReduceGBps, ...more }: PairMeasured): string {
  const adapters = numbers(hcas).map((adapter) => part(`pair ${at} mlx5_${adapter}`, writeRows(gbps, adapter)));
  const together =
    allReduceGBps === undefined ? [] : [part(`pair ${at} all-reduce`, pairAllReduce({ allReduceGBps, ...more }))];
  return `${[...adapters, ...together, part(`pair ${at}`, [])].join("\n")}\n`;
}

/** The ways between two nodes, each once, and what nccl-tests says. */
function pairAllReduce({
  allReduceGBps,
  transport: way = "NET/IB/*/GDRDMA",
  wrongResults = 0,
}: Pick<PairMeasured, "transport" | "wrongResults"> & { readonly allReduceGBps: number }): string[] {
  return [`    512  via ${way}`, ...allReduce({ allReduceGBps, wrongResults, gpus: 16 })];
}

/** The log as a whole. */
export function logOf(it: Measured, expected: Expected): string {
  return `${Object.values(logParts(it, expected)).join("\n")}\n`;
}

/** The slowest is one among others. */
function gigaflops(tflops: number, at: number): string {
  return `GFlops:${((at === 0 ? tflops : tflops + 12.5) * 1000).toExponential(5)}`;
}

/** Source of the form: NVIDIA/nvbandwidth:README.md (v0.4). With one GPU there is nobody to copy to. */
function copy({ hostCopyGBps, peerCopyGBps }: Measured, gpus: number): string[] {
  const head = `      ${numbers(gpus)
    .map((at) => String(at).padStart(10))
    .join("")}`;
  const row = (from: number, value: (to: number) => string): string =>
    ` ${from}${numbers(gpus)
      .map((to) => value(to).padStart(10))
      .join("")}`;
  // The slowest is one among others.
  const host = (to: number): string => (to === gpus - 1 ? hostCopyGBps : hostCopyGBps + 3.27).toFixed(3);
  const peer = (to: number, from: number): string =>
    to === from ? "N/A" : (to === 0 && from === 1 ? peerCopyGBps : peerCopyGBps + 11.9).toFixed(3);
  return [
    "nvbandwidth Version: v0.4",
    "Built from Git version: ",
    "",
    "NOTE: This tool reports current measured bandwidth on your system.",
    "CUDA Runtime Version: 12040",
    "CUDA Driver Version: 13020",
    "",
    "Running host_to_device_memcpy_ce.",
    "memcpy CE CPU(row) -> GPU(column) bandwidth (GB/s)",
    head,
    row(0, (to) => (Number(host(to)) + 1).toFixed(3)),
    "",
    `SUM host_to_device_memcpy_ce ${(hostCopyGBps * gpus).toFixed(2)}`,
    "",
    "Running device_to_host_memcpy_ce.",
    "memcpy CE CPU(row) <- GPU(column) bandwidth (GB/s)",
    head,
    row(0, host),
    "",
    `SUM device_to_host_memcpy_ce ${(hostCopyGBps * gpus).toFixed(2)}`,
    "",
    "Running device_to_device_memcpy_read_ce.",
    ...(gpus === 1
      ? ["Waived: "]
      : [
          "memcpy CE GPU(row) -> GPU(column) bandwidth (GB/s)",
          head,
          ...numbers(gpus).map((from) => row(from, (to) => peer(to, from))),
          "",
          `SUM device_to_device_memcpy_read_ce ${(peerCopyGBps * gpus * (gpus - 1)).toFixed(2)}`,
        ]),
  ];
}

/** Source of the form: NVIDIA/nccl-tests:src/common.cu (v2.13.8) */
function allReduce({
  allReduceGBps,
  wrongResults,
  gpus,
}: Pick<Measured, "allReduceGBps" | "wrongResults" | "gpus">): string[] {
  return [
    "# nThread 1 nGpus 1 minBytes 17179869184 maxBytes 17179869184 step: 1048576(bytes) warmup iters: 5 iters: 20 agg iters: 1 validation: 1 graph: 0",
    "#",
    "# Using devices",
    ...numbers(gpus).map(
      (at) =>
        `#  Rank  ${at} Group  0 Pid     ${40 + at} on node-checks device  ${at} [0x0${at}] NVIDIA H100 80GB HBM3`,
    ),
    "#",
    "#                                                              out-of-place                       in-place          ",
    "#       size         count      type   redop    root     time   algbw   busbw #wrong     time   algbw   busbw #wrong",
    "#        (B)    (elements)                               (us)  (GB/s)  (GB/s)            (us)  (GB/s)  (GB/s)       ",
    ` 17179869184    4294967296     float     sum      -1    62477  274.98  ${allReduceGBps}      ${wrongResults}    62480  274.97  ${allReduceGBps}      ${wrongResults}`,
    `# Out of bounds values : ${wrongResults} ${wrongResults === 0 ? "OK" : "FAILED"}`,
    `# Avg bus bandwidth    : ${allReduceGBps} `,
    "#",
  ];
}

/** Source of the form: NVIDIA/nccl issues 1453 and 676, NVIDIA/nccl:src/transport/net.cc (v2.23) */
function transport({ transport: way, gpus }: Measured): string[] {
  const socket = way.startsWith("NET/Socket");
  const at = (rank: number): string => `node-checks-x7k2p:${100 + rank}:${140 + rank} [${rank}] NCCL INFO`;
  return [
    "# nThread 1 nGpus 1 minBytes 1073741824 maxBytes 1073741824 step: 1048576(bytes) warmup iters: 5 iters: 5 agg iters: 1 validation: 1 graph: 0",
    `${at(0)} Bootstrap : Using eth0:10.224.0.17<0>`,
    socket
      ? `${at(0)} NET/IB : No device found.`
      : `${at(0)} NET/IB : Using [0]mlx5_0:1/IB [1]mlx5_1:1/IB [RO]; OOB eth0:10.224.0.17<0>`,
    ...(socket ? [`${at(0)} NET/Socket : Using [0]eth0:10.224.0.17<0>`] : []),
    `${at(0)} Using network ${socket ? "Socket" : "IB"}`,
    ...numbers(gpus).flatMap((rank) => [
      `${at(rank)} Channel 00/0 : ${rank}[${rank}] -> ${(rank + 1) % gpus}[${(rank + 1) % gpus}] [send] via ${way}`,
      `${at(rank)} Channel 01/0 : ${(rank + 1) % gpus}[${(rank + 1) % gpus}] -> ${rank}[${rank}] [receive] via ${rank === 0 ? way : way.replace("/0", `/${rank}`)}`,
    ]),
    `${at(0)} Connected all rings`,
    "# Out of bounds values : 0 OK",
    "# Avg bus bandwidth    : 38.4 ",
  ];
}

/** Source of the form: linux-rdma/perftest:src/perftest_parameters.c (v23.10.0) */
function writeRows(infinibandWriteGbps: number, at: number): string[] {
  // The slowest is one among others.
  const average = (at === 0 ? infinibandWriteGbps : infinibandWriteGbps + 2.1).toFixed(2);
  const line = "---------------------------------------------------------------------------------------";
  return [
    "Perftest doesn't supports CUDA tests with inline messages: inline size set to 0",
    line,
    "                    RDMA_Write BW Test",
    ` Dual-port       : OFF\t\tDevice         : mlx5_${at}`,
    " Number of qps   : 1\t\tTransport type : IB",
    " Mtu             : 4096[B]",
    " Link type       : IB",
    line,
    " local address: LID 0x5c3 QPN 0x0127 PSN 0x80d62c RKey 0x20fcff VAddr 0x007f45c1000000",
    line,
    " #bytes     #iterations    BW peak[Gb/sec]    BW average[Gb/sec]   MsgRate[Mpps]",
    "Conflicting CPU frequency values detected: 2000.000000 != 3799.885000. CPU Frequency is not max.",
    ` 8388608    5000             ${(Number(average) + 40).toFixed(2)}             ${average}             0.005858`,
    line,
  ];
}

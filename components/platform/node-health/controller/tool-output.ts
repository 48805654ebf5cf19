/**
 * Bandwidths in the tables of one test of nvbandwidth, without the places where a GPU would copy to itself.
 * Source: NVIDIA/nvbandwidth:output.cpp (v0.4): `Running <test>.`, a table with a row for each device, `SUM <test> <value>`
 */
export function copyBandwidths(lines: readonly string[], test: string): readonly number[] {
  const from = lines.findIndex((line) => line.startsWith(`Running ${test}.`));
  const rest = from < 0 ? [] : lines.slice(from + 1);
  const to = rest.findIndex((line) => line.startsWith(`SUM ${test} `));
  // Without its sum a table may lack rows.
  const table = to < 0 ? [] : rest.slice(0, to);
  return table
    .filter((line) => /^\s*\d+(\s+(\d+\.\d+|N\/A))+\s*$/.test(line))
    .flatMap((line) => line.trim().split(/\s+/).slice(1))
    .filter((it) => it !== "N/A")
    .map(Number);
}

/** What an all-reduce of nccl-tests says in its last lines. Source: NVIDIA/nccl-tests:src/common.cu (v2.13.8) */
export interface AllReduce {
  /** Bus bandwidth in GB/s, null where the run did not come to its end. */
  readonly busGBps: number | null;
  /** Whether it found wrong results. */
  readonly wrong: boolean;
}

/** The same, read. */
export function allReduce(lines: readonly string[]): AllReduce {
  const bandwidth = lines.flatMap((line) => /^# Avg bus bandwidth\s*:\s*([\d.]+)/.exec(line)?.[1] ?? [])[0];
  return {
    busGBps: bandwidth === undefined ? null : Number(bandwidth),
    wrong: lines.some((line) => line.startsWith("# Out of bounds values") && line.includes("FAILED")),
  };
}

/**
 * Average of a run of perftest in Gb/s: the fourth number of the row below its heading.
 * Source: linux-rdma/perftest:src/perftest_parameters.h (RESULT_FMT_G, REPORT_FMT)
 */
export function writeBandwidth(lines: readonly string[]): number | undefined {
  const heading = lines.findIndex((line) => /^\s*#bytes\s.*BW average\[Gb\/sec\]/.test(line));
  const row =
    heading < 0 ? undefined : lines.slice(heading + 1).find((line) => /^\s*\d+\s+\d+\s+[\d.]+\s+[\d.]+/.test(line));
  const average = row?.trim().split(/\s+/)[3];
  return average === undefined ? undefined : Number(average);
}

/** What a run of ubergemm reached in TFLOPS. Source: as for the tool in `products-script.ts` (`GFlops:7.50000e+05`) */
export function productTflops(lines: readonly string[]): number | undefined {
  const gflops = lines.flatMap((line) => /^GFlops:(\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/.exec(line.trim())?.[1] ?? [])[0];
  return gflops === undefined ? undefined : Math.round(Number(gflops) / 100) / 10;
}

/** Ways that NCCL took out of a process, such as `NET/IB/0/GDRDMA`. Source: NVIDIA/nccl:src/transport/net.cc (`via NET/%s/%d%s%s`) */
export function netTransports(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => / via (NET\/\S+)/.exec(line)?.[1] ?? []);
}

/** Whether such a way goes over InfiniBand: NCCL's own network, or the one of a plugin of NVIDIA, which calls it `IBext`. */
export function isInfiniband(way: string): boolean {
  return /^NET\/IB(ext\w*)?\//.test(way);
}

/** Rows of a table of nvidia-smi that begin with the number of a GPU. */
export function gpuRows(lines: readonly string[]): readonly (readonly string[])[] {
  return csvRows(lines).filter(([gpu = ""]) => /^\d+$/.test(gpu));
}

/** Fields of a table of nvidia-smi without heading and units, row by row. */
export function csvRows(lines: readonly string[]): readonly (readonly string[])[] {
  return lines.map((line) => line.split(",").map((it) => it.trim())).filter((row) => row.length > 1);
}

/**
 * GPUs in a list of nvidia-smi, or where some are divided their instances.
 * Source: NVIDIA's MIG user guide, `nvidia-smi -L`: `GPU 0: <name> (UUID: GPU-...)`, `  MIG 3g.20gb     Device  0: (UUID: MIG-...)`
 */
export function listedGpus(lines: readonly string[]): number {
  const instances = lines.filter((line) => /^\s+MIG \S+\s+Device\s+\d+:/.test(line)).length;
  return instances > 0 ? instances : lines.filter((line) => /^GPU \d+:/.test(line)).length;
}

/** GPUs in the kernel's list of what computes, place and number between bars: the number of a CPU is 0. */
export function kfdGpus(lines: readonly string[]): number {
  return lines.filter((line) => /^\d+\|[1-9]\d*$/.test(line.trim())).length;
}

/** One port, as the kernel shows it. */
export interface Port {
  readonly device: string;
  readonly state: string;
  readonly gbitsPerSecond: number;
  /** Null where the kernel does not count. */
  readonly linkDowned: number | null;
}

/**
 * Ports of the adapters, one in each line: device, state, rate and how often the link went down, between bars.
 * Sources: linux:Documentation/ABI/stable/sysfs-class-infiniband; that Azure's adapters count links that go down, Azure Monitor shows in
 * its page on metrics of GPUs and InfiniBand with Telegraf (2025-12-17)
 */
export function ports(lines: readonly string[]): readonly Port[] {
  return lines.flatMap((line) => {
    const [device, state, rate, downed, ...more] = line.split("|").map((it) => it.trim());
    const gbits = /^([\d.]+) Gb\/sec/.exec(rate ?? "")?.[1];
    if (device === undefined || state === undefined || gbits === undefined || more.length > 0) return [];
    return [
      { device, state, gbitsPerSecond: Number(gbits), linkDowned: /^\d+$/.test(downed ?? "") ? Number(downed) : null },
    ];
  });
}

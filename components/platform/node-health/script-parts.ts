/** Where the image has its tools. Source: Azure/azurehpc-health-checks:dockerfile/azure-nvrt-nhc.dockerfile (2026-05-01) */
export const tools = {
  folder: "/azure-nhc/bin",
  allReduce: "/opt/nccl-tests/build/all_reduce_perf",
  mpi: "/opt/openmpi",
  topologies: "/azure-nhc/topofiles",
} as const;

/** Writes down what a command says and how it ended, between a line that begins with `== begin` and one with `== end`. */
export const section = `section() {
  local name=$1 code
  shift
  printf '== begin %s\\n' "$name"
  "$@" 2>&1
  code=$?
  printf '\\n== end %s %s\\n' "$name" "$code"
  return "$code"
}`;

/** Adapters with InfiniBand links. The other ones of a VM carry its Ethernet. */
export const findAdapters = `adapters=()
for port in $(printf '%s\\n' /sys/class/infiniband/*/ports/1 | sort -V); do
  [ "$(cat "$port/link_layer" 2> /dev/null)" = InfiniBand ] || continue
  adapters+=("$(basename "\${port%/ports/1}")")
done`;

/**
 * RDMA writes of one adapter, `$adapter`, which is number `$place` of its node; whoever writes adds the address of the one who listens.
 * Source of the options: Azure/azurehpc-health-checks:customTests/azure_ib_write_bw_gdr.nhc (2026-05-01)
 * @param firstPort TCP port of the first adapter, by which the two find each other.
 */
export function writeCommand(from: "gpu" | "host", firstPort: number): string {
  const [program, memory] = from === "gpu" ? ["ib_write_bw", ' --use_cuda="$place"'] : ["ib_write_bw_nongdr", ""];
  return `${tools.folder}/${program} -d "$adapter" -p "$((${firstPort} + place))" -s 8388608 -x 0 -F --report_gbits --perform_warm_up${memory}`;
}

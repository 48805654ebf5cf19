import type { Expected, GpuReader } from "./expected";
import { findAdapters, section, tools, writeCommand } from "./script-parts";

/** How the checks of a pool run, beside what they must show. */
export interface CheckRun {
  readonly expected: Expected;
  /** Message of the all-reduce in GiB: as the floors were measured, and three of them fit into a GPU. */
  readonly messageGiB: number;
  /** Memory that adapters write from. */
  readonly writeFrom: "gpu" | "host";
}

/** Where a node keeps what Hyper-V told it. */
export const hyperVFolder = "/var/lib/hyperv";

/** What is asked of each GPU. Source: `nvidia-smi --help-query-gpu` (595) */
const perGpu = "index,name,ecc.errors.uncorrected.volatile.total,ecc.errors.uncorrected.aggregate.sram";
const clocks = "index,clocks_event_reasons.hw_thermal_slowdown,clocks_event_reasons.hw_power_brake_slowdown";

/**
 * What a node says of its GPUs before the tools run, and after them.
 * Source of the last: linux:drivers/gpu/drm/amd/amdkfd/kfd_topology.c (gpu_id, 0 for a CPU)
 */
const readers: Readonly<Record<GpuReader, { readonly before: string; readonly after: string }>> = {
  "nvidia-smi": {
    before: `section gpus timeout 120 nvidia-smi --query-gpu=${perGpu} --format=csv,noheader,nounits
section remapped-rows timeout 120 nvidia-smi --query-remapped-rows=gpu_bus_id,remapped_rows.pending,remapped_rows.failure --format=csv,noheader
section nvlink timeout 120 nvidia-smi nvlink --status
samples=$(mktemp)
nvidia-smi --query-gpu=${clocks} --format=csv,noheader --loop=5 > "$samples" 2>&1 &
sampler=$!
clocks() {
  cat "$samples"
  timeout 120 nvidia-smi --query-gpu=${clocks} --format=csv,noheader
}`,
    after: `kill "$sampler"
wait "$sampler" 2> /dev/null
section clocks clocks`,
  },
  "nvidia-smi-list": { before: "section gpus timeout 120 nvidia-smi -L", after: "" },
  kfd: {
    before: `gpus() {
  local place
  for place in /sys/class/kfd/kfd/topology/nodes/*/gpu_id; do
    echo "$(basename "\${place%/gpu_id}")|$(cat "$place")"
  done
}
section gpus gpus`,
    after: "",
  },
};

/**
 * The checks of one node as a program for bash. It judges nothing: it runs the tools, as the ones who published the floors did, and
 * writes down what they say and how they ended, each between a line that begins with `== begin` and one with `== end`.
 * Source: Azure/azurehpc-health-checks:customTests (2026-05-01)
 */
export function checkScript({ expected, messageGiB, writeFrom }: CheckRun): string {
  const { gpus, disks, hcas, floors, reader, gpuDirect } = expected;
  const copies = [
    ...(floors.hostCopyGBps === null ? [] : ["host_to_device_memcpy_ce", "device_to_host_memcpy_ce"]),
    ...(floors.peerCopyGBps === null ? [] : ["device_to_device_memcpy_read_ce"]),
  ];
  const talks = hcas > 0 && gpus > 1 && gpuDirect !== null;
  return [
    prelude,
    readers[reader].before,
    ...(copies.length === 0
      ? []
      : [`section copy timeout 600 ${tools.folder}/nvbandwidth -t ${copies.join(" ")} -i 10`]),
    ...(floors.allReduceGBps === null && !talks ? [] : [ranks(gpus)]),
    ...(floors.allReduceGBps === null ? [] : [`section all-reduce all_reduce ${messageGiB}G 20`]),
    ...(disks === 0 ? [] : [localDisks]),
    ...(hcas === 0 ? [] : [infiniband]),
    ...(talks ? [transport] : []),
    ...(floors.infinibandWriteGbps === null ? [] : [infinibandWrite(writeFrom)]),
    ...(readers[reader].after === "" ? [] : [readers[reader].after]),
    epilogue(expected),
  ].join("\n");
}

const prelude = `set -u
${section}
host() { tr -s '\\0' '\\n' < ${hyperVFolder}/.kvp_pool_3; }
section host host`;

/** One process a GPU, as nccl-tests is run by those who published the floors. */
function ranks(gpus: number): string {
  return `export PATH="$PATH:${tools.mpi}/bin" LD_LIBRARY_PATH="\${LD_LIBRARY_PATH:-}:${tools.mpi}/lib"
all_reduce() {
  local message=$1 times=$2
  shift 2
  timeout 600 mpirun -np ${gpus} --map-by ppr:${gpus}:node -bind-to numa -mca coll_hcoll_enable 0 --allow-run-as-root \\
    -x LD_LIBRARY_PATH -x NCCL_IB_PCI_RELAXED_ORDERING=1 -x CUDA_DEVICE_ORDER=PCI_BUS_ID -x NCCL_SOCKET_IFNAME=eth0 "$@" \\
    ${tools.allReduce} -b "$message" -e "$message" -g 1 -c 1 -n "$times"
}`;
}

/** Disks with their models and states, the one of the system too where it is on NVMe. Source: linux:drivers/nvme/host/sysfs.c (v6.8) */
const localDisks = `disks() {
  local disk
  for disk in /sys/class/nvme/*/model; do
    disk=\${disk%/model}
    echo "$(basename "$disk")|$(cat "$disk/model")|$(cat "$disk/state")"
  done
}
section disks disks`;

/** The adapters, and how each of them is. */
const infiniband = `${findAdapters}
ports() {
  local adapter port
  for adapter in \${adapters[@]+"\${adapters[@]}"}; do
    port=/sys/class/infiniband/$adapter/ports/1
    echo "$adapter|$(cat "$port/state")|$(cat "$port/rate")|$(cat "$port/counters/link_downed" 2> /dev/null)"
  done
}
section infiniband ports`;

/** GPUs of one node talk over the adapters here, because every other way is closed: the log says which way they took. */
const transport = `list=$(IFS=,; echo "\${adapters[*]-}")
section transport all_reduce 1G 5 -x NCCL_P2P_DISABLE=1 -x NCCL_SHM_DISABLE=1 -x NCCL_NET_GDR_LEVEL=SYS \\
  -x "NCCL_IB_HCA==$list" -x NCCL_DEBUG=INFO`;

/** Each adapter writes to itself. The one who listens may be late, so the other one tries again. */
function infinibandWrite(from: CheckRun["writeFrom"]): string {
  const run = `timeout 120 ${writeCommand(from, 18510)}`;
  return `ib_write() {
  local adapter=$1 place=$2 answer='' tries server
  ${run} > /dev/null 2>&1 &
  server=$!
  for tries in {1..30}; do
    if answer=$(${run} localhost 2>&1); then
      wait "$server"
      echo "$answer"
      return 0
    fi
    kill -0 "$server" 2> /dev/null || break
    sleep 1
  done
  kill "$server" 2> /dev/null
  echo "$answer"
  return 1
}
for place in "\${!adapters[@]}"; do section "ib-write \${adapters[$place]}" ib_write "\${adapters[$place]}" "$place"; done`;
}

/** Errors of the driver may come from the load of the checks themselves. */
function epilogue({ driverFaults: { mark } }: Expected): string {
  return `kernel_log() {
  local text
  text=$(dmesg) || return
  grep -F '${mark}' <<< "$text" || true
}
section kernel-log kernel_log
# What the tools found is no failure of the program.
exit 0
`;
}

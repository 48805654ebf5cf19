import path from "node:path";
import { type FabricProfile, fabricProfile } from "../../../catalog/fabric-profile";
import { driverFaults } from "../../../catalog/driver-faults";
import { gpuDirectOf } from "../../../catalog/gpu-direct";
import { linkFlaps } from "../../../catalog/link-flaps";
import { countedDevices } from "../../../catalog/node-devices";
import type { HealthFloors } from "../../../catalog/vm-size";
import { findVmSize } from "../../../catalog/vm-sizes";
import { keysOf } from "../../../core/records";
import type { GpuPoolRef } from "../../cluster/gpu-pool/gpu-pool-ref";
import type { CheckedPool } from "./controller-config";
import type { PairRun } from "./pair-script";
import { tools } from "./script-parts";

/** A pool whose nodes are checked before they take work. */
export interface GatedPool extends PairRun, CheckedPool {
  /** Key of the pool. */
  readonly key: string;
  readonly size: string;
  /** Whether Azure's image with tools runs on its nodes. Else it is the smaller one of DCGM, for x64 and arm64, which has none of them. */
  readonly azureTools: boolean;
  /** Adapters that pods claim, null where they ask for them as a resource, or there are none. */
  readonly adapters: FabricProfile["adapters"];
  /** Speeds that the size has floors for, and no tool that runs on its nodes. */
  readonly unmeasured: readonly Speed[];
}

/** Speeds that Azure's tools measure, as people call them. */
const speedNames = {
  hostCopyGBps: "copies from and to the host",
  peerCopyGBps: "copies between GPUs",
  allReduceGBps: "all-reduce in the node",
  infinibandWriteGbps: "RDMA writes",
} as const;
type Speed = keyof typeof speedNames;

const noSpeeds = { hostCopyGBps: null, peerCopyGBps: null, allReduceGBps: null };

/**
 * How the nodes of a pool are checked.
 * @throws Error for a size without GPUs or that nobody knows: no GPU pool has one
 */
export function gateOf(pool: GpuPoolRef): GatedPool {
  const { key, rdmaResource, gpuStack, migProfile } = pool;
  const size = findVmSize(pool.size, pool.figures);
  if (size?.gpu == null) throw new Error(`GPU pool ${key} has a size without GPUs: ${pool.size}`);
  const { gpu, health } = size;
  // Null: its GPUs are divided, or parts of some.
  const count = migProfile === null ? gpu.count : null;
  const whole = count !== null;
  const gpus = count ?? pool.gpusPerNode;
  const azureTools = whole && size.architecture === "x64";
  // Its tools for GPUs are NVIDIA's; those for adapters need none.
  const measured = azureTools && gpu.vendor === "nvidia";
  const infiniband = rdmaResource === null ? null : size.infiniband;
  const hcas = infiniband?.hcas ?? 0;
  const known = speedsOf(health, gpus, hcas);
  const floors = {
    ...(measured ? known : noSpeeds),
    infinibandWriteGbps: azureTools ? known.infinibandWriteGbps : null,
  };
  // Nodes come together to write to each other, or not at all.
  const meet = measured && gpus > 1 && floors.infinibandWriteGbps !== null;
  const allReducePairGBps = meet ? (health?.allReduceMultiNode?.fail ?? null) : null;
  return {
    key,
    size: size.name,
    azureTools,
    adapters: hcas === 0 ? null : fabricProfile(pool).adapters,
    unmeasured: whole ? keysOf(speedNames).filter((it) => known[it] !== null && floors[it] === null) : [],
    devices: countedDevices(size, { ...pool, gpusPerNode: gpus }),
    // What the floors were measured with; three buffers of 16 GiB do not fit into 32 or 40 GB.
    messageGiB: (gpu.memoryGB ?? 0) < 80 ? 8 : 16,
    writeFrom: health?.infinibandWriteFrom ?? "host",
    ncclEnv: allReducePairGBps === null ? {} : ncclEnvOf(pool),
    expected: {
      reader: gpu.vendor === "amd" ? "kfd" : whole ? "nvidia-smi" : "nvidia-smi-list",
      gpus,
      disks: size.nvme?.disks ?? 0,
      hcas,
      gbitsPerSecondPerHca: infiniband?.gbitsPerSecondPerHca ?? 0,
      gpuDirect: measured ? infiniband !== null && gpuDirectOf(size, gpuStack) !== undefined : null,
      linkFlaps,
      driverFaults: driverFaults[gpu.vendor],
      floors: {
        ...floors,
        allReducePairGBps,
        gemmTflops: whole && gpu.vendor === "nvidia" ? (health?.gemmTflops?.fail ?? null) : null,
      },
    },
  };
}

/** Floors of what a node has, where its size has some. */
function speedsOf(health: HealthFloors | null, gpus: number, hcas: number): Readonly<Record<Speed, number | null>> {
  return {
    hostCopyGBps: health?.hostCopyGBps ?? null,
    // One GPU has nobody to copy to.
    peerCopyGBps: gpus > 1 ? (health?.peerCopyGBps ?? null) : null,
    allReduceGBps: gpus > 1 ? (health?.allReduceInNodeGBps ?? null) : null,
    infinibandWriteGbps: hcas > 0 ? (health?.infinibandWriteGbps ?? null) : null,
  };
}

/** What NCCL needs between nodes: what jobs of the pool give to it, with the topology where the image of the checks has it. */
function ncclEnvOf(pool: GpuPoolRef): Readonly<Record<string, string>> {
  const { env, topologyFile } = fabricProfile(pool);
  const file = topologyFile && path.posix.join(tools.topologies, path.posix.basename(topologyFile.imagePath));
  return {
    NCCL_IB_PCI_RELAXED_ORDERING: "1",
    CUDA_DEVICE_ORDER: "PCI_BUS_ID",
    NCCL_SOCKET_IFNAME: "eth0",
    ...env,
    ...(file !== null && { NCCL_TOPO_FILE: file }),
  };
}

/**
 * What people should know of the gates of an environment: nothing of it is a fault.
 * @param open Keys of the pools that somebody chose not to check.
 */
export function gateNotes(gates: readonly GatedPool[], open: readonly string[]): string[] {
  const notes = open.map(
    (it) => `gpuPools.${it}: its nodes are not checked before they take work, as nodeHealth.pools says`,
  );
  return gates.flatMap(noteOf).concat(notes);
}

function noteOf({ key, size, unmeasured, expected }: GatedPool): string[] {
  const { floors, disks, hcas, reader } = expected;
  const counted = ["GPUs", ...(disks > 0 ? ["disks"] : []), ...(hcas > 0 ? ["adapters"] : [])].join(", ");
  const memory = reader === "nvidia-smi" ? ", memory errors" : "";
  const alone = `its nodes are opened by counts of ${counted}${memory} and errors of the driver alone`;
  const nothing = Object.values(floors).every((it) => it === null);
  if (unmeasured.length > 0) {
    const without = unmeasured.map((it) => speedNames[it]).join(", ");
    const opened = nothing ? alone : "its nodes are opened";
    return [
      `gpuPools.${key}: ${opened}, without ${without}: no tool of the checks runs there (npm run verify measures them)`,
    ];
  }
  return nothing ? [`gpuPools.${key}: no floors are known for ${size}: ${alone}`] : [];
}

import path from "node:path";
import { fabricProfile } from "../../../catalog/fabric-profile";
import { faultyXids } from "../../../catalog/xids";
import { gpuDirectOf } from "../../../catalog/gpu-direct";
import { linkFlaps } from "../../../catalog/link-flaps";
import { nodeDevices } from "../../../catalog/node-devices";
import type { VmSize } from "../../../catalog/vm-size";
import { findVmSize } from "../../../catalog/vm-sizes";
import type { GpuPoolRef } from "../../cluster/gpu-pool/gpu-pool-ref";
import type { CheckedPool } from "./controller-config";
import type { PairRun } from "./pair-script";
import { tools } from "./script-parts";

/** A pool whose nodes are checked before they take work. */
export interface GatedPool extends PairRun, CheckedPool {
  /** Key of the pool. */
  readonly key: string;
  readonly size: string;
}

/** A pool whose nodes are left as they are. */
export interface OpenPool {
  readonly key: string;
  readonly because: string;
}

/** What a size has, as far as the checks can look at it. */
type CheckedSize = VmSize & { readonly gpu: NonNullable<VmSize["gpu"]> & { readonly count: number } };

/** How the nodes of a pool are checked, or why they are not. */
export function gateOf(pool: GpuPoolRef): GatedPool | OpenPool {
  const { key, rdmaResource, gpuStack } = pool;
  const size = findVmSize(pool.size, pool.figures);
  const because = whyNot(pool, size);
  if (because !== null || !isChecked(size)) return { key, because: because ?? "nothing is known of its size" };
  const { gpu, health } = size;
  const infiniband = rdmaResource === null ? null : size.infiniband;
  const hcas = infiniband?.hcas ?? 0;
  // Nodes come together to write to each other, or not at all.
  const meet = hcas > 0 && health?.infinibandWriteGbps != null;
  const allReducePairGBps = meet && gpu.count > 1 ? (health.allReduceMultiNode?.fail ?? null) : null;
  return {
    key,
    size: size.name,
    devices: nodeDevices(size, { gpusPerNode: gpu.count, rdmaResource }),
    // What the floors were measured with; three buffers of 16 GiB do not fit into 32 or 40 GB.
    messageGiB: (gpu.memoryGB ?? 0) < 80 ? 8 : 16,
    writeFrom: health?.infinibandWriteFrom ?? "host",
    ncclEnv: allReducePairGBps === null ? {} : ncclEnvOf(pool),
    expected: {
      gpus: gpu.count,
      disks: size.nvme?.disks ?? 0,
      hcas,
      gbitsPerSecondPerHca: infiniband?.gbitsPerSecondPerHca ?? 0,
      gpuDirect: infiniband !== null && gpuDirectOf(size, gpuStack) !== undefined,
      linkFlaps,
      faultyXids,
      floors: {
        hostCopyGBps: health?.hostCopyGBps ?? null,
        // One GPU has nobody to copy to.
        peerCopyGBps: gpu.count === 1 ? null : (health?.peerCopyGBps ?? null),
        allReduceGBps: gpu.count === 1 ? null : (health?.allReduceInNodeGBps ?? null),
        infinibandWriteGbps: hcas === 0 ? null : (health?.infinibandWriteGbps ?? null),
        allReducePairGBps,
        gemmTflops: health?.gemmTflops?.fail ?? null,
      },
    },
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

/** Whether a gate is one. */
export function isGated(gate: GatedPool | OpenPool): gate is GatedPool {
  return !("because" in gate);
}

/** What people should know of the gates of an environment: nothing of it is a fault. */
export function gateNotes(gates: readonly (GatedPool | OpenPool)[]): string[] {
  return gates.flatMap((gate) => {
    const path = `gpuPools.${gate.key}`;
    if (!isGated(gate)) return [`${path}: its nodes are not checked before they take work: ${gate.because}`];
    const { floors, disks, hcas } = gate.expected;
    const devices = `GPUs, ${disks > 0 ? "disks, " : ""}${hcas > 0 ? "adapters, " : ""}memory errors and errors of the driver`;
    return Object.values(floors).every((it) => it === null)
      ? [`${path}: no floors are known for ${gate.size}: its nodes are opened by counts of ${devices} alone`]
      : [];
  });
}

function whyNot({ migProfile }: GpuPoolRef, size: VmSize | undefined): string | null {
  if (size === undefined) return "nothing is known of its size";
  if (size.gpu?.vendor !== "nvidia") return "the checks are for GPUs of NVIDIA";
  if (size.architecture !== "x64") return "the image of the checks is for x64";
  if (migProfile !== null) return "its GPUs are divided, and the checks take whole ones";
  if (size.gpu.count === null) return "a node has a part of a GPU, and the checks take whole ones";
  return null;
}

function isChecked(size: VmSize | undefined): size is CheckedSize {
  return typeof size?.gpu?.count === "number";
}

import type * as k8s from "@pulumi/kubernetes/types/input";
import { nodeAllocatable } from "../../catalog/allocatable";
import { gpuResource, rdmaResource } from "../../catalog/scheduling";
import type { VmSize } from "../../catalog/vm-size";
import { Problems } from "../../core/problems";
import { claimTiB, type SharedVolume } from "./shared-volume";
import type { WorkloadProfile } from "./team";

/** What a team gets of one pool. */
export interface TeamShare {
  /** Size of the pool's nodes. */
  readonly size: VmSize;
  /** GPUs, as Kubernetes counts them: a slice of a GPU and an instance of a MIG profile count as one. */
  readonly gpus: number;
  /** GPUs of one node, counted like that. */
  readonly gpusPerNode: number;
  /** GPUs of the whole pool at most. */
  readonly poolGpus: number;
  /** Whether the share must be whole nodes: a training job takes all GPUs and all HCAs of each node. */
  readonly wholeNodes: boolean;
}

/** Room for a local disk whose size no source tells: that of the largest in the catalogue, since too little would forbid scratch. */
const unknownDiskGiB = 3577;

/**
 * Quota of a team, everything in step with its GPUs: a quota that has GPUs left but no memory would block the last job.
 * Claims have room for the shared volumes and for the local NVMe disks of the team's nodes.
 * @throws MisconfiguredError with every problem of the share
 */
export function planTeamQuota(share: TeamShare, volumes: readonly SharedVolume[]): Readonly<Record<string, string>> {
  const { size, gpus, gpusPerNode: perNode, poolGpus } = share;
  const problems = new Problems();
  problems.require(Number.isInteger(gpus) && gpus >= 1, "gpus", "must be a whole number from 1", { got: gpus });
  problems.require(gpus <= poolGpus, "gpus", `must be at most ${poolGpus}, the GPUs of the pool`, { got: gpus });
  if (share.wholeNodes) {
    const below = Math.max(1, Math.floor(gpus / perNode)) * perNode;
    problems.require(
      gpus % perNode === 0,
      "gpus",
      `must be a multiple of ${perNode}: training takes whole nodes of ${size.name}`,
      {
        got: gpus,
        remedy: `Use ${below} or ${below + perNode}`,
      },
    );
  }
  problems.throwIfAny("The team's share");
  if (size.gpu === null) throw new Error(`${size.name} has no GPU to share.`);

  const nodes = gpus / perNode;
  const { cpu, memoryGiB } = nodeAllocatable(size);
  const whole = (amount: number): number => Math.floor(amount * nodes);
  const nvmeGiB = size.nvme === null ? 0 : (size.nvme.totalGiB ?? size.nvme.disks * unknownDiskGiB);
  const claimedGiB = volumes.reduce((sum, it) => sum + claimTiB(it) * 1024, 0);
  return {
    "requests.cpu": String(whole(cpu)),
    "requests.memory": `${whole(memoryGiB)}Gi`,
    "limits.memory": `${whole(memoryGiB)}Gi`,
    [`requests.${gpuResource(size.gpu)}`]: String(gpus),
    ...(share.wholeNodes &&
      size.infiniband !== null && { [`requests.${rdmaResource}`]: String(size.infiniband.hcas * nodes) }),
    // Room for launchers, loggers and one pod per GPU.
    pods: String(Math.max(50, gpus * 4)),
    "requests.storage": `${claimedGiB + whole(nvmeGiB)}Gi`,
    persistentvolumeclaims: String(Math.max(20, gpus * 4)),
    "services.loadbalancers": "0",
    "services.nodeports": "0",
  };
}

/**
 * What a container gets that states nothing. No `max`, of GPUs above all: Kubernetes makes a ceiling the default of every
 * container that names no limit, and each launcher would take a node's GPUs (SetDefaults_LimitRangeItem).
 */
export function planContainerDefaults({
  containerDefaults: { cpu, memory, memoryLimit },
}: WorkloadProfile): k8s.core.v1.LimitRangeItem {
  return { type: "Container", default: { memory: memoryLimit }, defaultRequest: { cpu, memory } };
}

import type * as k8s from "@pulumi/kubernetes/types/input";
import { ephemeralGiBPerNode, nodeAllocatable } from "../../../catalog/allocatable";
import { claimedDevices, dranetNames } from "../../../catalog/owned-parts";
import { gpuResource } from "../../../catalog/scheduling";
import { builtInStorageClasses } from "../../../catalog/storage-classes";
import { findVmSize } from "../../../catalog/vm-sizes";
import { MisconfiguredError, Problems } from "../../../core/problems";
import type { GpuPoolRef } from "../../cluster/gpu-pool/gpu-pool-ref";
import { type TeamKindName, teamKinds } from "../kinds/team-kinds";
import type { TeamKind } from "../kinds/team-kind";
import type { TeamVolume } from "../volumes/volume-kind";
import type { BesideNodes } from "./cpu-shares";

/** What a team has to know of the pool that its GPUs are of. */
export type TeamPool = Pick<
  GpuPoolRef,
  | "key"
  | "size"
  | "figures"
  | "gpuStack"
  | "gpusPerNode"
  | "maxNodes"
  | "spareNodes"
  | "migProfile"
  | "memlock"
  | "rdmaResource"
  | "rdma"
  | "ncclTopologyFile"
>;

/** What a team gets of one pool. */
export interface TeamShare {
  readonly kind: TeamKindName;
  readonly pool: TeamPool;
  /** GPUs, as Kubernetes counts them on the pool's nodes. */
  readonly gpus: number;
  /** GPUs that a queue may let it have beyond those. Whoever decided on the queue has checked them. @default none */
  readonly borrow?: number;
  /** What its pods may ask for beside the nodes with these. */
  readonly beside: BesideNodes;
}

/** Room for a local disk whose size no source tells: that of the largest in the catalogue, since too little would forbid scratch. */
const unknownDiskGiB = 3577;

/**
 * Quota of a team, everything in step with its GPUs: a quota that has GPUs left but no memory would block the last job.
 * Claims have room for the shared volumes and for the local NVMe disks of the team's nodes.
 * @throws MisconfiguredError with every problem of the share
 */
export function planTeamQuota(
  share: TeamShare,
  volumes: readonly Pick<TeamVolume, "claimTiB">[],
): Readonly<Record<string, string>> {
  const { kind, pool, beside } = share;
  const size = findVmSize(pool.size, pool.figures);
  const problems = new Problems();
  checkShare(share, problems);
  if (size?.gpu == null) {
    problems.require(false, "pool", "must be a pool of a VM size with GPUs that the catalogue knows (docs/sizes.md)", {
      got: pool.size,
      remedy: "Use a pool of gpuPools",
    });
    throw new MisconfiguredError(subject, problems.list);
  }
  problems.throwIfAny(subject);

  // What a queue lets in and the quota does not would hold its nodes and never start.
  const gpus = share.gpus + (share.borrow ?? 0);
  const nodes = gpus / pool.gpusPerNode;
  const { cpu, memoryGiB } = nodeAllocatable(size);
  const whole = (amount: number): number => Math.floor(amount * nodes);
  // Room for launchers, loggers and one pod per GPU.
  const pods = Math.max(50, gpus * 4) + beside.pods;
  const nvmeGiB = size.nvme === null ? 0 : (size.nvme.totalGiB ?? size.nvme.disks * unknownDiskGiB);
  const claimedGiB = volumes.reduce((sum, it) => sum + it.claimTiB * 1024, 0);
  return {
    // Requests alone. A limit of memory in a quota must be stated by every container, and a limit that is too low kills it.
    "requests.cpu": String(whole(cpu) + beside.cpu),
    "requests.memory": `${whole(memoryGiB) + beside.memoryGiB}Gi`,
    "requests.ephemeral-storage": `${whole(ephemeralGiBPerNode) + beside.ephemeralGiB}Gi`,
    [`requests.${gpuResource(size.gpu)}`]: String(gpus),
    ...(teamKinds[kind].wholeNodes &&
      size.infiniband !== null &&
      pool.rdmaResource !== null && {
        [adaptersKey(pool.rdmaResource, pool.rdma)]: String(size.infiniband.hcas * nodes),
      }),
    pods: String(pods),
    "requests.storage": `${claimedGiB + whole(nvmeGiB)}Gi`,
    persistentvolumeclaims: String(Math.max(20, gpus * 4)),
    ...Object.fromEntries(
      builtInStorageClasses.map((it) => [`${it}.storageclass.storage.k8s.io/requests.storage`, "0"]),
    ),
    ...objectCounts([...teamKinds[kind].rules, ...teamKinds[kind].apiServerRules], pods),
    "services.loadbalancers": "0",
    "services.nodeports": "0",
  };
}

/** What a quota counts adapters by: what pods ask for by limits, or what they claim. */
function adaptersKey(rdmaResource: string, mode: TeamPool["rdma"]): string {
  return mode === "dranet" ? claimedDevices(dranetNames.deviceClass) : `requests.${rdmaResource}`;
}

/** A count for every kind that the team may make and no line above counts: what one team fills the cluster's store with all others miss. */
function objectCounts(rules: TeamKind["rules"], pods: number): Readonly<Record<string, string>> {
  const kinds = rules
    .filter(({ verbs }) => verbs.includes("create"))
    .flatMap(({ apiGroups, resources }) => resources.flatMap((it) => apiGroups.map((group) => [it, group])))
    .filter(([it = ""]) => !it.includes("/") && !["pods", "persistentvolumeclaims"].includes(it))
    .map((it) => it.filter((part) => part !== "").join("."));
  return Object.fromEntries(kinds.map((it) => [`count/${it}`, String(Math.max(100, pods))]));
}

const subject = "The team's share";

function checkShare({ kind, pool, gpus }: TeamShare, problems: Problems): void {
  const { gpusPerNode: perNode, maxNodes, spareNodes, migProfile } = pool;
  const { wholeNodes } = teamKinds[kind];
  if (wholeNodes && migProfile !== null) {
    problems.require(
      false,
      "pool",
      `must be a pool of whole GPUs: ${kind} takes whole nodes, and ${migProfile} cuts the GPUs of this one`,
      { got: pool.key, remedy: "Use a pool without migProfile, or a team of another kind" },
    );
    // Counts of a pool that cannot be had say nothing.
    return;
  }
  problems.require(Number.isInteger(gpus) && gpus >= 1, "gpus", "must be a whole number from 1", {
    got: gpus,
    remedy: "Write how many GPUs the team may use at once",
  });
  const most = perNode * (maxNodes - spareNodes);
  const spare = spareNodes === 0 ? "" : ` without its ${spareNodes} spare nodes`;
  problems.require(gpus <= most, "gpus", `must be at most ${most}, the GPUs of the pool${spare}`, {
    got: gpus,
    remedy: `Use ${most} or less`,
  });
  if (!wholeNodes) return;
  const below = Math.max(1, Math.floor(Math.min(gpus, most) / perNode)) * perNode;
  const above = below + perNode <= most ? ` or ${below + perNode}` : "";
  problems.require(
    gpus % perNode === 0,
    "gpus",
    `must be a multiple of ${perNode}: ${kind} takes whole nodes of ${pool.size}`,
    { got: gpus, remedy: `Use ${below}${above}` },
  );
}

/**
 * What a container gets that states nothing. Requests alone: a default limit would kill a main container that states its GPUs only,
 * and refuse one that requests more memory than it. No `max` either, of GPUs above all: Kubernetes makes a ceiling the default of
 * every container that names no limit, and each launcher would take a node's GPUs (SetDefaults_LimitRangeItem).
 */
export function planContainerDefaults({
  containerDefaults: { cpu, memory },
}: Pick<TeamKind, "containerDefaults">): k8s.core.v1.LimitRangeItem {
  return { type: "Container", defaultRequest: { cpu, memory, "ephemeral-storage": "512Mi" } };
}

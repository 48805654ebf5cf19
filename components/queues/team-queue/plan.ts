import { queuedDevices } from "../../../catalog/node-devices";
import { labels } from "../../../catalog/scheduling";
import { findVmSize } from "../../../catalog/vm-sizes";
import { Problems } from "../../../core/problems";
import { readShape } from "../../../core/shape";
import type { GpuPoolRef } from "../../cluster/gpu-pool/gpu-pool-ref";
import type { QueuesRef } from "../../platform/queues-ref";
import { teamQueueShape, type TeamQueueShape } from "./shape";
import { splitOverRungs } from "./split-over-rungs";
import type { TeamQueueRef } from "./team-queue-ref";

/** What a queue has to know of the pool that its nodes are of. */
export type QueuedPool = Pick<
  GpuPoolRef,
  | "key"
  | "size"
  | "figures"
  | "gpuStack"
  | "gpusPerNode"
  | "maxNodes"
  | "spareNodes"
  | "rdmaResource"
  | "autoscaled"
  | "rungs"
  | "off"
>;

/** Where a team's queue is. */
export interface QueueSurroundings {
  /** Pool that the team's GPUs are of. */
  readonly pool: QueuedPool;
  /** What the cluster has for queues. */
  readonly queues: QueuesRef;
  /** GPUs of the pool that shares of other teams take before this one's: of a ladder they take the first rungs. @default 0 */
  readonly ahead?: number;
}

/** Quota of one resource on one flavor. */
interface ResourceQuota {
  readonly name: string;
  readonly nominalQuota: string;
  readonly borrowingLimit: string;
  readonly lendingLimit?: string;
}

/**
 * What we use of a ClusterQueue.
 * Source: kubernetes-sigs/kueue:apis/kueue/v1beta2/clusterqueue_types.go (v0.19.2)
 */
export interface ClusterQueueSpec {
  readonly cohortName: string;
  readonly namespaceSelector: { readonly matchLabels: Readonly<Record<string, string>> };
  readonly queueingStrategy: "BestEffortFIFO";
  readonly resourceGroups: readonly {
    readonly coveredResources: readonly string[];
    readonly flavors: readonly { readonly name: string; readonly resources: readonly ResourceQuota[] }[];
  }[];
  readonly preemption: {
    readonly withinClusterQueue: "LowerPriority";
    readonly reclaimWithinCohort: "Any";
  };
  readonly flavorFungibility?: {
    readonly whenCanBorrow: "MayStopSearch";
    readonly whenCanPreempt: "TryNextFlavor";
  };
  readonly admissionChecksStrategy?: {
    readonly admissionChecks: readonly { readonly name: string; readonly onFlavors: readonly string[] }[];
  };
}

/** A checked queue of a team. */
export interface TeamQueuePlan {
  readonly ref: TeamQueueRef;
  readonly clusterQueue: {
    readonly apiVersion: "kueue.x-k8s.io/v1beta2";
    readonly kind: "ClusterQueue";
    readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
    readonly spec: ClusterQueueSpec;
  };
}

/**
 * All decisions of one team's queue: what of its pool is the team's own, what it may borrow and lends, and whom its jobs may stop.
 * GPUs and adapters alone are counted: a node's CPUs and memory go with them, and the quota of the namespace holds the rest.
 * @param name Of the team's namespace: the queue has the same
 * @throws MisconfiguredError with every problem of the queue
 */
export function planTeamQueue(
  name: string,
  given: TeamQueueShape,
  { pool, queues, ahead = 0 }: QueueSurroundings,
): TeamQueuePlan {
  const subject = `Queue of '${name}'`;
  const { gpus, borrow, lend } = readShape(teamQueueShape, given, subject);
  const problems = new Problems();
  const size = findVmSize(pool.size, pool.figures);
  const devices = size === undefined ? {} : queuedDevices(size, pool);
  const known = Object.keys(devices).length > 0;
  problems.require(known, "pool", "must be a pool of a VM size with GPUs that the catalogue knows (docs/sizes.md)", {
    got: pool.size,
    remedy: "Use a pool of gpuPools",
  });
  const { gpusPerNode: perNode, maxNodes, spareNodes } = pool;
  const most = perNode * (maxNodes - spareNodes);
  const spare = spareNodes === 0 ? "" : `, its ${spareNodes} spare nodes aside`;
  checkNodes("gpus", gpus, [perNode, most, `, the GPUs of the pool${spare}`], pool, problems);
  // Beside a share that cannot be, what is left of the pool says nothing.
  problems.throwIfAny(subject);
  checkNodes("borrow", borrow, [0, most - gpus, `, what the pool has beside the share${spare}`], pool, problems);
  if (lend !== undefined) checkNodes("lend", lend, [0, gpus, ", the share"], pool, problems);
  problems.throwIfAny(subject);

  const flavors = splitOverRungs({ gpus, borrow, lend, ahead }, pool).map(({ flavor, grows, ...share }) => ({
    name: flavor,
    grows,
    resources: Object.entries(devices).map(([resource, perNodeOfIt]) => {
      const quantity = (amount: number): string => String((amount / perNode) * perNodeOfIt);
      return {
        name: resource,
        nominalQuota: quantity(share.gpus),
        borrowingLimit: quantity(share.borrow),
        ...(share.lend !== undefined && { lendingLimit: quantity(share.lend) }),
      };
    }),
  }));
  const resources = Object.keys(devices);
  const growing = flavors.filter((it) => it.grows).map((it) => it.name);
  const { placeless, scaleUpCheck } = queues;
  return {
    ref: { clusterQueueName: name, borrow },
    clusterQueue: {
      apiVersion: "kueue.x-k8s.io/v1beta2",
      kind: "ClusterQueue",
      // By this the hours of the pool find its queues. Where the pool has none nobody looks.
      metadata: { name, ...(pool.off !== undefined && { labels: { [labels.pool]: pool.key } }) },
      spec: {
        cohortName: queues.cohortName,
        namespaceSelector: { matchLabels: { [labels.queue]: name } },
        // Idle GPUs cost more than an order: a small job does not wait behind a large one that does not fit. What must go first has a
        // higher priority, and stops others.
        queueingStrategy: "BestEffortFIFO",
        resourceGroups: [
          {
            coveredResources: resources,
            flavors: [
              // Where all flavors have a topology, Kueue wants a place in it for every pod: a job would not start with a launcher that
              // asks for no GPU, and one that asks for no topology would be spread over InfiniBand domains. And a check on all
              // flavors is one on jobs that need no node of the pool.
              // First: Kueue says of a job why the last flavor did not do, and that must be the pool's.
              { name: placeless, resources: resources.map(nothingOf) },
              ...flavors.map(({ name: flavor, resources: quotas }) => ({ name: flavor, resources: quotas })),
            ],
          },
        ],
        // No `borrowWithinCohort`, by which a job stops others in order to borrow: that is not to be had together with fair sharing,
        // which is on. By that whoever has borrowed most gives way, and no team gets more by the priority that it gives its jobs.
        preemption: { withinClusterQueue: "LowerPriority", reclaimWithinCohort: "Any" },
        // Of a ladder the first rung with room, be it borrowed: it is paid for, or will be taken back. Nobody is stopped for it while the
        // next has room.
        ...(pool.rungs !== undefined && {
          flavorFungibility: { whenCanBorrow: "MayStopSearch", whenCanPreempt: "TryNextFlavor" },
        }),
        ...(growing.length > 0 &&
          scaleUpCheck !== undefined && {
            admissionChecksStrategy: { admissionChecks: [{ name: scaleUpCheck, onFlavors: growing }] },
          }),
      },
    },
  };
}

function nothingOf(name: string): ResourceQuota {
  return { name, nominalQuota: "0", borrowingLimit: "0" };
}

/** Notes a problem unless GPUs are whole nodes in a range. `why` says what its end is. */
function checkNodes(
  path: "gpus" | "borrow" | "lend",
  given: number,
  [least, most, why]: readonly [number, number, string],
  { gpusPerNode: perNode, size }: QueuedPool,
  problems: Problems,
): void {
  problems.requireWhole(path, given, [least, most], why);
  if (!Number.isInteger(given) || given < least || given > most) return;
  const below = Math.floor(given / perNode) * perNode;
  const choices = [below, below + perNode].filter((it) => it >= least && it <= most);
  problems.require(given % perNode === 0, path, `must be a multiple of ${perNode}: jobs take whole nodes of ${size}`, {
    got: given,
    remedy: `Use ${choices.join(" or ")}`,
  });
}

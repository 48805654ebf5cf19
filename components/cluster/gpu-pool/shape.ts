import { z } from "zod";
import { rdmaModes } from "../../../catalog/gpu-stacks";
import { memlockModes } from "../../../catalog/memlock";
import { gpuStacks } from "../../../catalog/vm-size";
import { keysElsewhere } from "../../../core/keys-elsewhere";
import { poolKeysElsewhere } from "../agent-pool/keys-elsewhere";
import { agentPoolShape } from "../agent-pool/shape";
import { offShape } from "./off-shape";
import { rungShape } from "./capacity-shape";

/** Highest price to pay for a spot node. */
const spotShape = z.strictObject({
  /** USD per node and hour with at most 5 decimals; -1 pays up to the on-demand price and is never evicted for price. */
  maxUsdPerHour: z.number(),
});

/** A GPU pool of the AKS cluster. With InfiniBand it becomes one AKS pool for each domain. */
export const gpuPoolShape = z.strictObject({
  /** Azure VM size with GPUs (docs/sizes.md). Changing it replaces the pool. */
  size: z.string(),
  /** InfiniBand domains: one AKS pool each, all alike. A job never spans two. Absent without InfiniBand. Default: 1. */
  domains: z.int().min(1, "must be a whole number from 1").max(99, "must be a whole number up to 99").exactOptional(),
  /** Nodes of each domain, fixed. Either this, or minNodes and maxNodes. */
  nodes: z.int().exactOptional(),
  /** Nodes of each domain kept when idle, in an autoscaled pool. Default: 0, and an idle pool costs nothing. */
  minNodes: z.int().exactOptional(),
  /** Nodes of each domain at most: the limit of the autoscaler. */
  maxNodes: z.int().exactOptional(),
  /** Nodes of each domain held back for repairs: paid for, left out of the largest job. At most half of them. */
  spareNodes: z.int().default(0),
  /** Owner of GPU driver and fabric. Changing it replaces the pool. Default: what the catalogue prefers for the size. */
  gpuStack: z.enum(gpuStacks).exactOptional(),
  /**
   * How pods get to lock memory for RDMA: `node` raises the limit on the nodes before they take work, `ipc-lock` lets pods add
   * that capability and run as root. Needs InfiniBand, and `node` Kubernetes 1.36. Default: node.
   */
  memlock: z.enum(memlockModes).exactOptional(),
  /**
   * Extended resource by which pods ask for InfiniBand adapters, `domain/name`: what the device plugin in your cluster calls them. Quotas
   * of teams and the tags of an empty pool follow. One with an underscore cannot be told to the autoscaler, so such a pool keeps a
   * node. Needs InfiniBand. Default: rdma/ib.
   */
  rdmaResource: z.string().exactOptional(),
  /**
   * How pods get InfiniBand adapters: `sriov` counts them as `rdmaResource`, by the network operator's device plugin. `dranet` has pods
   * claim them, and gives a pod the device files of its own adapters alone. It needs Kubernetes 1.36, a stack whose GPUs read adapters
   * without NVIDIA's network driver, and a node that is always there. Needs InfiniBand. Default: sriov.
   */
  rdma: z.enum(rdmaModes).exactOptional(),
  /**
   * Gives pods of training teams the file that tells NCCL how GPUs and adapters of the size are wired, and tells NCCL to read it.
   * Small messages between nodes are up to a fifth faster with it. A file that does not fit its node stops NCCL, so compare two nodes
   * with and without. Needs a size that Azure publishes one for. Default: false.
   */
  ncclTopologyFile: z.boolean().default(false),
  /**
   * Node image family. `Ubuntu` is the release that Azure has for the Kubernetes version of the nodes: 22.04 up to 1.34, 24.04
   * from 1.35, 26.04 from 1.38; a release that is not known to work with the size is refused. Changing it replaces the pool.
   */
  osSku: z.string().default("Ubuntu"),
  /** OS disk in GiB, 128 to 2048. Images of 10 to 20 GB fill a small one. Changing it replaces the pool. */
  osDiskGiB: z.int().default(512),
  /** Availability zone, in quotes: "1". Each constraint costs capacity. Changing it replaces the pool. Default: none. */
  zone: z.string().exactOptional(),
  /** MIG profile, for example MIG1g. Needs a fixed pool. Changing it replaces the pool. Default: whole GPUs. */
  migProfile: z.string().exactOptional(),
  /**
   * Spot priority: cheap, evicted with 30 s notice. Not with InfiniBand, not in prod. Changing it replaces the pool.
   * Default: on demand.
   */
  spot: spotShape.exactOptional(),
  /**
   * Ways to get nodes, the best first, each with its own bounds and as its own AKS pool. Jobs take the first with room, and while Azure has
   * none of it the nodes of the next stand in. In place of nodes, minNodes, maxNodes and spot. A job may end up on the last of them: with
   * `spot` among them it needs checkpoints. Not with InfiniBand, whose fabric is one AKS pool. Default: on demand alone, or spot.
   */
  capacity: z.array(rungShape).min(2, "must name at least two ways: of one alone nothing can stand in").exactOptional(),
  /**
   * Hours in which the pool is empty, such as nights and weekends: the queues of its teams let no job in, and the autoscaler takes away what
   * is idle some 20 minutes later. Needs queues, only teams whose jobs queue, and a pool that may be empty. Not in prod. Default: none.
   */
  off: offShape.exactOptional(),
  /** Nodes that one InfiniBand domain may have, once Azure support has raised it. Default: the catalogue's, 100. */
  domainLimit: z.int().exactOptional(),
  ...agentPoolShape.shape,
});
keysElsewhere.add(gpuPoolShape, poolKeysElsewhere);
export type GpuPoolShape = z.input<typeof gpuPoolShape>;

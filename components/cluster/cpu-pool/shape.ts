import { z } from "zod";
import { keysElsewhere } from "../../../core/keys-elsewhere";
import { poolKeysElsewhere } from "../agent-pool/keys-elsewhere";
import { agentPoolShape } from "../agent-pool/shape";

/** A pool of the AKS cluster without GPUs and without taints: any pod may land on it. */
export const cpuPoolShape = z.strictObject({
  /** General-purpose Azure VM size (docs/sizes.md). Changing it replaces the pool. */
  size: z.string(),
  /** Nodes, fixed. Either this, or minNodes and maxNodes. */
  nodes: z.int().exactOptional(),
  /** Nodes kept when idle, in an autoscaled pool. Default: 0. */
  minNodes: z.int().exactOptional(),
  /** Nodes at most: the limit of the autoscaler. */
  maxNodes: z.int().exactOptional(),
  /** Node image family. `Ubuntu`, as the system pool has it, is 24.04 from Kubernetes 1.35 on. Changing it replaces the pool. */
  osSku: z.string().default("Ubuntu"),
  /**
   * OS disk in GiB, 64 to 2048. It lies on the local disk of the node, and costs nothing, where that has the room; otherwise it is a
   * managed disk. Changing it replaces the pool.
   */
  osDiskGiB: z.int().default(128),
  /** Availability zones, in quotes: ["1", "2"]. Changing them replaces the pool. Default: all zones of the region. */
  zones: z.array(z.string()).exactOptional(),
  ...agentPoolShape.shape,
});
keysElsewhere.add(cpuPoolShape, poolKeysElsewhere);
export type CpuPoolShape = z.input<typeof cpuPoolShape>;

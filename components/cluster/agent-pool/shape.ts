import { z } from "zod";
import { nodeSettingsShape } from "./node-settings";

/** What every pool beside the system pool may say about the software of its nodes. */
export const agentPoolShape = z.strictObject({
  /**
   * Kubernetes version of the nodes, in quotes, at most two minor versions behind the cluster: so that pools are upgraded one
   * after the other. Default: the cluster's.
   */
  kubernetesVersion: z.string().exactOptional(),
  /**
   * ARM ID of a node pool snapshot. New nodes and upgrades take its node image and Kubernetes version instead of the newest, until
   * this is removed. It must have been taken of the same family of sizes and the same osSku. Default: the newest image.
   */
  nodeImageSnapshotId: z.string().exactOptional(),
  ...nodeSettingsShape.shape,
});

/** Nodes of a pool: a fixed number, or the bounds of the autoscaler. */
export interface NodeCounts {
  readonly nodes?: number;
  readonly minNodes?: number;
  readonly maxNodes?: number;
}

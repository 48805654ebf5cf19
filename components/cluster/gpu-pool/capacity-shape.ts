import { z } from "zod";

/** How many nodes a rung may have. */
const counts = {
  /** Nodes of the rung, fixed. Either this, or minNodes and maxNodes. */
  nodes: z.int().exactOptional(),
  /** Nodes of the rung kept when idle. Default: 0. */
  minNodes: z.int().exactOptional(),
  /** Nodes of the rung at most: the limit of the autoscaler. */
  maxNodes: z.int().exactOptional(),
};

/** One way to get nodes: exactly one of the three words. */
export const rungShape = z.strictObject({
  /**
   * Nodes of capacity that Azure holds for you. Without `groupResourceId` a group and a reservation for all nodes of the rung are made
   * here, in the region and zone of the pool. They bill at the price of the nodes from then on, whether nodes run or not; a node that runs
   * in them bills in their place. Not with InfiniBand, and not for sizes that Azure reserves none of on demand (docs/sizes.md).
   */
  reserved: z
    .strictObject({
      /**
       * ARM ID of a capacity reservation group that is there, in this subscription or in another one that shares it with this. It must
       * have a reservation of the size in the zone of the pool. Changing it replaces the AKS pool of the rung. Default: one is made here.
       */
      groupResourceId: z.string().exactOptional(),
      /**
       * Whether the identity of the cluster gets the role Contributor on that group, which AKS needs. Whoever runs `up` must be allowed to
       * give it. With false somebody gives it before. Needs groupResourceId. Default: true.
       */
      grant: z.boolean().exactOptional(),
      /** IDs of other subscriptions that may use the group that is made here: at most 100. Default: none. */
      shareWith: z.array(z.string()).exactOptional(),
      ...counts,
    })
    .exactOptional(),
  /** Nodes at the usual price. Its AKS pool has the name that a pool without a ladder has. */
  onDemand: z.strictObject(counts).exactOptional(),
  /** Nodes that are cheap and evicted with 30 s notice. They need an autoscaled rung, and are not for prod. */
  spot: z
    .strictObject({
      /** USD per node and hour with at most 5 decimals; -1 pays up to the on-demand price and is never evicted for price. */
      maxUsdPerHour: z.number(),
      ...counts,
    })
    .exactOptional(),
});

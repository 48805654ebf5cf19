import { z } from "zod";

/** A team's place in the queue of the cluster. */
export const teamQueueShape = z.strictObject({
  /** GPUs that are the team's own: its jobs get them back whoever has borrowed them. A multiple of the GPUs of a node. */
  gpus: z.int(),
  /**
   * GPUs beyond its own that jobs of the team may have while other teams of the pool leave theirs idle: a multiple of the GPUs of a
   * node, at most the rest of the pool. Such a job is stopped and queues anew when their owner wants them back, so it needs checkpoints.
   * The quota of the namespace rises with it. Default: none.
   */
  borrow: z.int().default(0),
  /**
   * GPUs of its own that other teams of the pool may borrow while the team leaves them idle: a multiple of the GPUs of a node. The rest
   * stays free for a job that must start at once. Default: all of them, since the team gets them back within seconds.
   */
  lend: z.int().exactOptional(),
});
export type TeamQueueShape = z.input<typeof teamQueueShape>;

import { z } from "zod";

/** What a cluster has for queues of teams. All of it is plain, because it decides what exists. */
export const queuesRef = z.object({
  /** Cohort within which queues borrow from each other. */
  cohortName: z.string(),
  /** Flavor of pods that need no place in a topology, because they ask for no device. */
  placeless: z.string(),
  /** Admission check that makes nodes for a whole job at once, absent where no pool grows. */
  scaleUpCheck: z.string().exactOptional(),
});
export type QueuesRef = Readonly<z.output<typeof queuesRef>>;

import { z } from "zod";

/** Hours in which a pool has no nodes. */
export const offShape = z.strictObject({
  /** From an evening to the next morning. Default: none. */
  nights: z
    .strictObject({
      /** `hh:mm` on the clock of the time zone. */
      from: z.string(),
      /** `hh:mm` of the next morning: earlier than `from`. */
      to: z.string(),
    })
    .exactOptional(),
  /** Saturdays and Sundays as a whole; with `nights` from Friday evening to Monday morning. Default: false. */
  weekends: z.boolean().exactOptional(),
  /** Time zone whose clock counts, summer time included: a name of the IANA database, such as Europe/Berlin or UTC. */
  timeZone: z.string(),
  /**
   * What becomes of jobs that run when it begins: `finish` lets them end and starts none, `stop` stops them, and they queue anew for the
   * end of it. A job that is stopped needs checkpoints, or begins from nothing. Default: finish.
   */
  jobs: z.enum(["finish", "stop"]).exactOptional(),
});

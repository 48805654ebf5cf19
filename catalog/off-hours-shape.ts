import { z } from "zod";

/** Hours that are off, as a stack file says them: nights, weekends or both. */
export const offHoursShape = z.strictObject({
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
});
export type OffHoursShape = z.output<typeof offHoursShape>;

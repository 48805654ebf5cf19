import type { z } from "zod";
import { offHoursPerWeek, offShare, ofTheWeek } from "../../../catalog/off-hours";
import type { offShape } from "./off-shape";
import type { Variant } from "./variants";

/** What a person should know before `up` of hours in which a pool is off. */
export function offNotes(off: z.output<typeof offShape> | undefined, variants: readonly Variant[]): string[] {
  if (off === undefined) return [];
  const held = variants.some(({ rung }) => rung?.reserved != null && rung.reserved.groupResourceId === undefined);
  return [
    `off: no job is let in for ${ofTheWeek(offHoursPerWeek(off))}. ` +
      (off.jobs === "stop"
        ? "Jobs that run are stopped when it begins, and one without checkpoints begins anew; the bill does not count these hours"
        : `A job that runs when it begins goes on, and so do its nodes: the bill counts all hours, and ${Math.round(100 * (1 - offShare(off)))} % of them if every job ends in time`),
    ...(held ? ["off: the reservation bills through all hours, whether its nodes run or not"] : []),
  ];
}

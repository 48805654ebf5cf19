import type { z } from "zod";
import { isTimeZone, minutesOf } from "../../../catalog/off-hours";
import type { Problems } from "../../../core/problems";
import type { offShape } from "./off-shape";
import type { Variant } from "./variants";

/** Notes a problem for hours that are none, and for nodes that would stay all the same. */
export function checkOff(off: z.output<typeof offShape>, variants: readonly Variant[], problems: Problems): void {
  const { nights, weekends, timeZone } = off;
  problems.require(nights !== undefined || weekends === true, "off", "must have nights, weekends or both", {
    remedy: 'Write weekends: true, or nights: { from: "20:00", to: "07:00" }',
  });
  problems.require(isTimeZone(timeZone), "off.timeZone", "must be a time zone of the IANA database", {
    got: timeZone,
    remedy:
      "Write Europe/Berlin, America/New_York or UTC for example: an abbreviation or an offset knows no summer time",
  });
  if (nights !== undefined) {
    const [from, to] = [minutesOf(nights.from), minutesOf(nights.to)];
    for (const [key, minutes] of [
      ["from", from],
      ["to", to],
    ] as const) {
      problems.require(minutes !== undefined, `off.nights.${key}`, "must be a time of a day as hh:mm, in quotes", {
        got: nights[key],
        remedy: 'Write "20:00" for example',
      });
    }
    problems.require(
      from === undefined || to === undefined || to < from,
      "off.nights.to",
      `must be earlier than from (${nights.from}): a night ends on the next morning`,
      { got: nights.to, remedy: 'Write from: "20:00" and to: "07:00" for example' },
    );
  }
  for (const { shape, rung } of variants) {
    const { nodes, minNodes = 0 } = shape;
    const path = `${rung === null ? "" : `${rung.path}.`}${nodes === undefined ? "minNodes" : "nodes"}`;
    problems.require(
      nodes === undefined && minNodes === 0,
      path,
      "must not hold nodes in a pool with off: the autoscaler takes away what is idle, and these it may not",
      { got: nodes ?? minNodes, remedy: "Write maxNodes alone, or leave off out" },
    );
  }
}

import type { Problems } from "../core/problems";
import { isTimeZone, minutesOf } from "./off-hours";
import type { OffHoursShape } from "./off-hours-shape";

/** Notes a problem at `off` for hours that are none. */
export function checkOffHours({ nights, weekends, timeZone }: OffHoursShape, problems: Problems): void {
  problems.require(nights !== undefined || weekends === true, "off", "must have nights, weekends or both", {
    remedy: 'Write weekends: true, or nights: { from: "20:00", to: "07:00" }',
  });
  problems.require(isTimeZone(timeZone), "off.timeZone", "must be a time zone of the IANA database", {
    got: timeZone,
    remedy:
      "Write Europe/Berlin, America/New_York or UTC for example: an abbreviation or an offset knows no summer time",
  });
  if (nights === undefined) return;
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

import fc from "fast-check";
import { expect, it } from "vitest";
import {
  isOff,
  isTimeZone,
  minutesOf,
  offCron,
  offHoursPerWeek,
  offHoursTag,
  offHoursTags,
  offTimes,
  type OffHours,
  offShare,
  onShareOf,
  weekdays,
} from "../../catalog/off-hours";

const night = { from: "20:00", to: "07:00" };

it.each<[OffHours, ReturnType<typeof offCron>, number]>([
  [{ nights: night }, { begin: "0 20 * * *", end: "0 7 * * *" }, 77],
  [{ weekends: true }, { begin: "0 0 * * 6", end: "0 0 * * 1" }, 48],
  [{ nights: night, weekends: true }, { begin: "0 20 * * 1-5", end: "0 7 * * 1-5" }, 103],
  [{ nights: { from: "22:30", to: "05:15" } }, { begin: "30 22 * * *", end: "15 5 * * *" }, 47.25],
])("knows when %j begins and ends, and how long it is", (off, cron, hours) => {
  expect(offCron(off)).toEqual(cron);
  expect(offHoursPerWeek(off)).toBe(hours);
  expect(offShare(off)).toBeCloseTo(hours / 168);
  // What a tag says of them is the same.
  expect(onShareOf(offHoursTags(off)[offHoursTag])).toBeCloseTo(1 - hours / 168);
});

it("says their times by day and clock", () => {
  expect(offTimes({ nights: night, weekends: true })).toEqual({
    begin: { days: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"], hour: 20, minute: 0 },
    end: { days: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"], hour: 7, minute: 0 },
  });
  expect(offTimes({ nights: night }).begin.days).toEqual(weekdays);
  expect(offTimes({ weekends: true })).toEqual({
    begin: { days: ["Saturday"], hour: 0, minute: 0 },
    end: { days: ["Monday"], hour: 0, minute: 0 },
  });
});

/** Whether a cron of this file holds at a minute of a week that begins on Monday. */
function fires(cron: string, minuteOfWeek: number): boolean {
  const [minute, hour, , , days = "*"] = cron.split(" ");
  const day = (Math.floor(minuteOfWeek / 1440) % 7) + 1;
  const [first, last = first] = days === "*" ? ["1", "7"] : days.split("-");
  const inDays = day >= Number(first) && day <= Number(last);
  return inDays && minuteOfWeek % 1440 === Number(hour) * 60 + Number(minute);
}

it("counts the hours between what its crons begin and end, and knows each minute of them", () => {
  const time = fc.record({ h: fc.integer({ min: 0, max: 23 }), m: fc.integer({ min: 0, max: 59 }) });
  const text = ({ h, m }: { h: number; m: number }): string =>
    `${String(h).padStart(2, "0")}:${String(m).padStart(2, "0")}`;
  fc.assert(
    fc.property(time, time, fc.boolean(), (from, to, weekends) => {
      fc.pre(to.h * 60 + to.m < from.h * 60 + from.m);
      const off = { nights: { from: text(from), to: text(to) }, weekends };
      const { begin, end } = offCron(off);
      let [nowOff, minutes] = [false, 0];
      const wrong: number[] = [];
      // One week to get into step, one to count.
      for (let at = 0; at < 2 * 10_080; at++) {
        const now = at % 10_080;
        if (fires(begin, now)) nowOff = true;
        if (fires(end, now)) nowOff = false;
        if (at < 10_080) continue;
        if (nowOff) minutes++;
        const day = weekdays[Math.floor(now / 1440)] ?? "Monday";
        if (nowOff !== isOff(off, day, { hour: Math.floor(now / 60) % 24, minute: now % 60 })) wrong.push(now);
      }
      expect(wrong).toEqual([]);
      expect(minutes / 60).toBeCloseTo(offHoursPerWeek(off), 6);
    }),
    { numRuns: 30 },
  );
});

it.each([
  ["Europe/Berlin", true],
  ["UTC", true],
  ["America/Argentina/Buenos_Aires", true],
  ["CET", false],
  ["Berlin", false],
  ["+01:00", false],
  ["europe/berlin", false],
  ["Europe/Nowhere", false],
  ["Local", false],
])("tells whether %s is a time zone", (name, is) => {
  expect(isTimeZone(name)).toBe(is);
});

it.each(["24:00", "7:00", "20", "20:60", ""])("takes %j for no time of a day", (time) => {
  expect(minutesOf(time)).toBeUndefined();
});

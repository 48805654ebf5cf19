/** When nodes are not wanted. */
export interface OffHours {
  /** From an evening to the next morning, `hh:mm`. */
  readonly nights?: { readonly from: string; readonly to: string };
  /** Saturdays and Sundays, whole. */
  readonly weekends?: boolean;
}

/** Hours of a week in which no clock changes. */
export const hoursPerWeek = 7 * 24;

/** Minutes since midnight of `hh:mm`, `undefined` where it is no time of a day. */
export function minutesOf(time: string): number | undefined {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time) ?? [];
  return hours === undefined || minutes === undefined ? undefined : Number(hours) * 60 + Number(minutes);
}

/** Days of a week, from Monday on. */
export const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;
export type Weekday = (typeof weekdays)[number];

/** A time of some days of every week. */
export interface WeeklyTime {
  readonly days: readonly Weekday[];
  readonly hour: number;
  readonly minute: number;
}

/**
 * When they begin and end, by the clock of the time zone of whoever said it. With both, Friday's night ends on Monday morning. Where clocks
 * change it is whoever switches that knows: hours are those of the wall.
 */
export function offTimes({ nights, weekends = false }: OffHours): {
  readonly begin: WeeklyTime;
  readonly end: WeeklyTime;
} {
  if (nights === undefined) {
    const midnight = { hour: 0, minute: 0 };
    return { begin: { days: ["Saturday"], ...midnight }, end: { days: ["Monday"], ...midnight } };
  }
  const days = weekends ? weekdays.slice(0, 5) : weekdays;
  return { begin: { days, ...timeOf(nights.from) }, end: { days, ...timeOf(nights.to) } };
}

/** Whether a time of the week lies in them, their beginning included and their end not. */
export function isOff(off: OffHours, day: Weekday, { hour, minute }: Pick<WeeklyTime, "hour" | "minute">): boolean {
  if (off.weekends === true && (day === "Saturday" || day === "Sunday")) return true;
  if (off.nights === undefined) return false;
  const at = hour * 60 + minute;
  return at >= (minutesOf(off.nights.from) ?? 0) || at < (minutesOf(off.nights.to) ?? 0);
}

/** The same, as cron writes it. */
export function offCron(off: OffHours): { readonly begin: string; readonly end: string } {
  const { begin, end } = offTimes(off);
  return { begin: cronOf(begin), end: cronOf(end) };
}

function cronOf({ days, hour, minute }: WeeklyTime): string {
  const numbers = days.map((it) => weekdays.indexOf(it) + 1);
  const [first, last] = [numbers[0], numbers.at(-1)];
  const range = first === last ? String(first) : `${first}-${last}`;
  return `${minute} ${hour} * * ${days.length === 7 ? "*" : range}`;
}

function timeOf(time: string): Pick<WeeklyTime, "hour" | "minute"> {
  const minutes = minutesOf(time) ?? 0;
  return { hour: Math.floor(minutes / 60), minute: minutes % 60 };
}

/**
 * Tag of what is switched off for so many hours of every week, and bills nothing for its machines then. Who sees the resource and no stack
 * file, as the policy pack and the bill of a plan file do, counts by it.
 */
export const offHoursTag = "hoursOffPerWeek";

/** The tag for these hours. */
export function offHoursTags(off: OffHours): Readonly<Record<string, string>> {
  return { [offHoursTag]: String(offHoursPerWeek(off)) };
}

/** Part of all hours in which something with this value of the tag is on: all of them where it says nothing. */
export function onShareOf(tag: unknown): number {
  const hours = typeof tag === "string" && /^\d{1,3}(\.\d+)?$/.test(tag) ? Number(tag) : 0;
  return 1 - Math.min(hours, hoursPerWeek) / hoursPerWeek;
}

/** Hours of a week that are off. The two weeks of a year in which clocks change have one more or fewer. */
export function offHoursPerWeek({ nights, weekends = false }: OffHours): number {
  const night = nights === undefined ? 0 : (24 * 60 - (minutesOf(nights.from) ?? 0) + (minutesOf(nights.to) ?? 0)) / 60;
  // Five nights begin on a working day; the fifth lasts over the weekend.
  if (weekends) return nights === undefined ? 48 : 5 * night + 48;
  return 7 * night;
}

const oneDigit = new Intl.NumberFormat("en-US", { maximumFractionDigits: 1 });

/** So many hours of a week, as people read them. */
export function ofTheWeek(hours: number): string {
  return `${oneDigit.format(hours)} of the ${hoursPerWeek} hours of a week`;
}

/** Part of all hours that are off, of a month as of a week. */
export function offShare(off: OffHours): number {
  return offHoursPerWeek(off) / hoursPerWeek;
}

/** Whether a text is the name of a time zone in the IANA database, as Kubernetes wants it: `Europe/Berlin`, `UTC`. */
export function isTimeZone(name: string): boolean {
  // Intl takes offsets and other letters, too; the database on a control plane does not.
  if (!/^(UTC|[A-Z][A-Za-z]+(\/[A-Z][\w+-]*)+)$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

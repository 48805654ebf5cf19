/** When nodes are not wanted. */
export interface OffHours {
  /** From an evening to the next morning, `hh:mm`. */
  readonly nights?: { readonly from: string; readonly to: string };
  /** Saturdays and Sundays, whole. */
  readonly weekends?: boolean;
}

/** Minutes since midnight of `hh:mm`, `undefined` where it is no time of a day. */
export function minutesOf(time: string): number | undefined {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time) ?? [];
  return hours === undefined || minutes === undefined ? undefined : Number(hours) * 60 + Number(minutes);
}

/**
 * When they begin and end, as cron writes it, in the time zone of whoever said it. With both, Friday's night ends on Monday morning. Where
 * clocks change it is whoever runs the cron that knows: hours are those of the wall.
 */
export function offCron({ nights, weekends = false }: OffHours): { readonly begin: string; readonly end: string } {
  const days = weekends ? "1-5" : "*";
  if (nights === undefined) return { begin: "0 0 * * 6", end: "0 0 * * 1" };
  return { begin: `${cronTime(nights.from)} * * ${days}`, end: `${cronTime(nights.to)} * * ${days}` };
}

function cronTime(time: string): string {
  const minutes = minutesOf(time) ?? 0;
  return `${minutes % 60} ${Math.floor(minutes / 60)}`;
}

/** Hours of a week that are off. The two weeks of a year in which clocks change have one more or fewer. */
export function offHoursPerWeek({ nights, weekends = false }: OffHours): number {
  const night = nights === undefined ? 0 : (24 * 60 - (minutesOf(nights.from) ?? 0) + (minutesOf(nights.to) ?? 0)) / 60;
  // Five nights begin on a working day; the fifth lasts over the weekend.
  if (weekends) return nights === undefined ? 48 : 5 * night + 48;
  return 7 * night;
}

/** Part of all hours that are off, of a month as of a week. */
export function offShare(off: OffHours): number {
  return offHoursPerWeek(off) / (7 * 24);
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

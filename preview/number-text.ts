// Made once: a number that makes its own takes twenty times as long, and a line for each of hundreds of teams has several.
const format = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 });

/** A number as people read it: 1,234.56. */
export function numberText(value: number): string {
  return format.format(value);
}

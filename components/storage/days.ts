import { z } from "zod";

/** A number of days in a range, refused in the same words at every place. */
export function days(least: number, most: number): z.ZodInt {
  const rule = `must be a whole number of days from ${least} to ${most}`;
  return z.int().min(least, rule).max(most, rule);
}

import type { z } from "zod";

/**
 * Inputs without the keys that no shape has, so that what is wrong with the others can be told in the same run. Undefined: there are no such
 * keys, or something else is wrong, and what does not fit together cannot be told before that is mended.
 * @param plain The inputs as the shape reads them.
 * @param wired The same inputs as the component is given them.
 */
export function withoutUnknownKeys(shape: z.ZodType, plain: unknown, wired: unknown): unknown {
  const { error } = shape.safeParse(plain);
  if (error === undefined) return undefined;
  const unknown: (readonly PropertyKey[])[] = [];
  for (const issue of error.issues) {
    if (issue.code !== "unrecognized_keys") return undefined;
    unknown.push(...issue.keys.map((key) => [...issue.path, key]));
  }
  return unknown.reduce(without, wired);
}

function without(value: unknown, [key, ...below]: readonly PropertyKey[]): unknown {
  if (typeof value !== "object" || value === null || key === undefined) return value;
  if (Array.isArray(value)) return value.map((it: unknown, at) => (at === key ? without(it, below) : it));
  const entries = Object.entries(value).flatMap(([own, it]): [string, unknown][] => {
    if (own !== key) return [[own, it]];
    return below.length === 0 ? [] : [[own, without(it, below)]];
  });
  return Object.fromEntries(entries);
}

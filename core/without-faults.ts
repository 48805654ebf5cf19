import type { z } from "zod";

/**
 * A copy of a value without the parts that a schema refuses: an unknown key alone, a wrong value alone, and what cannot
 * do without it. What is left has the right shape and can be checked further.
 */
export function withoutFaults(schema: z.ZodType, value: unknown): unknown {
  const copy = structuredClone(value);
  // Each round removes at least one part, so this ends; a part that was needed takes its owner with it in a later round.
  for (;;) {
    const result = schema.safeParse(copy);
    if (result.success) return copy;
    for (const issue of result.error.issues) {
      if (issue.code === "invalid_type" && issue.expected === "string" && requote(copy, issue.path)) continue;
      if (issue.code === "unrecognized_keys") for (const key of issue.keys) remove(copy, [...issue.path, key]);
      else remove(copy, issue.path);
    }
  }
}

/** Turns a bare number or boolean into the text that it was meant to be. Told already; what it says can be checked. */
function requote(root: unknown, path: readonly PropertyKey[]): boolean {
  const owner = ownerOf(root, path);
  const key = path.at(-1);
  if (key === undefined || !isObject(owner)) return false;
  const value: unknown = Reflect.get(owner, key);
  return (typeof value === "number" || typeof value === "boolean") && Reflect.set(owner, key, String(value));
}

/** Removes what stands at a path; where nothing stands, its owner lacks it and goes instead. */
function remove(root: unknown, path: readonly PropertyKey[]): void {
  const owner = ownerOf(root, path);
  const key = path.at(-1);
  if (key === undefined || !isObject(owner)) return;
  if (!Object.hasOwn(owner, key)) remove(root, path.slice(0, -1));
  // A list with a hole would shift its neighbours' meaning: the whole list goes.
  else if (Array.isArray(owner)) remove(root, path.slice(0, -1));
  else Reflect.deleteProperty(owner, key);
}

function ownerOf(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.slice(0, -1).reduce<unknown>((at, key) => (isObject(at) ? Reflect.get(at, key) : undefined), root);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

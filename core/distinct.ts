import type { z } from "zod";

/**
 * A list that names each value once. JSON Schema has a word for it, which editors know, and by which `schemaProblems` tells it even where a
 * value is wrong, too: Zod asks no such rule of a list then.
 */
export function distinct<V extends z.ZodType>(list: z.ZodArray<V>, rule: string): z.ZodArray<V> {
  return list.refine(isDistinct, rule).meta({ uniqueItems: true });
}

/** Whether no value of a list is there twice. */
export function isDistinct(values: readonly unknown[]): boolean {
  return new Set(values).size === values.length;
}

import type { z } from "zod";

const names = new WeakMap<z.core.$ZodType, string>();

/** Gives a shape a name of its own, as `area:Name`: wherever it stands, other languages have one type for it. */
export function named<S extends z.ZodType>(name: string, shape: S): S {
  names.set(shape, name);
  return shape;
}

/** The name that a shape was given, or the one that it was copied from; a type without one is called after where it stands. */
export function nameOf(shape: z.core.$ZodType): string | undefined {
  const { parent } = shape._zod;
  return names.get(shape) ?? (parent === undefined ? undefined : nameOf(parent));
}

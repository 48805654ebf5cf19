import type { z } from "zod";
import { MisconfiguredError } from "./problems";
import { schemaProblems } from "./schema-problems";

/**
 * Reads the plain arguments of a component by their schema: every default is filled in, an unknown key or a value of the
 * wrong type is refused.
 * @param subject What the arguments belong to, for example `Lustre file system 'lustre'`.
 * @throws MisconfiguredError with every problem that the schema finds
 */
export function readShape<S extends z.ZodType>(schema: S, given: unknown, subject: string): z.output<S> {
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  throw new MisconfiguredError(subject, schemaProblems(schema, given, result.error.issues));
}

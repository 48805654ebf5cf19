import type { z } from "zod";
import { MisconfiguredError } from "../core/problems";
import { schemaProblems } from "../core/schema-problems";

/**
 * Reads JSON that a command of ours wrote.
 * @param subject What it is, for example `The plan /tmp/plan.json`.
 * @param command What writes it, as somebody types it.
 * @throws MisconfiguredError when it is something else. What is no JSON is not quoted: somebody may have named the file of a key.
 */
export function readJson<T>(
  schema: z.ZodType<T>,
  text: string,
  { subject, command }: { readonly subject: string; readonly command: string },
): T {
  const value = jsonOf(text);
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  const found = text.trim() === "" ? "is empty" : value === undefined ? "holds no JSON" : "holds other JSON";
  throw new MisconfiguredError(subject, [
    // Nobody adds by hand what a command should have written.
    ...(isObject ? schemaProblems(schema, value, parsed.error.issues).map(({ remedy: _, ...it }) => it) : []),
    {
      path: "file",
      rule: `must be what ${command} wrote, and ${isObject ? "is not" : found}`,
      remedy: "Make it again",
    },
  ]);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import { expect, it } from "vitest";
import { z } from "zod";
import { schemaProblems } from "../../core/schema-problems";
import { textRemedy } from "../../core/value-remedies";
import schema from "../../stacks/stack-file.schema.json";

/** Every pattern of a stack file, with the first place that has it. */
function patternsOf(node: unknown, path = "", found = new Map<string, string>()): Map<string, string> {
  if (typeof node !== "object" || node === null) return found;
  const { pattern } = node as { pattern?: unknown };
  if (typeof pattern === "string" && !found.has(pattern)) found.set(pattern, path);
  for (const [key, inner] of Object.entries(node)) patternsOf(inner, `${path}/${key}`, found);
  return found;
}

it.each([...patternsOf(schema)])("what %s refuses is shown by a text that it takes", (pattern) => {
  const [, shown = ""] = /^For example (.*)$/.exec(textRemedy("\n\n", [{ type: "string", pattern }])) ?? [];
  expect(shown).toMatch(new RegExp(pattern, "u"));
});

it.each([
  [z.number().min(2).max(9), 1, "Use 2 or more"],
  [z.number().min(2).max(9), 10, "Use 9 or less"],
  [z.number().positive("no"), -1, "Use more than 0"],
  [z.int().min(1).max(9), 0.5, "Use 1"],
  [z.int().min(1).max(9), 9.5, "Use 9"],
  [z.int().min(1).max(9), 1.5, "Use 1 or 2"],
])("a number is told the nearest that a schema takes: %#", (number, given, remedy) => {
  const { error } = number.safeParse(given);
  expect(schemaProblems(number, given, error?.issues ?? []).map((it) => it.remedy)).toEqual([remedy]);
  for (const [text] of remedy.matchAll(/\d+/g)) {
    if (!remedy.includes("than")) expect(number.safeParse(Number(text)).success).toBe(true);
  }
});

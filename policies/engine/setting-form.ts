import type { PolicyConfigJSONSchema } from "@pulumi/policy/schema";
import { show } from "../../core/problems";
import { isList, isRecord } from "../../core/property-value";

/** How values of a type are called: one, and several. */
const names: Readonly<Record<string, readonly [one: string, several: string]>> = {
  integer: ["a whole number", "whole numbers"],
  number: ["a number", "numbers"],
  string: ["a string", "strings"],
  boolean: ["a boolean", "booleans"],
  array: ["a list", "lists"],
  object: ["an object", "objects"],
  regex: ["a regular expression", "regular expressions"],
};

/** What a value of a schema is, to follow "must be": all that the schema asks of it, and of what it holds. */
export function formOf(schema: PolicyConfigJSONSchema, count: "one" | "several" = "one"): string {
  const { type, format, minimum, maximum, minLength, items, additionalProperties } = schema;
  const [each, name] = count === "one" ? ["", 0] : ["each ", 1];
  if (schema.enum !== undefined) return `${each}one of ${schema.enum.map(show).join(", ")}`;
  const inside = [items, additionalProperties].find((it) => isRecord(it) && !isList(it));
  const called = names[String(format ?? type)]?.[name] ?? "as its description says";
  const bounds = [
    ...(minimum === undefined ? [] : [`${each}at least ${minimum}`]),
    ...(maximum === undefined ? [] : [`${each}at most ${maximum}`]),
    ...(minLength === undefined ? [] : [count === "one" ? "not empty" : "none empty"]),
  ];
  const own = [called, ...bounds].join(", ");
  return inside === undefined ? own : `${own} of ${formOf(inside as PolicyConfigJSONSchema, "several")}`;
}

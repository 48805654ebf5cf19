import { z } from "zod";
import { keysElsewhere } from "./keys-elsewhere";

/** Schemas, in JSON form, that a value at a path may follow. */
export type NodesAt = (path: readonly PropertyKey[]) => readonly object[];

/** Schemas in JSON form. One costs as much as the whole schema, so it is only made when something is wrong, and once. */
const inJson = new WeakMap<z.ZodType, object>();

/** Finds schemas by path. */
export function schemaNodes(schema: z.ZodType): NodesAt {
  const root =
    inJson.get(schema) ??
    z.toJSONSchema(schema, {
      io: "input",
      unrepresentable: "any",
      override: ({ zodSchema, jsonSchema }) => {
        Object.assign(jsonSchema, keysElsewhere.get(zodSchema));
      },
    });
  inJson.set(schema, root);
  return (path) => {
    let nodes: unknown[] = [root];
    for (const key of path) {
      nodes = alternatives(nodes).flatMap((node) => {
        if (typeof key === "number") return [property(node, "items")];
        return [property(property(node, "properties"), key) ?? property(node, "additionalProperties")];
      });
    }
    return alternatives(nodes);
  };
}

/** Keys that a mapping may have by name. Empty where the user chooses the names. */
export function knownKeys(nodes: readonly object[]): string[] {
  return nodes.flatMap((node) => Object.keys(property(node, "properties") ?? {}));
}

/** Whether one of the schemas is a mapping with names that the user chooses. */
export function hasFreeNames(nodes: readonly object[]): boolean {
  return nodes.some((node) => typeof property(node, "additionalProperties") === "object");
}

/** What a schema says of a keyword such as `default` or `pattern`, the first that says something. */
export function keyword(nodes: readonly object[], name: string): unknown {
  return nodes.map((node) => property(node, name)).find((it) => it !== undefined);
}

/** A value that has the right shape, as YAML, to show how it is written. */
export function exampleOf(nodes: readonly object[]): string {
  const usual = keyword(nodes, "default") ?? keyword(nodes, "const");
  if (usual !== undefined) return JSON.stringify(usual);
  const choices = keyword(nodes, "enum");
  if (Array.isArray(choices)) return String(choices[0]);
  const type = keyword(nodes, "type");
  if (type === "object") {
    const names = keyword(nodes, "required");
    const inside = Array.isArray(names) && names.length > 0 ? names.map((it) => `${String(it)}: ...`).join(", ") : "";
    return inside === "" ? "{}" : `{ ${inside} }`;
  }
  return { array: "[...]", boolean: "true", integer: "1", number: "1" }[String(type)] ?? "...";
}

/** An own property of anything, `undefined` where there is none. */
export function property(value: unknown, key: PropertyKey): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  return Reflect.get(value, key);
}

function alternatives(nodes: readonly unknown[]): object[] {
  return nodes.flatMap((node) => {
    if (typeof node !== "object" || node === null) return [];
    // `oneOf` stands for alternatives that one of their properties tells apart.
    const others = property(node, "anyOf") ?? property(node, "oneOf");
    return Array.isArray(others) ? [node, ...alternatives(others)] : [node];
  });
}

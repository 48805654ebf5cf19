import { z } from "zod";
import { handovers } from "../stacks/handover";
import { describeSchema, type DocumentedType } from "./doc-comments";
import { markdownTable } from "./markdown-table";

type SchemaNode = z.core.JSONSchema._JSONSchema | undefined;

/** The table of everything that the layers hand over, from the schemas and their doc comments. */
export function handoverTable(documented: DocumentedType): string {
  const schema = z.toJSONSchema(handovers);
  describeSchema(schema, documented);
  return markdownTable(["Output", "Holds"], rows(schema, ""));
}

function rows(schema: SchemaNode, prefix: string): string[][] {
  if (typeof schema !== "object") return [];
  const { items, properties = {}, required = [] } = schema;
  if (!Array.isArray(items) && items !== undefined) return rows(items, `${prefix}[]`);
  return Object.entries(properties).flatMap(([key, property]) => {
    if (typeof property !== "object") return [];
    const path = prefix === "" ? key : `${prefix}.${key}`;
    const text = property.description ?? (property.const === undefined ? undefined : String(property.const));
    if (text === undefined) throw new Error(`${path} is handed over and has no doc comment that says what it is`);
    const own = prefix === "" ? `**\`${path}\`**` : `\`${path}\``;
    return [[own, `${text}${required.includes(key) ? "" : " May be absent."}`], ...rows(property, path)];
  });
}

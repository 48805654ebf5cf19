import { z } from "zod";
import { nameOf } from "../type-names";

/** A schema in JSON form, with the name that the shape was given. */
export type JsonNode = z.core.JSONSchema.BaseSchema & { readonly typeName?: string };

/** The JSON form of a shape: as it is written for inputs, as it is read for outputs. */
export function jsonNode(shape: z.ZodType, io: "input" | "output"): JsonNode {
  return z.toJSONSchema(shape, {
    io,
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      const typeName = nameOf(zodSchema);
      if (typeName !== undefined) Object.assign(jsonSchema, { typeName });
    },
  });
}

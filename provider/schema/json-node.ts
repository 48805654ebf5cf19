import { z } from "zod";
import { nameOf } from "../type-names";

/** A schema in JSON form, with the name that the shape was given. */
export type JsonNode = z.core.JSONSchema.BaseSchema & { readonly typeName?: string };

/** The JSON form of a shape as it is written. Outputs are told in the same form: one of them may be the input of another component. */
export function jsonNode(shape: z.ZodType): JsonNode {
  return z.toJSONSchema(shape, {
    io: "input",
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      const typeName = nameOf(zodSchema);
      if (typeName !== undefined) Object.assign(jsonSchema, { typeName });
    },
  });
}

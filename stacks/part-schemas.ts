import { z } from "zod";
import { tableOf } from "../core/records";
import type { InfraPart, InfraParts } from "./infra-part";

type SectionOf<Row> =
  Row extends InfraPart<infer Names, infer S> ? (Names extends z.ZodString ? z.ZodRecord<Names, S> : S) : never;

/** Sections of a stack file: the shape of each part, or shapes by name where there can be several. */
export type PartSections<Rows> = { [K in keyof Rows]: z.ZodExactOptional<SectionOf<Rows[K]>> };

/** The sections of parts. */
export function partSections<Rows extends InfraParts>(rows: Rows): PartSections<Rows> {
  return tableOf(
    Object.entries(rows).map(([key, { names, shape, description }]) => [
      key,
      (typeof names === "string" ? shape : z.record(names, shape)).describe(description).exactOptional(),
    ]),
    // The rows say which section is of which type; TypeScript does not follow a table that is mapped key by key.
  ) as unknown as PartSections<Rows>;
}

/** Parts that hand something over. */
type HandingOver<Rows> = {
  [K in keyof Rows]: Rows[K] extends { readonly ref: z.ZodType } ? K : never;
}[keyof Rows];

type PartRefSchemas<Rows> = {
  [K in HandingOver<Rows>]: Rows[K] extends { readonly ref: infer Ref extends z.ZodType }
    ? z.ZodExactOptional<Ref>
    : never;
};

/** Schemas of what parts hand over. */
export function partRefs<Rows extends InfraParts>(rows: Rows): PartRefSchemas<Rows> {
  return tableOf(
    Object.entries(rows).flatMap(([key, { ref, description }]) =>
      ref === null ? [] : [[key, ref.describe(description).exactOptional()]],
    ),
  ) as unknown as PartRefSchemas<Rows>;
}

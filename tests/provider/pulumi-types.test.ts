import { describe, expect, it } from "vitest";
import { z } from "zod";
import { jsonNode } from "../../provider/schema/json-node";
import {
  type ComplexTypeSpec,
  NamedTypes,
  propertiesOf,
  pulumiType,
  requiredOf,
} from "../../provider/schema/pulumi-types";
import { named } from "../../provider/type-names";

const token = "azure-gpu-cluster:area:Thing";

/** A shape in Pulumi's form, and the types that it brought. */
function typeOf(shape: z.ZodType): { readonly type: object; readonly types: object } {
  const types = new NamedTypes();
  return { type: pulumiType(jsonNode(shape), token, types), types: types.all };
}

describe("shapes in Pulumi's form", () => {
  it.each([
    ["text", z.string(), { type: "string" }],
    ["a word", z.enum(["a", "b"]), { type: "string" }],
    ["one word", z.literal("a"), { type: "string" }],
    ["a whole number", z.int(), { type: "integer" }],
    ["a number", z.number(), { type: "number" }],
    ["yes or no", z.boolean(), { type: "boolean" }],
    [
      "a list of lists",
      z.array(z.array(z.int())),
      { type: "array", items: { type: "array", items: { type: "integer" } } },
    ],
    ["a mapping", z.record(z.string(), z.int()), { type: "object", additionalProperties: { type: "integer" } }],
    ["a thing or nothing", z.string().nullable(), { type: "string" }],
    ["one of two", z.union([z.string(), z.int()]), { oneOf: [{ type: "string" }, { type: "integer" }] }],
    ["one of two that are alike in Pulumi", z.union([z.literal("a"), z.string()]), { type: "string" }],
  ])("makes %s", (_, shape: z.ZodType, type) => expect(typeOf(shape)).toEqual({ type, types: {} }));

  it("gives a mapping with known keys a type that is called after where it stands", () => {
    const { type, types } = typeOf(
      z.strictObject({ a: z.string(), inner: z.strictObject({ b: z.int() }).exactOptional() }),
    );
    expect(type).toEqual({ $ref: `#/types/${token}` });
    expect(types).toEqual({
      [token]: {
        type: "object",
        properties: { a: { type: "string" }, inner: { $ref: `#/types/${token}Inner` } },
        required: ["a"],
      },
      [`${token}Inner`]: { type: "object", properties: { b: { type: "integer" } }, required: ["b"] },
    });
  });

  it("calls a named shape by its name wherever it stands, once", () => {
    const place = named("area:Place", z.strictObject({ x: z.int() }));
    const { types } = typeOf(z.strictObject({ from: place, to: place.describe("Where to.") }));
    expect(Object.keys(types)).toEqual(["azure-gpu-cluster:area:Place", token]);
  });

  it("describes a type by its own words, or those of the first place that holds it", () => {
    const place = named("area:Place", z.strictObject({ x: z.int() }));
    const { types } = typeOf(
      z.strictObject({
        from: place,
        to: place.describe("Where to."),
        back: place.describe("Where from."),
        own: z.strictObject({ y: z.int() }).describe("Its own."),
        list: z.array(z.strictObject({ z: z.int() })).describe("All of them."),
        table: z.record(z.string(), z.strictObject({ u: z.int() })).describe("By name."),
        either: z.union([z.strictObject({ v: z.int() }), z.string()]).describe("One way."),
      }),
    );
    const described = Object.entries(types).map(([name, it]) => [
      name.replace(/^.*:/, ""),
      (it as ComplexTypeSpec).description,
    ]);
    expect(Object.fromEntries(described)).toEqual({
      Place: "Where to.",
      ThingOwn: "Its own.",
      ThingList: "All of them.",
      ThingTable: "By name.",
      ThingEither: "One way.",
    });
  });

  it("refuses two types of one name, and says how it is mended", () => {
    const [one, other] = [z.strictObject({ x: z.int() }), z.strictObject({ y: z.int() })];
    const shape = z.strictObject({ a: named("area:Twice", one), b: named("area:Twice", other) });
    expect(() => typeOf(shape)).toThrow("Two types would be called azure-gpu-cluster:area:Twice. Give one");
  });

  it("tells alternatives of several mappings apart by a key that only one has", () => {
    const { type } = typeOf(
      z.union([z.strictObject({ a: z.int(), x: z.int() }), z.strictObject({ a: z.int(), y: z.int() })]),
    );
    expect(type).toEqual({ oneOf: [{ $ref: `#/types/${token}X` }, { $ref: `#/types/${token}Y` }] });
  });

  it("refuses what Pulumi has no type for, and names where", () => {
    expect(() => typeOf(z.any())).toThrow(`${token} is of a type that Pulumi's schema does not have`);
    expect(() => pulumiType({ anyOf: [{ type: "null" }] }, token, new NamedTypes())).toThrow(
      `${token} has no type but nothing.`,
    );
  });

  it("tells words and default in the description, and no default to Pulumi", () => {
    const shape = z.strictObject({
      kind: z.enum(["a", "b"]).default("a").describe("Kind of it."),
      count: z.int().default(3).describe("How many. Default: three."),
    });
    const node = jsonNode(shape);
    expect(propertiesOf(node, token, new NamedTypes())).toEqual({
      kind: { type: "string", description: 'Kind of it. One of a, b. Default: "a".' },
      count: { type: "integer", description: "How many. Default: three." },
    });
    expect(requiredOf(node)).toEqual([]);
  });
});

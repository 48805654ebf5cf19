import { describe, expect, it } from "vitest";
import { z } from "zod";
import { distinct } from "../../core/distinct";
import { keysElsewhere } from "../../core/keys-elsewhere";
import { describeProblem } from "../../core/problems";
import { schemaProblems } from "../../core/schema-problems";

const schema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z]{1,8}$/, "must be 1 to 8 lowercase letters")
    .exactOptional(),
  count: z.int().exactOptional(),
  price: z.number().max(5).exactOptional(),
  on: z.boolean().exactOptional(),
  kind: z.enum(["dev", "prod"]).default("dev"),
  lock: z.enum(["2026.10", "2026.12"]).exactOptional(),
  list: z.array(z.string().max(3)).min(1).exactOptional(),
  access: z.union([z.literal("private"), z.strictObject({ ranges: z.array(z.string()) })]).exactOptional(),
  pools: z
    .record(z.string().regex(/^[a-z]+$/, "must be lowercase letters"), z.strictObject({ size: z.string() }))
    .exactOptional(),
  sshPublicKeys: z.array(z.string()).exactOptional(),
  day: z.iso.date().exactOptional(),
  ladder: z.array(z.strictObject({ step: z.strictObject({ nodes: z.int() }).exactOptional() })).exactOptional(),
  size: z.number().positive("must be more than 0").exactOptional(),
  parts: distinct(z.array(z.int().min(1).max(9)), "must name each once").exactOptional(),
  place: z
    .strictObject({ near: z.string().exactOptional(), far: z.string().exactOptional() })
    .refine(({ near, far }) => near !== far, "must be near or far")
    .exactOptional(),
});

const withElsewhere = z.strictObject({ size: z.string() });
keysElsewhere.add(withElsewhere, { keysElsewhere: { sizes: { rule: "is not for one", remedy: "Use many" } } });

function told(value: unknown): string[] {
  const result = schema.safeParse(value);
  return result.success ? [] : schemaProblems(schema, value, result.error.issues).map(describeProblem);
}

describe("schemaProblems", () => {
  it.each([
    [{ name: "Vision" }, 'name: must be 1 to 8 lowercase letters; got "Vision". For example vision'],
    [{ name: 12 }, 'name: must be text; got 12 (number). Put it in quotes: "12"'],
    [{ count: "1,024" }, 'count: must be a whole number; got "1,024" (text). Write 1024 without quotes'],
    [
      { count: "128 TiB" },
      'count: must be a whole number; got "128 TiB" (text). Write a number alone, without quotes and without a unit',
    ],
    [
      { ladder: ["step"] },
      'ladder[0]: must be a mapping; got "step" (text). Write { step: { ... } }, with keys of its own: nodes',
    ],
    [{ ladder: ["stair"] }, 'ladder[0]: must be a mapping; got "stair" (text). Keys that it can have: step'],
    [{ count: 3.5 }, "count: must be a whole number; got 3.5 (number). Use 3 or 4"],
    [{ count: null }, "count: must be a whole number; got null (empty). Write for example 1"],
    [{ count: 1e300 }, "count: must be a whole number of ordinary size; got 1e+300. Write fewer digits"],
    [{ price: 7 }, "price: must be at most 5; got 7. Use 5 or less"],
    [
      { on: "yes" },
      'on: must be true or false; got "yes" (text). A word is not a boolean: write true or false without quotes',
    ],
    [{ kind: "prd" }, 'kind: must be one of dev, prod; got "prd". Did you mean prod?'],
    [{ kind: 1 }, "kind: must be one of dev, prod; got 1. Write dev or prod"],
    [{ lock: 2026.1 }, 'lock: must be one of 2026.10, 2026.12; got 2026.1. Put it in quotes: "2026.10"'],
    [{ list: "a" }, 'list: must be a list; got "a" (text). Write it as a list, in brackets'],
    [{ list: [] }, "list: must have at least 1 items; got []. Add more"],
    [{ list: ["abcd"] }, 'list[0]: must have at most 3 characters; got "abcd". Shorten it'],
    [{ access: "privat" }, 'access: must be private, or a mapping with ranges; got "privat". Write private'],
    [{ access: {} }, "access.ranges: must be given: a list. Add ranges: [...]"],
    [{ pools: "a" }, 'pools: must be a mapping; got "a" (text). Write a name, a colon and its settings'],
    [{ pools: { A1: { size: "x" } } }, 'pools.A1: name must be lowercase letters; got "A1". '],
    [{ pools: { a: {} } }, "pools.a.size: must be given: text. Add size: ..."],
    [
      { pools: { a: { sizes: "x", size: "y" } } },
      "pools.a.sizes: is not a known key; unknown keys are never ignored. Did you mean size?",
    ],
    [{ day: "x" }, 'day: has a form that is not possible here; got "x". For example 2026-09-30'],
    [{ size: 0 }, "size: must be more than 0; got 0. Use more than 0"],
    [{ parts: [0.5] }, "parts[0]: must be a whole number; got 0.5 (number). Use 1"],
    [{ parts: [9.5] }, "parts[0]: must be a whole number; got 9.5 (number). Use 9"],
    [{ place: {} }, "place: must be near or far; got {}. Keys that it can have: near, far"],
  ])("of %j says %s", (value, said) => {
    expect(told(value)).toEqual([expect.stringContaining(said)]);
  });

  it("tells what a list has twice beside what is wrong with its values", () => {
    expect(told({ parts: [0.5, 5, 5] })).toEqual([
      "parts[0]: must be a whole number; got 0.5 (number). Use 1",
      "parts: must name each value once; got [0.5,5,5]. Leave one of the two out",
    ]);
    expect(told({ parts: [5, 5] })).toEqual(["parts: must name each once; got [5,5]. Leave one of the two out"]);
    expect(told({ parts: [0, 5, 5] })).toHaveLength(2);
    expect(told({ parts: [0, 5] })).toHaveLength(1);
    expect(told({ list: ["long one", "a", "a"] })).toHaveLength(1);
    expect(told({ parts: "5" })).toEqual([expect.stringContaining("must be a list")]);
  });

  it("shows nothing below a field of keys", () => {
    for (const value of ["hunter2", ["a", 7], { a: "hunter2" }, [["hunter2"]]])
      expect(told({ sshPublicKeys: value }).join("\n")).not.toMatch(/; got|hunter2/);
  });

  it("tells why a key is elsewhere, at any depth, and not what it is like", () => {
    const many = z.strictObject({ pools: z.record(z.string(), withElsewhere.exactOptional()) });
    const value = { pools: { a: { size: "x", sizes: 1, sizs: 2 } } };
    const { error } = many.safeParse(value);
    expect(schemaProblems(many, value, error?.issues ?? []).map(describeProblem)).toEqual([
      "pools.a.sizes: is not for one. Use many",
      "pools.a.sizs: is not a known key; unknown keys are never ignored. Did you mean size?",
    ]);
  });

  it("tells very many unknown keys as one", () => {
    const all = told(Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`unknown${at}`, 1])));
    expect(all).toHaveLength(21);
    expect(all.at(-1)).toContain("and 9979 more keys beside it are not known");
  });
});

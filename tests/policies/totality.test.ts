import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeViolation, isViolation, type Subject, type Rule, type RuleContext } from "../../policies/engine/rule";
import { outcomesOf } from "../../policies/engine/judge";
import { unknownValue } from "../../core/property-marks";
import { rules } from "../../policies/rules";
import { changed, resource, type RuleCases } from "./harness";
import { tables } from "./tables";

const context: RuleContext = { environment: "prod", today: "2026-09-01", settings: {} };

/** Values that break code that trusts its input: markers, wrapped values, objects that cannot become text. */
const nasty = fc.constantFrom<unknown>(
  unknownValue,
  null,
  undefined,
  "",
  "*",
  NaN,
  -1,
  [],
  {},
  [null],
  { toString: 1, valueOf: 1 },
  { __proto__: null, constructor: 1 },
  { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value: unknownValue },
  { "4dabf18193072939515e22adb298388d": "d0e6a833031e9bbcd3f4e8bde6ca49a4" },
);
const tree = fc.oneof(nasty, fc.jsonValue({ maxDepth: 4 }));

/** Every path of a tree, objects and lists included. */
function pathsOf(value: unknown, at = ""): readonly string[] {
  if (typeof value !== "object" || value === null) return at === "" ? [] : [at];
  const inner = Object.entries(value).flatMap(([key, child]: [string, unknown]) =>
    pathsOf(
      child,
      Array.isArray(value)
        ? `${at}[${key}]`
        : /^\w+$/.test(key)
          ? `${at}${at === "" ? "" : "."}${key}`
          : `${at}["${key}"]`,
    ),
  );
  return at === "" ? inner : [at, ...inner];
}

function run(rule: Rule, resources: readonly Subject[]): void {
  for (const outcome of outcomesOf(rule, resources, context)) {
    expect(outcome.path).not.toBe("");
    if (isViolation(outcome)) expect(describeViolation(rule, outcome)).not.toContain("undefined");
  }
}

describe("no rule throws", () => {
  it.each(rules.map((rule) => ({ name: rule.name, rule })))("$name on any tree", ({ rule }) => {
    const anyResource = fc
      .record({ type: fc.constantFrom(...rule.types), inputs: fc.dictionary(fc.string(), tree) })
      .map(({ type, inputs }) => resource(type, inputs));
    fc.assert(
      fc.property(fc.array(anyResource, { minLength: 1, maxLength: 3 }), (resources) => run(rule, resources)),
      { numRuns: 50 },
    );
  });

  it.each(tables.map((it, at) => ({ name: `${it.rule.name} (table ${at})`, it })))(
    "$name on a damaged plan",
    ({ it }) => {
      const plans = it.cases.filter(({ kind }) => kind !== "notApplicable").map(({ resources }) => resources);
      const damaged = fc.constantFrom(...plans).chain((resources) => damage(resources));
      fc.assert(
        fc.property(damaged, (resources) => run(it.rule, resources)),
        { numRuns: 150 },
      );
    },
  );
});

function damage(resources: RuleCases["cases"][number]["resources"]): fc.Arbitrary<readonly Subject[]> {
  return fc.tuple(...resources.map((it) => damageOne(it)));
}

function damageOne(it: Subject): fc.Arbitrary<Subject> {
  const paths = pathsOf(it.inputs);
  if (paths.length === 0) return fc.constant(it);
  return fc
    .array(fc.tuple(fc.constantFrom(...paths), tree), { maxLength: 3 })
    .map((changes) => changes.reduce((damaged, [path, value]) => changed(damaged, { [path]: value }), it));
}

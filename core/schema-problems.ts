import { z } from "zod";
import { closestNames } from "./closest-names";
import { show, type Problem } from "./problems";

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** Words that mean a boolean elsewhere, but are plain text in a stack file. */
const booleanWords = ["yes", "no", "on", "off", "true", "false"];

/** Says what a schema found, in the words of this project: path, rule, value given, remedy. */
export function schemaProblems(schema: z.ZodType, value: unknown, issues: readonly Issue[]): Problem[] {
  const nodesAt = schemaNodes(schema);
  return issues.flatMap((issue) => describe(issue, [], value, nodesAt));
}

/** Schemas, in JSON form, that a value at a path may follow. */
type NodesAt = (path: Path) => readonly object[];

function describe(issue: Issue, prefix: Path, root: unknown, nodesAt: NodesAt): Problem[] {
  const path = [...prefix, ...issue.path];
  const given = valueAt(root, path);
  const at = pathText(path);
  if (issue.code === "unrecognized_keys") {
    const known = knownKeys(nodesAt(path));
    return issue.keys.map((key) => {
      const near = closestNames(key, known, 1)[0];
      const remedy = near === undefined ? `Known keys: ${known.join(", ")}` : `Did you mean ${near}?`;
      return { path: pathText([...path, key]), rule: "is not a known key; unknown keys are never ignored", remedy };
    });
  }
  if (issue.code === "invalid_union") {
    // The branch that agrees with the value's type is the one that was meant: its problems are the useful ones.
    const meant = issue.errors.find(
      (branch) => !branch.some((it) => it.path.length === 0 && it.code !== "unrecognized_keys"),
    );
    if (meant !== undefined) return meant.flatMap((it) => describe(it, path, root, nodesAt));
    const options = issue.errors
      .flat()
      .map((it) => (it.code === "invalid_value" ? it.values.map(String).join(", ") : "a mapping"));
    const known = knownKeys(nodesAt(path));
    const mapping = known.length === 0 ? "a mapping" : `a mapping with ${known.join(", ")}`;
    return [
      {
        path: at,
        rule: `must be ${options.map((it) => (it === "a mapping" ? mapping : it)).join(", or ")}`,
        got: show(given),
      },
    ];
  }
  if (issue.code === "invalid_key")
    return issue.issues.map((it) => ({ path: at, rule: `name ${it.message}`, got: show(path.at(-1)) }));
  if (issue.code === "invalid_value") {
    const values = issue.values.map(String);
    const near = typeof given === "string" ? closestNames(given, values, 1)[0] : undefined;
    const missing = given === undefined ? "must be given: " : "must be ";
    return [
      {
        path: at,
        rule: `${missing}one of ${values.join(", ")}`,
        ...(given !== undefined && { got: show(given) }),
        ...(near !== undefined && { remedy: `Did you mean ${near}?` }),
      },
    ];
  }
  if (issue.code === "invalid_type") {
    const whole = issue.expected === "number" && nodesAt(path).some((node) => property(node, "type") === "integer");
    const expected = typeWords[whole ? "int" : issue.expected] ?? issue.expected;
    if (given === undefined) return [{ path: at, rule: `must be given: ${expected}` }];
    return [
      {
        path: at,
        rule: `must be ${expected}`,
        got: `${show(given)} (${typeName(given)})`,
        ...typeRemedy(issue.expected, given),
      },
    ];
  }
  if (issue.code === "too_big" && issue.origin === "int") {
    return [{ path: at, rule: "must be a whole number of ordinary size", got: show(given) }];
  }
  // Rules of our own carry their text ("must ..."); a shape that none of them names keeps Zod's.
  return [{ path: at, rule: issue.message, got: show(given) }];
}

const typeWords: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  object: "a mapping",
  record: "a mapping",
  array: "a list",
};

function typeName(value: unknown): string {
  if (value === null) return "empty";
  if (Array.isArray(value)) return "list";
  return (
    { string: "text", number: "number", boolean: "boolean", object: "mapping" }[typeof value as string] ?? typeof value
  );
}

function typeRemedy(expected: string, given: unknown): { remedy?: string } {
  if (expected === "boolean" && typeof given === "string" && booleanWords.includes(given.toLowerCase())) {
    return { remedy: "A word is not a boolean: write true or false without quotes" };
  }
  if (expected === "string" && (typeof given === "number" || typeof given === "boolean")) {
    return { remedy: `Put it in quotes: "${given}"` };
  }
  if ((expected === "number" || expected === "int") && typeof given === "string" && /^-?\d+$/.test(given)) {
    return { remedy: `Write ${given} without quotes` };
  }
  return {};
}

function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>(property, root);
}

/** An own property of anything, `undefined` where there is none. */
function property(value: unknown, key: PropertyKey): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  return Reflect.get(value, key);
}

/** `a.b[0].c`. Names that a user chose are shown escaped when they are strange. */
function pathText(path: Path): string {
  return path
    .map((key, at) => {
      if (typeof key === "number") return `[${key}]`;
      const text = String(key);
      const plain = /^[\w-]+$/.test(text) ? text : show(text);
      return at === 0 ? plain : `.${plain}`;
    })
    .join("");
}

/** Finds schemas by path. Only made when something is wrong. */
function schemaNodes(schema: z.ZodType): NodesAt {
  const root: unknown = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  return (path) => {
    let nodes = [root];
    for (const key of path) {
      nodes = alternatives(nodes).flatMap((node) => {
        if (typeof key === "number") return [property(node, "items")];
        return [property(property(node, "properties"), key) ?? property(node, "additionalProperties")];
      });
    }
    return alternatives(nodes);
  };
}

function knownKeys(nodes: readonly object[]): string[] {
  return nodes.flatMap((node) => Object.keys(property(node, "properties") ?? {}));
}

function alternatives(nodes: readonly unknown[]): object[] {
  return nodes.flatMap((node) => {
    if (typeof node !== "object" || node === null) return [];
    const anyOf = property(node, "anyOf");
    return Array.isArray(anyOf) ? [node, ...alternatives(anyOf)] : [node];
  });
}

import type { z } from "zod";
import { closestNames } from "./closest-names";
import { isDistinct } from "./distinct";
import type { KeyElsewhere } from "./keys-elsewhere";
import { isList } from "./property-value";
import { joinPath, type Problem, show, showAt, showKey } from "./problems";
import { exampleOf, keyword, knownKeys, type NodesAt, property, schemaNodes } from "./schema-nodes";
import { keyRemedy, mappingRemedy, textRemedy, typeRemedy, valueRemedy } from "./value-remedies";

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** Unknown keys of one mapping that are told one by one. So many more are one misplaced line, or no stack file at all. */
const keysTold = 20;

/** Says what a schema found, in the words of this project: path, rule, value given, remedy. */
export function schemaProblems(schema: z.ZodType, value: unknown, issues: readonly Issue[]): Problem[] {
  const nodesAt = schemaNodes(schema);
  const ofWrongType = new Set(issues.filter((it) => it.code === "invalid_type").map((it) => pathText(it.path)));
  // What else is wrong with a value of the wrong type follows from that.
  const causes = issues.filter((it) => it.code === "invalid_type" || !ofWrongType.has(pathText(it.path)));
  return [...causes.flatMap((issue) => describe(issue, [], value, nodesAt)), ...repeated(causes, value, nodesAt)];
}

/** Lists in which a value is wrong, and another one there twice. */
function repeated(issues: readonly Issue[], root: unknown, nodesAt: NodesAt): Problem[] {
  const told = new Set(issues.map((it) => pathText(it.path)));
  const lists = issues
    .map(({ path }) => path.slice(0, typeof path.at(-1) === "number" ? -1 : 0))
    .filter((it) => it.length > 0);
  const distinctLists = new Map(lists.map((path) => [pathText(path), path]));
  return [...distinctLists].flatMap(([at, path]) => {
    const [given, nodes] = [valueAt(root, path), nodesAt(path)];
    if (told.has(at) || keyword(nodes, "uniqueItems") !== true || !isList(given) || isDistinct(given)) return [];
    return [{ path: at, rule: "must name each value once", ...showAt(at, given), remedy: valueRemedy(given, nodes) }];
  });
}

function describe(issue: Issue, prefix: Path, root: unknown, nodesAt: NodesAt): Problem[] {
  const path = [...prefix, ...issue.path];
  const given = valueAt(root, path);
  const at = pathText(path);
  const nodes = nodesAt(path);
  switch (issue.code) {
    case "unrecognized_keys":
      return unknownKeys(path, issue.keys, nodes);
    case "invalid_union": {
      // No alternative has the word that tells them apart.
      if (issue.errors.length === 0) {
        return [notAmong(path, given, nodes.flatMap((it) => property(it, "const") ?? []).map(String), nodes)];
      }
      // The branch that agrees with the value's type is the one that was meant: its problems are the useful ones.
      const meant = issue.errors.find(
        (branch) => !branch.some((it) => it.path.length === 0 && it.code !== "unrecognized_keys"),
      );
      return meant === undefined
        ? [noneOf(issue.errors.flat(), path, given, nodes)]
        : meant.flatMap((it) => describe(it, path, root, nodesAt));
    }
    case "invalid_key": {
      const key = path.at(-1);
      const names = keyword(nodesAt(path.slice(0, -1)), "propertyNames");
      const remedy = textRemedy(key, typeof names === "object" && names !== null ? [names] : []);
      return issue.issues.map((it) => ({ path: at, rule: `name ${it.message}`, got: show(key), remedy }));
    }
    case "invalid_value":
      return [notAmong(path, given, issue.values.map(String), nodes)];
    case "invalid_type": {
      const whole = issue.expected === "int" || (issue.expected === "number" && keyword(nodes, "type") === "integer");
      const expected = typeWords[whole ? "int" : issue.expected] ?? issue.expected;
      if (given === undefined) return [missing(path, expected, nodes)];
      const remedy = typeRemedy(whole ? "int" : issue.expected, given, nodes);
      return [{ path: at, rule: `must be ${expected}`, ...showAt(at, given, ` (${typeName(given)})`), remedy }];
    }
    default: {
      const { rule, remedy } = ruleOf(issue);
      return [{ path: at, rule, ...showAt(at, given), remedy: remedy ?? valueRemedy(given, nodes) }];
    }
  }
}

/** A value that is none of some words. */
function notAmong(path: Path, given: unknown, words: readonly string[], nodes: readonly object[]): Problem {
  if (given === undefined) return missing(path, `one of ${words.join(", ")}`, nodes);
  const at = pathText(path);
  const near = typeof given === "string" ? closestNames(given, words, 1)[0] : undefined;
  // A number to YAML where a text was meant: 2026.10 has become 2026.1.
  const meant = typeof given === "number" ? words.find((it) => Number(it) === given) : undefined;
  const quoted = meant === undefined ? `Write ${words.join(" or ")}` : `Put it in quotes: "${meant}"`;
  const remedy = near === undefined ? quoted : `Did you mean ${near}?`;
  return { path: at, rule: `must be one of ${words.join(", ")}`, ...showAt(at, given), remedy };
}

/** Each key that is not known, and why it is not or what it was meant to be. Very many are told as one. */
function unknownKeys(path: Path, keys: readonly string[], nodes: readonly object[]): Problem[] {
  const known = knownKeys(nodes);
  const elsewhere = keyword(nodes, "keysElsewhere");
  const rule = "is not a known key; unknown keys are never ignored";
  const told = keys.slice(0, keysTold).map((key) => ({
    path: pathText([...path, key]),
    ...{ rule, remedy: keyRemedy(key, known) },
    ...(property(elsewhere, key) as KeyElsewhere | undefined),
  }));
  const more = keys.slice(keysTold);
  const first = more[0];
  if (first === undefined) return told;
  const rest = {
    path: pathText([...path, first]),
    rule: `and ${more.length - 1} more keys beside it are not known; unknown keys are never ignored`,
    remedy: known.length === 0 ? "Remove them" : `Known keys: ${known.join(", ")}`,
  };
  return [...told, rest];
}

/** A value of a type that no alternative has. */
function noneOf(issues: readonly Issue[], path: Path, given: unknown, nodes: readonly object[]): Problem {
  const known = knownKeys(nodes);
  const mapping = known.length === 0 ? "a mapping" : `a mapping with ${known.join(", ")}`;
  const options = issues.map((it) => {
    if (it.code === "invalid_value") return it.values.map(String).join(", ");
    return it.code === "invalid_type" && it.expected === "array" ? "a list" : mapping;
  });
  const words = issues.flatMap((it) => (it.code === "invalid_value" ? it.values.map(String) : []));
  const near = typeof given === "string" ? closestNames(given, words, 1)[0] : undefined;
  const word = near ?? words[0];
  const at = pathText(path);
  return {
    path: at,
    rule: `must be ${[...new Set(options)].join(", or ")}`,
    ...showAt(at, given),
    remedy: word === undefined ? mappingRemedy(nodes) : `Write ${word}`,
  };
}

function missing(path: Path, expected: string, nodes: readonly object[]): Problem {
  const key = path.at(-1);
  const remedy = typeof key === "string" ? `Add ${showKey(key)}: ${exampleOf(nodes)}` : `Write ${exampleOf(nodes)}`;
  return { path: pathText(path), rule: `must be given: ${expected}`, remedy };
}

/** The rule that an issue stands for. Rules of our own carry their text; the shapes that Zod words itself are told here. */
function ruleOf(issue: Issue): { readonly rule: string; readonly remedy?: string } {
  if (issue.code === "too_big" && issue.origin === "int")
    return { rule: "must be a whole number of ordinary size", remedy: "Write fewer digits" };
  if (!/^(Too|Invalid|Unrecognized)\b/.test(issue.message)) return { rule: issue.message };
  if (issue.code === "too_big") {
    const most = String(issue.maximum);
    if (issue.origin === "string") return { rule: `must have at most ${most} characters`, remedy: "Shorten it" };
    if (issue.origin === "array") return { rule: `must have at most ${most} items`, remedy: "Remove some" };
    return { rule: `must be at most ${most}`, remedy: `Use ${most} or less` };
  }
  if (issue.code === "too_small") {
    const least = String(issue.minimum);
    if (issue.origin === "string") return { rule: `must have at least ${least} characters`, remedy: "Write it out" };
    if (issue.origin === "array") return { rule: `must have at least ${least} items`, remedy: "Add more" };
    return { rule: `must be at least ${least}`, remedy: `Use ${least} or more` };
  }
  return { rule: "has a form that is not possible here" };
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
  return typeof value === "object" ? "mapping" : typeof value === "string" ? "text" : typeof value;
}

function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>(property, root);
}

/** `a.b[0].c`. Names that a user chose are shown escaped when they are strange. */
function pathText(path: Path): string {
  return path.reduce<string>(
    (text, key) => joinPath(text, typeof key === "number" ? `[${key}]` : showKey(String(key))),
    "",
  );
}

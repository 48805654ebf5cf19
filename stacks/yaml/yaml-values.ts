import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Scalar } from "yaml";
import { joinPath, MisconfiguredError, type Problem, show, showKey } from "../../core/problems";
import { plainScalar } from "./plain-scalar";
import { syntaxProblem } from "../../core/yaml-faults";

/** Bounds that no real stack file comes near. */
const most = { depth: 20, values: 50_000, aliases: 100 };
const flat = { remedy: "A stack file is small and flat: one line for each setting" };

/** What a YAML file says, read as the Pulumi CLI reads it. */
export interface YamlValues {
  readonly value: unknown;
  /** Spellings that readers take differently. What they may mean is among the values as text, and was told. */
  readonly problems: readonly Problem[];
  /** Line of each key and list item, by its path as problems write it. */
  readonly lines: ReadonlyMap<string, number>;
}

/**
 * Reads YAML the way the Pulumi CLI does: its parser is go-yaml, which reads YAML 1.1 and 1.2 mixed. What the two would read
 * differently is refused, with the spelling that both read alike.
 * @param pathOf Path of a key at a path: problems may call it otherwise than the file does.
 * @throws MisconfiguredError for text that is no YAML or has no end
 */
export function readYaml(text: string, shown: string, pathOf: (path: string, key: string) => string): YamlValues {
  const lineCounter = new LineCounter();
  const document = parse(text, shown, lineCounter);
  const problems: Problem[] = [];
  const lines = new Map<string, number>();
  let values = 0;
  let aliases = 0;

  const lineAt = (offset: number): number => lineCounter.linePos(offset).line;
  const tooMuch = (rule: string, line: number): never => {
    throw new MisconfiguredError(shown, [{ path: "YAML", rule, line, ...flat }]);
  };

  /** Reads a node; `line` is where its owner stands, for nodes that stand nowhere. */
  function read(node: unknown, path: string, depth: number, owner: number): unknown {
    const line = rangeOf(node) === undefined ? owner : lineAt(rangeOf(node) ?? 0);
    values += 1;
    if (values > most.values) tooMuch(`holds more than ${most.values} values`, line);
    if (depth > most.depth) tooMuch(`is nested more than ${most.depth} deep`, line);
    if (isAlias(node)) {
      aliases += 1;
      if (aliases > most.aliases) tooMuch(`cannot be expanded: it uses aliases more than ${most.aliases} times`, line);
      const target = node.resolve(document);
      if (target !== undefined) return read(target, path, depth + 1, line);
      throw new MisconfiguredError(shown, [syntaxProblem("BAD_ALIAS", lineCounter.linePos(rangeOf(node) ?? 0))]);
    }
    if (!isScalar(node) && !isMap(node) && !isSeq(node)) return null;
    if (node.tag !== undefined) {
      const remedy = "Leave the tag out, and put text in quotes";
      problems.push({ path, rule: "must not have a tag: readers of YAML know different ones", line, remedy });
    }
    if (node.anchor !== undefined && !/^[\w-]+$/.test(node.anchor)) {
      const remedy = "Use letters, digits, _ and - alone";
      problems.push({ path, rule: "must not have an anchor of other signs", line, remedy });
    }
    if (isScalar(node)) return readScalar(node, path, line);
    if (isSeq(node)) {
      return node.items.map((item, at) => {
        const inside = joinPath(path, `[${at}]`);
        lines.set(inside, lines.get(inside) ?? (rangeOf(item) === undefined ? line : lineAt(rangeOf(item) ?? 0)));
        return read(item, inside, depth + 1, line);
      });
    }
    const entries = new Map<string, unknown>();
    const first = new Map<string, number>();
    for (const { key, value } of node.items) {
      const at = rangeOf(key) === undefined ? line : lineAt(rangeOf(key) ?? 0);
      const name = readKey(key, path, at);
      if (name === undefined) continue;
      const inside = pathOf(path, name);
      const before = first.get(name);
      if (before !== undefined) {
        const rule = `is given twice: first in line ${before}`;
        problems.push({ path: inside, rule, line: at, remedy: "Keep one of the two" });
        continue;
      }
      first.set(name, at);
      lines.set(inside, lines.get(inside) ?? at);
      entries.set(name, read(value, inside, depth + 1, at));
    }
    // In the order in which the engine hands them over: it sorts the keys.
    return Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  function readKey(key: unknown, path: string, line: number): string | undefined {
    const text = isScalar(key) && key.tag === undefined ? textOf(key) : undefined;
    if (text === "<<" && isPlain(key)) {
      const remedy = "Write the keys out, or use an alias for a whole value";
      problems.push({ path: joinPath(path, showKey("<<")), rule: "must not merge mappings", line, remedy });
      return undefined;
    }
    if (text !== undefined && (!isPlain(key) || isText(text))) return text;
    const rule = "must have keys that are text: a number, a date or an empty key is not read alike by all";
    problems.push({ path: path === "" ? "YAML" : path, rule, line, remedy: "Put the key in quotes" });
    return undefined;
  }

  function readScalar(node: Scalar, path: string, line: number): unknown {
    const source = textOf(node);
    if (!isPlain(node)) {
      checkEscapes(node, path, line);
      return source;
    }
    const read = plainScalar(source);
    if (!("refused" in read)) return read.value;
    problems.push({ path, rule: read.refused, got: show(source), line, remedy: read.remedy });
    return source;
  }

  /** Of the many escapes of YAML, those that every reader knows. */
  function checkEscapes(node: Scalar, path: string, line: number): void {
    if (node.type !== "QUOTE_DOUBLE" || node.range == null) return;
    const raw = text.slice(node.range[0], node.range[1]);
    const strange = [...raw.matchAll(/\\([^])/g)].find(([, escaped = ""]) => !/[\\"nt\n]/.test(escaped));
    if (strange === undefined) return;
    const remedy = "Write the character itself, or use single quotes, which know no escapes";
    problems.push({ path, rule: 'must have no escapes but \\\\, \\", \\n and \\t', line, remedy });
  }

  return { value: read(document.contents, "", 0, 1), problems, lines };
}

/** More brackets in a row than anything here can be nested. The parser would take long for very many. */
const openBrackets = new RegExp(`[[{](\\s*[[{]){${most.depth}}`);

/** The document, with all scalars as text: what they mean is decided here and not by the parser. */
function parse(text: string, shown: string, lineCounter: LineCounter): Document {
  const fail = (problem: Problem): never => {
    throw new MisconfiguredError(shown, [problem]);
  };
  if (/^(\s*(#[^\n]*)?\n)*%/.test(text)) fail(syntaxProblem("BAD_DIRECTIVE", { line: 1, col: 1 }));
  const tooDeep: Problem = { path: "file", rule: `is nested more than ${most.depth} deep`, ...flat };
  if (openBrackets.test(text)) fail(tooDeep);
  try {
    const options = { lineCounter, schema: "failsafe", merge: false, prettyErrors: false, uniqueKeys: false } as const;
    const document = parseDocument(text, options);
    // Only the first: what follows a fault of the syntax is read in another way than it was meant.
    const [fault] = document.errors;
    if (fault !== undefined) fail(syntaxProblem(fault.code, lineCounter.linePos(fault.pos[0])));
    return document;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return fail(tooDeep);
  }
}

/** What a scalar says, without its quotes. The schema of the parser makes text of everything. */
function textOf({ source, value }: Scalar): string {
  return source ?? (typeof value === "string" ? value : "");
}

/** Whether a plain scalar is text for everybody. */
function isText(source: string): boolean {
  const read = plainScalar(source);
  return "value" in read && typeof read.value === "string";
}

function isPlain(node: unknown): boolean {
  return isScalar(node) && (node.type === undefined || node.type === "PLAIN");
}

function rangeOf(node: unknown): number | undefined {
  return isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? node.range?.[0] : undefined;
}

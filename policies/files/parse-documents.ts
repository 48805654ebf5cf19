import { Composer, isNode, LineCounter, Parser, type Document } from "yaml";
import { kubernetesYaml } from "../../core/kubernetes-yaml";
import type { Problem } from "../../core/problems";
import { syntaxProblem } from "../../core/yaml-faults";

/** A document of a file, as a value, with a way to the lines that it was written on. */
export interface ParsedDocument {
  readonly value: unknown;
  /** Line on which what lies at a path begins; none where there is nothing. */
  readonly lineAt: (path: readonly (string | number)[]) => number | undefined;
}

/**
 * Reads JSON or YAML with the lines that it was written on. JSON is YAML, and only this reader knows lines. YAML means what it means to
 * kubectl: a rule that takes `privileged: yes` for a text would let it pass.
 * @returns Each document when it is asked for, or what is wrong with it: the tree of a document is many times its text, and that of a
 * file with thousands of them is never there at once
 */
export function* parseDocuments(content: string): Generator<ParsedDocument | Problem> {
  const counter = new LineCounter();
  const options = { ...kubernetesYaml, stringKeys: true, lineCounter: counter, logLevel: "error" } as const;
  const parser = new Parser(counter.addNewLine);
  let number = 0;
  for (const document of new Composer({ ...options, prettyErrors: false }).compose(parser.parse(content)))
    yield parsedDocument(document, `document ${++number}`, counter);
}

/** Whether it is what is wrong with a document, in place of one. */
export function isUnread(given: ParsedDocument | Problem): given is Problem {
  return "rule" in given;
}

function parsedDocument(document: Document.Parsed, path: string, counter: LineCounter): ParsedDocument | Problem {
  // What follows the first fault is mostly its echo. Of two at one place the last one says what is missing.
  const [first] = document.errors;
  const fault = document.errors.findLast(({ pos }) => pos[0] === first?.pos[0]);
  if (fault !== undefined) return { ...syntaxProblem(fault.code, counter.linePos(fault.pos[0])), path };
  try {
    return { value: document.toJS() as unknown, lineAt: (place) => lineOf(document, place, counter) };
  } catch {
    // The parser counts what aliases stand for, and stops where it grows without end.
    const rule = "must not have aliases that stand for more than can be read: each names others, many times over";
    const at = document.range[0];
    return { path, rule, line: counter.linePos(at).line, remedy: "Write the values out instead of * and <<" };
  }
}

function lineOf(document: Document, path: readonly (string | number)[], counter: LineCounter): number | undefined {
  const node = document.getIn(path, true);
  const start = isNode(node) ? node.range?.[0] : undefined;
  return start === undefined ? undefined : counter.linePos(start).line;
}

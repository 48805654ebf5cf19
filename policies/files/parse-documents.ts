import { Composer, type Document, LineCounter, parseDocument, Parser } from "yaml";
import { kubernetesYaml } from "../../core/kubernetes-yaml";
import type { Problem } from "../../core/problems";
import type { Path } from "../../core/property-tree";
import { syntaxProblem } from "../../core/yaml-faults";
import { nearestOffset } from "./nearest-offset";

/** A document of a file, as a value, with a way to the lines that it was written on. */
export interface ParsedDocument {
  readonly value: unknown;
  readonly lineAt: LineAt;
}

/**
 * Line on which what lies at a path begins, or what is nearest above it where there is nothing.
 * @param between A key that stands between steps of the path without being named there.
 */
export type LineAt = (path: Path, between?: string) => number;

/**
 * Reads JSON or YAML with the lines that it was written on. JSON is YAML, and only this reader knows lines. YAML means what it means to
 * kubectl: a rule that takes `privileged: yes` for a text would let it pass.
 * @returns Each document when it is asked for, or what is wrong with it: the tree of a document is many times its text, and that of a
 * file with thousands of them is never there at once
 */
export function* parseDocuments(content: string): Generator<ParsedDocument | Problem> {
  const lines = new LineCounter();
  const parser = new Parser(lines.addNewLine);
  const composer = new Composer({ ...options, lineCounter: lines, prettyErrors: false });
  const trees = new Trees(content);
  let number = 0;
  for (const document of composer.compose(parser.parse(content)))
    yield parsedDocument(document, `document ${++number}`, lines, trees);
}

const options = { ...kubernetesYaml, stringKeys: true, logLevel: "error" } as const;

/** Whether it is what is wrong with a document, in place of one. */
export function isUnread(given: ParsedDocument | Problem): given is Problem {
  return "rule" in given;
}

function parsedDocument(
  document: Document.Parsed,
  path: string,
  lines: LineCounter,
  trees: Trees,
): ParsedDocument | Problem {
  // What follows the first fault is mostly its echo. Of two at one place the last one says what is missing.
  const [first] = document.errors;
  const fault = document.errors.findLast(({ pos }) => pos[0] === first?.pos[0]);
  if (fault !== undefined) return { ...syntaxProblem(fault.code, lines.linePos(fault.pos[0])), path };
  const [start, , end] = document.range;
  try {
    const value: unknown = document.toJS();
    trees.keep(start, document);
    const lineAt: LineAt = (place, between) => lines.linePos(trees.offset(start, end, place, between)).line;
    return { value, lineAt };
  } catch {
    // The parser counts what aliases stand for, and stops where it grows without end.
    const rule = "must not have aliases that stand for more than can be read: each names others, many times over";
    return { path, rule, line: lines.linePos(start).line, remedy: "Write the values out instead of * and <<" };
  }
}

/** The tree of the document that was asked for last. One of an earlier document is made again from its text. */
class Trees {
  #start = -1;
  /** Offset in the file of what the tree takes for 0. */
  #origin = 0;
  #tree: Document | undefined;

  public constructor(private readonly content: string) {}

  public keep(start: number, tree: Document, origin = 0): Document {
    this.#start = start;
    this.#origin = origin;
    this.#tree = tree;
    return tree;
  }

  public offset(start: number, end: number, path: Path, between?: string): number {
    const kept = this.#start === start ? this.#tree : undefined;
    const tree = kept ?? this.keep(start, parseDocument(this.content.slice(start, end), options), start);
    const offset = nearestOffset(tree, path, between);
    return offset === undefined ? start : this.#origin + offset;
  }
}

import { isNode, LineCounter, parseAllDocuments, type Document } from "yaml";
import type { Problem } from "../../core/problems";

/** A document of a file, as a value, with a way to the lines that it was written on. */
export interface ParsedDocument {
  readonly value: unknown;
  /** Line on which what lies at a path begins; none where there is nothing. */
  readonly lineAt: (path: readonly (string | number)[]) => number | undefined;
}

/**
 * Reads JSON or YAML with the lines that it was written on. JSON is YAML, and only this reader knows lines.
 * @returns The documents, or everything that is wrong with the text
 */
export function parseDocuments(content: string): {
  readonly documents: readonly ParsedDocument[];
  readonly problems: readonly Problem[];
} {
  const counter = new LineCounter();
  const parsed = parseAllDocuments(content, { lineCounter: counter, prettyErrors: false });
  const problems: Problem[] = [];
  const documents = [...parsed].flatMap((document, at): ParsedDocument[] => {
    const path = `document ${at + 1}`;
    for (const { message, pos } of document.errors)
      problems.push({ path, rule: `must be JSON or YAML (${message})`, line: counter.linePos(pos[0]).line });
    if (document.errors.length > 0) return [];
    try {
      return [{ value: document.toJS() as unknown, lineAt: (place) => lineOf(document, place, counter) }];
    } catch (error) {
      // Aliases that grow without end.
      problems.push({ path, rule: `must be readable (${error instanceof Error ? error.message : String(error)})` });
      return [];
    }
  });
  return { documents, problems };
}

function lineOf(document: Document, path: readonly (string | number)[], counter: LineCounter): number | undefined {
  const node = document.getIn(path, true);
  const start = isNode(node) ? node.range?.[0] : undefined;
  return start === undefined ? undefined : counter.linePos(start).line;
}

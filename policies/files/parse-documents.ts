import { isNode, LineCounter, parseAllDocuments, type Document } from "yaml";
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
 * @returns The documents, or everything that is wrong with the text
 */
export function parseDocuments(content: string): {
  readonly documents: readonly ParsedDocument[];
  readonly problems: readonly Problem[];
} {
  const counter = new LineCounter();
  const options = { ...kubernetesYaml, stringKeys: true, lineCounter: counter, logLevel: "error" } as const;
  const parsed = parseAllDocuments(content, { ...options, prettyErrors: false });
  const problems: Problem[] = [];
  const documents = [...parsed].flatMap((document, at): ParsedDocument[] => {
    const path = `document ${at + 1}`;
    // What follows the first fault is mostly its echo. Of two at one place the last one says what is missing.
    const [first] = document.errors;
    const fault = document.errors.findLast(({ pos }) => pos[0] === first?.pos[0]);
    if (fault !== undefined) {
      problems.push({ ...syntaxProblem(fault.code, counter.linePos(fault.pos[0])), path });
      return [];
    }
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

/** What one tool wrote, and how it ended. */
export interface Section {
  readonly lines: readonly string[];
  /** Null: it was never seen to end. */
  readonly exitCode: number | null;
}

const beginning = /^== begin (\S.*)$/;
const ending = /^== end (.*) (\d+)$/;

/** Parts of the log of a node's checks, by name. A name that comes twice has the later part. */
export function logSections(log: string): ReadonlyMap<string, Section> {
  const sections = new Map<string, Section>();
  let open: { readonly name: string; readonly lines: string[] } | null = null;
  for (const line of log.split(/\r?\n/)) {
    const begun = beginning.exec(line)?.[1];
    const [, ended, exitCode] = ending.exec(line) ?? [];
    if (begun !== undefined) {
      open = { name: begun, lines: [] };
      sections.set(begun, { lines: open.lines, exitCode: null });
    } else if (open !== null && ended === open.name) {
      sections.set(open.name, { lines: open.lines, exitCode: Number(exitCode) });
      open = null;
    } else if (line.trim() !== "") {
      open?.lines.push(line);
    }
  }
  return sections;
}

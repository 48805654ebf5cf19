import MarkdownIt from "markdown-it";

/** Lines below one word such as `Added`. */
export interface ChangelogGroup {
  readonly title: string;
  /** Line of its heading, counted from 1. */
  readonly line: number;
  readonly text: string;
}

/** What is not released yet, or one release. */
export interface ChangelogSection {
  readonly title: string;
  readonly line: number;
  /** `0.1.0`; null for what is not released yet, and where the heading says no version. */
  readonly version: string | null;
  readonly groups: readonly ChangelogGroup[];
  /** All that stands below the heading. */
  readonly text: string;
}

/** The heading of what is not released yet. */
export const unreleased = "Unreleased";

/** How the heading of a release reads: a version and a day. */
export const releaseHeading = /^(\d+\.\d+\.\d+) - (\d{4}-\d{2}-\d{2})$/;

/** Reads CHANGELOG.md as it is: whether it is as it should be, `changelogProblems` says. */
export function readChangelog(text: string): readonly ChangelogSection[] {
  const lines = text.split("\n");
  return partsOf(lines, "h2", 0, lines.length).map(({ title, line, end }) => ({
    title,
    line,
    version: releaseHeading.exec(title)?.[1] ?? null,
    groups: partsOf(lines, "h3", line, end).map((it) => ({
      title: it.title,
      line: it.line,
      text: between(lines, it.line, it.end),
    })),
    text: between(lines, line, end),
  }));
}

/** Headings of one depth among some lines, each with the line after which what belongs to it ends. */
function partsOf(
  lines: readonly string[],
  tag: string,
  from: number,
  to: number,
): { readonly title: string; readonly line: number; readonly end: number }[] {
  const tokens = new MarkdownIt().parse(lines.slice(from, to).join("\n"), {});
  const found = tokens.flatMap(({ type, tag: its, level, map }, at) =>
    type === "heading_open" && its === tag && level === 0 && map
      ? [{ title: tokens[at + 1]?.content ?? "", line: from + map[0] + 1 }]
      : [],
  );
  return found.map((it, at) => ({ ...it, end: (found[at + 1]?.line ?? to + 1) - 1 }));
}

function between(lines: readonly string[], from: number, to: number): string {
  return lines.slice(from, to).join("\n").trim();
}

import type { ChangelogSection } from "../../cli/changelog";

/** Names that users rely on, with what each takes, gives or means. */
export type Surface = ReadonlyMap<string, string>;

/** A surface as it is recorded: a line a name, sorted, so that a change is a line of the diff. */
export function recordOf(surface: Surface): string {
  return [...surface]
    .map(([name, says]) => `${name}: ${says}\n`)
    .sort()
    .join("");
}

/** Below which words of the changelog it is told that a name is gone. */
const farewells = ["Breaking", "Changed", "Removed"];

/**
 * Names of a record that are gone, and that no line of the changelog names. What belongs to a name that is gone goes with it.
 * @returns what is wrong and what to do, a text a name
 */
export function goneUntold(record: string, surface: Surface, waiting: ChangelogSection | undefined): string[] {
  const names = record.split("\n").flatMap((line) => (line === "" ? [] : [line.slice(0, line.indexOf(": "))]));
  const gone = new Set(names.filter((it) => !surface.has(it)));
  const lines = (waiting?.groups ?? [])
    .filter(({ title }) => farewells.includes(title))
    .flatMap(({ text }) => text.split(/^- /m));
  return [...gone]
    .filter((name) => !ownersOf(name).some((it) => gone.has(it)))
    .filter((name) => !lines.some((line) => wordsOf(name).every((word) => has(line, word))))
    .map(
      (name) =>
        `${name} is gone: keep it, deprecated (docs/releases.md#deprecation), or name ${wordsOf(name).join(" and ")} in one line of CHANGELOG.md, Unreleased, below ${farewells.join(", ")}`,
    );
}

/** `a.b` and `a` for `a.b.c`. */
function ownersOf(name: string): string[] {
  return [...name.matchAll(/[. ]/g)].map(({ index }) => name.slice(0, index));
}

/** By what a line of the changelog names something: its last word, and whose it is. */
function wordsOf(name: string): string[] {
  return name
    .split(/[.:[\]* ]+/)
    .filter((it) => it !== "" && it !== "exit")
    .slice(-2);
}

function has(line: string, word: string): boolean {
  const escaped = word.replace(/[$()*+.?[\\\]^{|}]/g, "\\$&");
  return new RegExp(`(?<![\\w-])${escaped}(?![\\w-])`).test(line);
}

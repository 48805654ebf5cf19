import type { ChangelogSection } from "./changelog";

/** By what a version rises at least. */
export type Bump = "breaking" | "feature" | "fix";

/** A line that begins with the word is a breaking change, also below another heading than `Breaking`. */
const breakingLine = /^\s*(- )?\**Breaking\b/m;

/** By what a release rises at least for what it changes. */
export function leastBump({ groups, text }: ChangelogSection): Bump {
  if (breakingLine.test(text) || groups.some(({ title }) => ["Breaking", "Removed"].includes(title))) return "breaking";
  return groups.some(({ title }) => !["Fixed", "Security"].includes(title)) ? "feature" : "fix";
}

/** The version that comes at least after another. Below 1.0.0 a breaking change raises the minor version, as SemVer allows. */
export function nextVersion(version: string, bump: Bump): string {
  const [major = 0, minor = 0, patch = 0] = numbersOf(version);
  if (bump === "fix") return `${major}.${minor}.${patch + 1}`;
  return bump === "breaking" && major > 0 ? `${major + 1}.0.0` : `${major}.${minor + 1}.0`;
}

/** Below zero where the first of two versions `major.minor.patch` is the lower one. */
export function compareVersions(one: string, other: string): number {
  const [left, right] = [numbersOf(one), numbersOf(other)];
  const at = left.findIndex((it, place) => it !== right[place]);
  return at < 0 ? 0 : (left[at] ?? 0) - (right[at] ?? 0);
}

function numbersOf(version: string): number[] {
  return version.split(".").map(Number);
}

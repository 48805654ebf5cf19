import { Problems, type Problem } from "../core/problems";
import { type ChangelogSection, releaseHeading, unreleased } from "./changelog";
import { compareVersions, leastBump, nextVersion } from "./version-step";

/** Words that changes stand below, in the order in which they stand. */
export const changelogGroups = ["Breaking", "Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"] as const;

/** What is wrong with the changelog itself: sections, their order, versions, days, words, and what is empty. */
export function changelogProblems(sections: readonly ChangelogSection[]): readonly Problem[] {
  const problems = new Problems();
  const [first, ...releases] = sections;
  const note = (path: string, line: number, rule: string, more: Partial<Problem> = {}): void =>
    problems.add({ path, line, rule, ...more });
  if (first?.title !== unreleased)
    note(
      first?.title ?? "sections",
      first?.line ?? 1,
      `must be "## ${unreleased}": what comes next has a place first`,
      {
        remedy: `Put "## ${unreleased}" above all releases; it may be empty`,
      },
    );
  for (const { title, line, version, groups } of releases) {
    if (version === null)
      note(title, line, 'must be a version and a day, such as "0.2.0 - 2026-12-24"', {
        remedy: "Only what has a version and a day is a release",
      });
    else if (!isDay(releaseHeading.exec(title)?.[2] ?? "")) note(title, line, "must have a day that there is");
    if (groups.length === 0)
      note(title, line, `must say what changed, below ${changelogGroups.join(", ")}`, {
        remedy: "A release without a change is none",
      });
  }
  releases.forEach((newer, at) => {
    const older = releases[at + 1];
    if (newer.version === null || older?.version == null) return;
    const { title, line, version } = newer;
    if (compareVersions(version, older.version) <= 0)
      note(title, line, `must be above ${older.version}, which stands below it`, {
        remedy: "The newest release is first",
      });
    else if (compareVersions(version, nextVersion(older.version, leastBump(newer))) < 0)
      note(title, line, `must be ${nextVersion(older.version, leastBump(newer))} or above after ${older.version}`, {
        remedy: `It has ${reasonOf(newer)}: docs/releases.md#versions`,
      });
  });
  for (const { title, groups } of sections) checkGroups(title, groups, problems);
  return problems.list;
}

function checkGroups(section: string, groups: ChangelogSection["groups"], problems: Problems): void {
  const known: readonly string[] = changelogGroups;
  groups.forEach(({ title, line, text }, at) => {
    const path = `${section}: ${title}`;
    const before = groups.slice(0, at).map((it) => it.title);
    if (!known.includes(title)) problems.add({ path, line, rule: `must be one of ${known.join(", ")}` });
    else if (before.includes(title)) problems.add({ path, line, rule: "must stand once in a section" });
    else if (before.some((it) => known.indexOf(it) > known.indexOf(title)))
      problems.add({ path, line, rule: `must stand in this order: ${known.join(", ")}` });
    if (text === "") problems.add({ path, line, rule: "must not be empty", remedy: "Leave the heading out" });
  });
}

function reasonOf(section: ChangelogSection): string {
  return leastBump(section) === "breaking" ? "a breaking change" : "more than fixes";
}

/** Whether a day of the form 2026-12-24 is in the calendar. */
function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

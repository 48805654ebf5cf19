import { type Problem, Problems } from "../core/problems";
import type { ChangelogSection } from "./changelog";
import { changelogProblems } from "./changelog-problems";
import { homeProblem, type Manifest } from "./package-manifest";

/** What is known of a commit that is to be released. */
export interface ReleaseFacts {
  /** `v0.1.0`. */
  readonly tag: string;
  readonly manifest: Manifest;
  /** The version that package-lock.json says. */
  readonly lockedVersion: string | undefined;
  readonly changelog: readonly ChangelogSection[];
  /** `owner/name` of the repository that releases; undefined where nobody said it. */
  readonly repository: string | undefined;
  /** Whether the commit is on the main branch; null where that branch is not known. */
  readonly onMain: boolean | null;
}

const tagVersion = /^v(\d+\.\d+\.\d+)$/;

/** What is wrong with a tag itself, whoever asks about it. */
export function tagProblems(tag: string): readonly Problem[] {
  const problems = new Problems();
  const rule = "must be v and a version of three numbers, such as v0.2.0";
  problems.require(tagVersion.test(tag), "tag", rule, { got: tag });
  return problems.list;
}

/** What forbids to release a commit under a tag. */
export function releaseProblems(facts: ReleaseFacts): readonly Problem[] {
  const { tag, manifest, lockedVersion, changelog, onMain } = facts;
  const problems = new Problems();
  for (const it of tagProblems(tag)) problems.add(it);
  const version = tagVersion.exec(tag)?.[1];
  if (version !== undefined) {
    const raise = `npm version --no-git-tag-version ${version}, in the commit that is released`;
    const same = (path: string, got: unknown): void =>
      problems.require(got === version, path, `must be that of the tag, ${version}`, { got, remedy: raise });
    same("package.json: version", manifest.version);
    same("package-lock.json: version", lockedVersion);
    const [newest] = changelog.filter((it) => it.version !== null);
    problems.require(newest?.version === version, "CHANGELOG.md", `must have ${version} as its newest release`, {
      got: newest?.version ?? "no release",
      remedy: `Put "## ${version} - <day>" below "## Unreleased"`,
    });
  }
  const waiting = changelog.find((it) => it.version === null);
  problems.require(waiting === undefined || waiting.text === "", "CHANGELOG.md: Unreleased", "must be empty", {
    remedy: "What is released stands below its version; what is not is not in the commit",
  });
  for (const problem of changelogProblems(changelog))
    problems.add({ ...problem, path: `CHANGELOG.md: ${problem.path}` });
  problems.require(manifest.private === true, "package.json: private", "must be true", {
    got: manifest.private,
    remedy: "Only archives of npm run package are published: docs/releases.md",
  });
  const home = homeProblem(manifest, facts.repository);
  if (home !== undefined) problems.add({ ...home, path: `package.json: ${home.path}` });
  problems.require(onMain === true, "commit", "must be on origin/main, where it was reviewed", {
    remedy: onMain === null ? "git fetch origin main" : "Merge it, then tag the merged commit",
  });
  return problems.list;
}

import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { readChangelog } from "../../cli/changelog";
import { changelogProblems } from "../../cli/changelog-problems";
import { describeProblem } from "../../core/problems";
import { root } from "../stack-files";

const good = `# Changelog

Words.

## Unreleased

## 0.2.0 - 2026-12-24

### Breaking

- \`a\` is gone: write \`b\`.

### Fixed

- One.

## 0.1.1 - 2026-12-02

### Fixed

- Two.

## 0.1.0 - 2026-12-01

### Added

- Three.
`;

const problemsOf = (text: string): string[] => changelogProblems(readChangelog(text)).map(describeProblem);

it("the changelog of this project is well-formed", () => {
  const text = readFileSync(path.join(root, "CHANGELOG.md"), "utf8");
  expect(problemsOf(text)).toEqual([]);
  expect(readChangelog(text)[0]?.groups.map((it) => it.title)).toContain("Added");
});

it("reads sections, words and lines; a heading in a block of code is none", () => {
  const text = good.replace("- Three.", "- Three:\n\n  ```md\n  ## 0.0.1 - 2026-01-01\n  ### Removed\n  ```");
  const [waiting, newest, , oldest] = readChangelog(text);
  expect(waiting).toEqual({ title: "Unreleased", line: 5, version: null, groups: [], text: "" });
  expect(newest).toMatchObject({ title: "0.2.0 - 2026-12-24", line: 7, version: "0.2.0" });
  expect(newest?.groups).toEqual([
    { title: "Breaking", line: 9, text: "- `a` is gone: write `b`." },
    { title: "Fixed", line: 13, text: "- One." },
  ]);
  expect(oldest?.text).toMatch(/^### Added\n[\s\S]+```$/);
  expect(readChangelog(text)).toHaveLength(4);
});

describe("a changelog that is not well-formed is refused:", () => {
  const cases: readonly (readonly [what: string, from: string, to: string, problems: readonly string[]])[] = [
    ["none", "", "", []],
    [
      "no place for what comes next",
      "## Unreleased\n\n",
      "",
      [
        '0.2.0 - 2026-12-24 (line 5): must be "## Unreleased": what comes next has a place first. Put "## Unreleased" above all releases; it may be empty',
      ],
    ],
    [
      "a heading that is no release",
      "## 0.1.1 - 2026-12-02",
      "## [0.1.1] - 2026-12-02",
      [
        '[0.1.1] - 2026-12-02 (line 17): must be a version and a day, such as "0.2.0 - 2026-12-24". Only what has a version and a day is a release',
      ],
    ],
    ["a day that there is none of", "12-24", "02-30", ["0.2.0 - 2026-02-30 (line 7): must have a day that there is"]],
    [
      "a release without a change",
      "### Fixed\n\n- Two.\n",
      "",
      [
        "0.1.1 - 2026-12-02 (line 17): must say what changed, below Breaking, Added, Changed, Deprecated, Removed, Fixed, Security. A release without a change is none",
      ],
    ],
    [
      "versions that rise downwards",
      "## 0.1.0 - 2026-12-01",
      "## 0.1.10 - 2026-12-01",
      ["0.1.1 - 2026-12-02 (line 17): must be above 0.1.10, which stands below it. The newest release is first"],
    ],
    [
      "a breaking change in a patch",
      "## 0.2.0 - 2026-12-24",
      "## 0.1.2 - 2026-12-24",
      [
        "0.1.2 - 2026-12-24 (line 7): must be 0.2.0 or above after 0.1.1. It has a breaking change: docs/releases.md#versions",
      ],
    ],
    [
      "something new in a patch",
      "### Fixed\n\n- Two.",
      "### Added\n\n- Two.",
      [
        "0.1.1 - 2026-12-02 (line 17): must be 0.2.0 or above after 0.1.0. It has more than fixes: docs/releases.md#versions",
      ],
    ],
    [
      "another word",
      "### Added",
      "### New",
      [
        "0.1.0 - 2026-12-01: New (line 25): must be one of Breaking, Added, Changed, Deprecated, Removed, Fixed, Security",
      ],
    ],
    [
      "a word twice",
      "- One.",
      "- One.\n\n### Fixed\n\n- Again.",
      ["0.2.0 - 2026-12-24: Fixed (line 17): must stand once in a section"],
    ],
    [
      "words in another order",
      "- One.",
      "- One.\n\n### Added\n\n- New.",
      [
        "0.2.0 - 2026-12-24: Added (line 17): must stand in this order: Breaking, Added, Changed, Deprecated, Removed, Fixed, Security",
      ],
    ],
    [
      "a word without a line",
      "- One.\n",
      "",
      ["0.2.0 - 2026-12-24: Fixed (line 13): must not be empty. Leave the heading out"],
    ],
  ];

  it.each(cases)("%s", (_, from, to, problems) => {
    expect(good).toContain(from);
    expect(problemsOf(good.replace(from, to))).toEqual(problems);
  });

  it("all at once", () => {
    expect(problemsOf("# Changelog\n\n## Next\n\n### New\n")).toHaveLength(3);
  });
});

import { expect, it } from "vitest";
import { readChangelog } from "../../cli/changelog";
import { compareVersions, leastBump, nextVersion } from "../../cli/version-step";

it.each([
  ["### Fixed\n\n- One.", "fix"],
  ["### Security\n\n- One.\n\n### Fixed\n\n- Two, not breaking.", "fix"],
  ["### Added\n\n- One.", "feature"],
  ["### Changed\n\n- One.\n\n### Fixed\n\n- Two.", "feature"],
  ["### Deprecated\n\n- One.", "feature"],
  ["### Breaking\n\n- One.", "breaking"],
  ["### Removed\n\n- One.", "breaking"],
  ["### Changed\n\n- One.\n- **Breaking**: two.", "breaking"],
  ["### Changed\n\n- **Breaking, for programs that use the library**: one.", "breaking"],
])("%j asks for a %s", (text, bump) => {
  expect(readChangelog(`## Unreleased\n\n${text}\n`).map(leastBump)).toEqual([bump]);
});

it.each([
  ["0.1.0", "fix", "0.1.1"],
  ["0.1.9", "feature", "0.2.0"],
  ["0.9.9", "breaking", "0.10.0"],
  ["1.2.3", "fix", "1.2.4"],
  ["1.2.3", "feature", "1.3.0"],
  ["1.2.3", "breaking", "2.0.0"],
] as const)("after %s a %s is %s", (version, bump, next) => {
  expect(nextVersion(version, bump)).toBe(next);
});

it("compares numbers and not letters", () => {
  expect(["0.10.0", "0.9.1", "0.9.0", "1.0.0", "0.9.10"].sort(compareVersions)).toEqual([
    "0.9.0",
    "0.9.1",
    "0.9.10",
    "0.10.0",
    "1.0.0",
  ]);
  expect(compareVersions("0.1.0", "0.1.0")).toBe(0);
});

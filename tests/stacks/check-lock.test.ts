import { describe, expect, it } from "vitest";
import { findLock, type VersionLock } from "../../catalog/version-locks";
import { Problems } from "../../core/problems";
import { checkLock } from "../../stacks/check-lock";

const retired: VersionLock = { ...findLock("2026.10"), retiredOn: "2027-06-30" };
const next = findLock("2026.12");

function problemsOf(lock: VersionLock, today: string): object[] {
  const problems = new Problems();
  checkLock(lock, today, problems, [retired, next]);
  return [...problems.list];
}

describe("checkLock", () => {
  it.each([
    [next, "2030-01-01"],
    [retired, "2027-06-29"],
  ])("takes one that is kept: %#", (lock, today) => {
    expect(problemsOf(lock, today)).toEqual([]);
  });

  it("refuses one from the day on which it was retired, and names those that are kept", () => {
    expect(problemsOf(retired, "2027-06-30")).toEqual([
      {
        path: "environment.versions",
        rule: "must be a lock that is kept: this one was retired on 2027-06-30",
        got: '"2026.10"',
        remedy: "npm run upgrade plans the way to 2026.12",
      },
    ]);
  });
});

import { describe, expect, it } from "vitest";
import { findLock, type VersionLock } from "../../catalog/version-locks";
import { MisconfiguredError } from "../../core/problems";
import { checkUpgrade } from "../../upgrades/check-upgrade";
import { facts, pool } from "./upgrade-facts";

const [first, second] = [findLock("2026.10"), findLock("2026.12")];
const third: VersionLock = { ...second, name: "2027.02", after: "2026.12" };
const retired: VersionLock = { ...second, retiredOn: "2027-01-01" };

function problemsOf(act: () => unknown): string[] {
  try {
    act();
  } catch (error) {
    if (error instanceof MisconfiguredError)
      return error.problems.map(({ path, rule, got, remedy }) => [path, rule, got, remedy].join(" | "));
    throw error;
  }
  return [];
}

describe("checkUpgrade", () => {
  it("takes the lock after the own one", () => {
    expect(checkUpgrade(facts(), "2026.12", "2026-12-02")).toBe(second);
  });

  it.each([
    ["2026.11", facts(), 'to | must be a lock that exists | "2026.11" | Closest: 2026.10, 2026.12'],
    ["2026.10", facts(), 'to | must be another lock: the environment has this one | "2026.10" | '],
    [
      "2026.10",
      facts({ lock: second }),
      'to | must be newer than 2026.12, which the environment has | "2026.10" | ' +
        "Kubernetes does not go back. The plan of each upgrade says what of it can be undone, and until when",
    ],
  ])("refuses %s: %#", (to, of, problem) => {
    expect(problemsOf(() => checkUpgrade(of, to, "2026-12-02"))).toEqual([problem]);
  });

  it("refuses to skip a lock, one that was retired, and a pool that would be too far behind", () => {
    const locks = [first, second, third];
    expect(problemsOf(() => checkUpgrade(facts(), "2027.02", "2026-12-02", locks))).toEqual([
      'to | must be the lock after 2026.10: one is upgraded from the one before it | "2027.02" | First to 2026.12',
    ]);
    expect(problemsOf(() => checkUpgrade(facts(), "2026.12", "2027-01-01", [first, retired]))).toEqual([
      'to | must be a lock that is kept | "2026.12" | It was retired on 2027-01-01',
    ]);
    const pools = [
      pool("old", 1, { kubernetesVersion: "1.33" }),
      pool("held", 1, { kubernetesVersion: "1.33", held: true }),
    ];
    expect(problemsOf(() => checkUpgrade(facts({ pools }), "2026.12", "2026-12-02"))).toEqual([
      expect.stringMatching(/^gpuPools\.old\.kubernetesVersion \| must be at most \d minor versions behind 1\.37/),
    ]);
  });
});

import { describe, expect, it } from "vitest";
import { compareRuns, readEarlierRun } from "../../verification/compare-runs";
import type { CheckResult } from "../../verification/judge-check";

const result = (name: string, measured: number | null, unit = "GB/s"): CheckResult => ({
  name,
  title: "",
  verdict: measured === null ? "no-evidence" : "measured",
  measured,
  unit,
  floor: null,
  detail: "",
});
const printed = (results: readonly CheckResult[]): string =>
  JSON.stringify({ results, left: [], environment: "dev", run: "verify-old", skipped: [] });
const compare = (before: readonly CheckResult[], now: readonly CheckResult[], tolerance = 5): unknown =>
  compareRuns(now, readEarlierRun(printed(before), "before.json"), tolerance);
const told = { run: "verify-old", environment: "dev", tolerancePercent: 5 };

describe("a run beside an earlier one", () => {
  it.each<[string, number, number, boolean]>([
    ["is faster", 103, 3, false],
    ["is as fast", 100, 0, false],
    ["fell by as much as it may", 95, -5, false],
    ["fell by more", 94.99, -5, true],
  ])("%s", (_, measured, percent, worse) => {
    expect(compare([result("a", 100)], [result("a", measured)])).toEqual({
      ...told,
      changes: [{ name: "a", before: 100, percent, worse }],
    });
  });

  it("is compared only in what both measured, in one unit", () => {
    const before = [result("a", 1), result("b", null), result("c", 1, "Gb/s"), result("gone", 1), result("zero", 0)];
    const now = [result("a", null), result("b", 1), result("c", 1), result("new", 1), result("zero", 1)];
    expect(compare(before, now)).toEqual({ ...told, changes: [] });
  });
});

it.each([
  ["no JSON", "dev verified"],
  ["nothing", ""],
  ["JSON of something else", '{"results": 3}'],
  ["a list", "[]"],
])("%s is not what an earlier run printed, and that is said", (_, text) => {
  expect(() => readEarlierRun(text, "before.json")).toThrow(
    "The command is misconfigured:\n  --compare: must be a file with what npm run verify printed with --json; got before.json.",
  );
});

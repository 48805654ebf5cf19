import { describe, expect, it } from "vitest";
import type { Check } from "../../../../components/platform/node-health/controller/check";
import { pairCheck } from "../../../../components/platform/node-health/controller/pair-check";
import { pairOutcome } from "../../../../components/platform/node-health/controller/pair-outcome";
import {
  pairTests,
  pairTestsText,
  type PairTest,
} from "../../../../components/platform/node-health/controller/pair-tests";
import { pairLog } from "./logs";

const start = 1_764_000_000;
const rule = { name: "InfinibandPair", bound: "at least", limit: 380, unit: "Gb/s" } as const;
const test = (first: string, second: string, state: PairTest["state"], more: Partial<PairTest> = {}): PairTest => ({
  at: start + 60,
  state,
  gbitsPerSecond: { pass: 391, fail: 371.5, runs: null, unknown: null }[state],
  sides: [
    { node: first, address: "10.0.0.1" },
    { node: second, address: "10.0.0.2" },
  ],
  ...more,
});

describe("what the tests of a node with others come to", () => {
  const candidate = { node: "a", address: "10.0.0.1", domain: "d", since: start * 1000 };
  const soon = (start + 120) * 1000;
  const late = (start + 60 + 15 * 60) * 1000;
  const outcome = (tests: readonly PairTest[], now = soon, alone = false): Check | null =>
    pairOutcome(candidate, { tests, now, floor: 380, alone });

  it.each<[string, readonly PairTest[], number, Check | null]>([
    ["has just come", [], soon, null],
    ["is in a test", [test("a", "b", "runs")], late, null],
    ["passed", [test("b", "a", "pass")], soon, { ...rule, measured: 391, ok: true, detail: "" }],
    ["passed, and helps another one", [test("b", "a", "pass"), test("a", "c", "runs")], soon, null],
    ["failed once", [test("a", "b", "fail"), test("b", "c", "pass")], soon, null],
    [
      "failed with two that passed",
      [test("a", "b", "fail"), test("b", "c", "pass"), test("c", "a", "fail", { gbitsPerSecond: 375 })],
      soon,
      { ...rule, measured: 375, ok: false, detail: "with b and c, which passed with others" },
    ],
    [
      "failed with two, of which one has passed",
      [test("a", "b", "fail"), test("b", "c", "pass"), test("a", "d", "fail")],
      soon,
      null,
    ],
    [
      "failed with one that passed, and nobody else came",
      [test("a", "b", "fail"), test("b", "c", "pass")],
      late,
      {
        ...rule,
        measured: null,
        ok: null,
        detail: "it failed with b; no other node of its domain was idle to say which one is bad",
      },
    ],
    [
      "was tried four times for nothing",
      [test("a", "b", "fail"), test("a", "c", "unknown"), test("a", "d", "fail"), test("a", "e", "unknown")],
      soon,
      {
        ...rule,
        measured: null,
        ok: null,
        detail: "it failed with b, d; nothing was measured with c, e; 4 tests do not say which node is bad",
      },
    ],
    ["waited long", [], late, { ...rule, measured: null, ok: true, detail: "no partner was idle" }],
  ])("that %s", (_, tests, now, expected) => {
    expect(outcome(tests, now)).toEqual(expected);
  });

  it("passes a node that is alone in its domain, at once", () => {
    expect(outcome([], soon, true)).toEqual({ ...rule, measured: null, ok: true, detail: "no partner in its domain" });
  });
});

describe("a test between two nodes", () => {
  const floor = { hcas: 8, gbitsPerSecond: 380 };
  const good = pairLog(start, { hcas: 8, gbps: 380 });
  const read = (other: string): Check | null => pairCheck([good, other], start, floor);

  it("passes at the floor, and fails a hundredth below it, on whichever side", () => {
    const slow = pairLog(start, { hcas: 8, gbps: 380 * 0.99 });
    expect(read(good)).toEqual({ ...rule, measured: 380, ok: true, detail: "" });
    const failed = { ...rule, measured: 376.2, ok: false, detail: "mlx5_0" };
    expect(read(slow)).toEqual(failed);
    expect(pairCheck([slow, good], start, floor)).toEqual(failed);
  });

  it.each<[string, string, Partial<Check> | null]>([
    ["is not over", good.replace(/^== (begin|end) pair \d+$.*/gm, ""), null],
    ["is another one", pairLog(start + 1, { hcas: 8, gbps: 390 }), null],
    ["lacks an adapter", pairLog(start, { hcas: 7, gbps: 390 }), { ok: null, detail: "7 of 8 adapters were measured" }],
    [
      "broke off",
      good.replace(`== end pair ${start} mlx5_3 0`, `== end pair ${start} mlx5_3 124`),
      { ok: false, measured: null, detail: expect.stringMatching(/^'pair \d+ mlx5_3' ended with 124: -+$/) as string },
    ],
    [
      "had nobody on the other side",
      `== begin pair ${start} mlx5_0\nCouldn't connect to 10.0.0.2:18530\n== end pair ${start} mlx5_0 127\n== begin pair ${start}\n== end pair ${start} 0\n`,
      { ok: null, measured: null },
    ],
  ])("that %s", (_, log, expected) => {
    if (expected === null) expect(read(log)).toBeNull();
    else expect(read(log)).toMatchObject(expected);
  });
});

it("tests are read as they were written, and nothing else is", () => {
  const tests = [test("a", "b", "runs"), test("c", "d", "fail"), test("e", "f", "unknown"), test("g", "h", "pass")];
  expect(pairTests(pairTestsText(tests))).toEqual(tests);
  expect(pairTestsText(tests).split("\n")[1]).toBe(`${start + 60} fail 371.5 c 10.0.0.1 d 10.0.0.2`);
  expect(pairTests("\nx runs - a 1 b 2\n1 later - a 1 b 2\n1 runs - a 1 b\n1 runs - a 1 b 2 c\n")).toEqual([]);
});

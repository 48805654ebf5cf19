import { describe, expect, it } from "vitest";
import { type Check, reasonOf } from "../../../../components/platform/node-health/controller/check";
import { deciding, pairChecks } from "../../../../components/platform/node-health/controller/pair-check";
import { pairOutcome } from "../../../../components/platform/node-health/controller/pair-outcome";
import {
  newKey,
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
  key: null,
  why: "",
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
    [
      "failed with two by the all-reduce, after writes that were well",
      [
        test("a", "b", "fail", { gbitsPerSecond: 391, why: "PairAllReduce: 157, must be at least 300 GB/s" }),
        test("b", "c", "pass"),
        test("c", "a", "fail", { gbitsPerSecond: 391, why: "PairAllReduce: 158, must be at least 300 GB/s" }),
      ],
      soon,
      {
        ...rule,
        measured: null,
        ok: false,
        detail: "PairAllReduce: 157, must be at least 300 GB/s, with b and c, which passed with others",
      },
    ],
    [
      "failed with one by the all-reduce, and nobody else came",
      [test("a", "b", "fail", { gbitsPerSecond: 391, why: "PairAllReduce: 157, must be at least 300 GB/s" })],
      late,
      {
        ...rule,
        measured: null,
        ok: null,
        detail:
          "it failed with b (PairAllReduce: 157, must be at least 300 GB/s); no other node of its domain was idle to say which one is bad",
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
  const floor = { hcas: 8, gpuDirect: true, gbitsPerSecond: 380, allReduceGBps: null };
  const good = pairLog(start, { hcas: 8, gbps: 380 });
  const pairCheck = (logs: readonly [string, string]): Check | null => {
    const checks = pairChecks(logs, start, floor);
    return checks && deciding(checks);
  };
  const read = (other: string): Check | null => pairCheck([good, other]);

  it("passes at the floor, and fails a hundredth below it, on whichever side", () => {
    const slow = pairLog(start, { hcas: 8, gbps: 380 * 0.99 });
    expect(read(good)).toEqual({ ...rule, measured: 380, ok: true, detail: "" });
    const failed = { ...rule, measured: 376.2, ok: false, detail: "mlx5_0" };
    expect(read(slow)).toEqual(failed);
    expect(pairCheck([slow, good])).toEqual(failed);
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

describe("an all-reduce between two nodes", () => {
  const writes = { hcas: 8, gbps: 391 };
  const good = { ...writes, allReduceGBps: 300 };
  const read = (first: string, gpuDirect = true): Check | null => {
    const floor = { hcas: 8, gpuDirect, gbitsPerSecond: 380, allReduceGBps: 300 };
    const checks = pairChecks([first, pairLog(start, writes)], start, floor);
    return checks && deciding(checks);
  };
  const said = (check: Check | null): string => (check === null || check.ok === true ? "" : reasonOf(check));
  const ended = (code: number, line: string): string =>
    pairLog(start, writes).replace(
      `== begin pair ${start}\n`,
      `== begin pair ${start} all-reduce\n${line}\n== end pair ${start} all-reduce ${code}\n== begin pair ${start}\n`,
    );

  it("passes at the floor, and the writes are what the test has measured", () => {
    expect(read(pairLog(start, good))).toEqual({ ...rule, measured: 391, ok: true, detail: "" });
  });

  it.each<[string, string, boolean | null, string]>([
    [
      "is slow",
      pairLog(start, { ...good, allReduceGBps: 157 }),
      false,
      "PairAllReduce: 157, must be at least 300 GB/s",
    ],
    [
      "is wrong",
      pairLog(start, { ...good, wrongResults: 4 }),
      false,
      "PairAllReduce: 0, must be at least 300 GB/s (its results are wrong)",
    ],
    [
      "went over TCP, and was slow by that",
      pairLog(start, { ...good, allReduceGBps: 9, transport: "NET/Socket/*" }),
      false,
      "PairTransport: 1, must be at most 0 ways past GPUDirect RDMA (NCCL fell back to TCP: NET/Socket/*)",
    ],
    [
      "went through host memory",
      pairLog(start, { ...good, transport: "NET/IB/*" }),
      false,
      "PairTransport: 1, must be at most 0 ways past GPUDirect RDMA (NET/IB/*)",
    ],
    [
      "comes after slow writes",
      pairLog(start, { ...good, gbps: 370, allReduceGBps: 157 }),
      false,
      "InfinibandPair: 370, must be at least 380 Gb/s (mlx5_0)",
    ],
    [
      "does not say which way it took",
      pairLog(start, good).replace(/^.* via .*$/m, ""),
      null,
      `PairTransport: no evidence, 'pair ${start} all-reduce' shows no result`,
    ],
    [
      "was not made",
      pairLog(start, writes),
      null,
      `PairAllReduce: no evidence, the log has no part 'pair ${start} all-reduce'`,
    ],
    [
      "found nobody",
      ended(127, "Couldn't connect to 10.0.0.2 at port 18550"),
      null,
      `PairAllReduce: no evidence, 'pair ${start} all-reduce' could not run: Couldn't connect to 10.0.0.2 at port 18550`,
    ],
    ["hung", ended(124, "x"), false, `PairAllReduce: 'pair ${start} all-reduce' ended with 124: x`],
  ])("that %s", (_, log, ok, reason) => {
    const check = read(log);
    expect([check?.ok, said(check)]).toEqual([ok, reason]);
  });

  it("may go through host memory where adapters cannot read that of GPUs", () => {
    expect(read(pairLog(start, { ...good, transport: "NET/IB/*" }), false)?.ok).toBe(true);
  });

  it("is not asked of a test without a key, which an older controller began", () => {
    const floor = { hcas: 8, gpuDirect: true, gbitsPerSecond: 380, allReduceGBps: null };
    const log = pairLog(start, writes);
    expect(pairChecks([log, log], start, floor)).toMatchObject({ writes: { ok: true }, allReduce: null });
  });
});

it("tests are read as they were written, and nothing else is", () => {
  const key = newKey();
  const tests = [
    test("a", "b", "runs"),
    test("a", "b", "runs", { key }),
    test("c", "d", "fail"),
    test("c", "d", "fail", { why: "PairAllReduce: 157, must be at least 300 GB/s" }),
    test("e", "f", "unknown"),
    test("g", "h", "pass"),
  ];
  expect(pairTests(pairTestsText(tests))).toEqual(tests);
  const lines = pairTestsText(tests).split("\n");
  expect(lines[0]).toBe(`${start + 60} runs - a 10.0.0.1 b 10.0.0.2`);
  expect(lines[1]).toBe(`${start + 60} runs - a 10.0.0.1 b 10.0.0.2 ${key}`);
  expect(lines[2]).toBe(`${start + 60} fail 371.5 c 10.0.0.1 d 10.0.0.2`);
  expect(pairTests("\nx runs - a 1 b 2\n1 later - a 1 b 2\n1 runs - a 1 b\n1 runs - a 1 b 2 c\n")).toEqual([]);
});

it("keeps the words of a test to one short line, and no key of one that is over", () => {
  const why = `a\r\nb\u2028c ${"x".repeat(300)}`;
  const [line = "", ...rest] = pairTestsText([test("a", "b", "fail", { why, key: newKey() })]).split("\n");
  expect(rest).toEqual([""]);
  expect(pairTests(line)).toEqual([test("a", "b", "fail", { why: `a b c ${"x".repeat(194)}` })]);
});

it("has a key that nobody guesses, another one each time", () => {
  expect([newKey(), newKey()].map((it) => /^[0-9a-f]{32}$/.test(it))).toEqual([true, true]);
  expect(newKey()).not.toBe(newKey());
});

import { expect, it } from "vitest";
import { renderVerification } from "../../cli/render-verification";
import { exitCodeOf, type Verdict } from "../../verification/judge-check";

it("has a row a check, what was left out, and what could not be deleted", () => {
  const result = { title: "", unit: "GB/s", detail: "" };
  const text = renderVerification(
    {
      environment: "dev",
      results: [
        { ...result, name: "all-reduce-h100", verdict: "pass", measured: 468, floor: 460, detail: "8 GPUs" },
        { ...result, name: "fio-read-h100", verdict: "measured", measured: 6.2, floor: null },
      ],
      left: ["Namespace verify-x: Forbidden"],
    },
    [{ what: "gpuPools.racks", because: "pods of a rack need a ComputeDomain" }],
    (_, word) => word,
  );
  expect(text).toBe(`dev verified

Check            Verdict   Measured  Floor
all-reduce-h100  pass      468 GB/s  460 GB/s  8 GPUs
fio-read-h100    no floor  6.2 GB/s  -

Not checked
  gpuPools.racks: pods of a rack need a ComputeDomain

Could not be deleted
  Namespace verify-x: Forbidden
`);
});

it("shows beside each value what it was in an earlier run", () => {
  const result = { title: "", unit: "GB/s", detail: "", floor: null };
  const text = renderVerification(
    {
      environment: "dev",
      results: [
        { ...result, name: "all-reduce-h100", verdict: "measured", measured: 440, detail: "8 GPUs" },
        { ...result, name: "fio-read-h100", verdict: "measured", measured: 6.5 },
        { ...result, name: "fio-write-h100", verdict: "no-evidence", measured: null },
      ],
      left: [],
      compared: {
        run: "verify-old",
        environment: "staging",
        tolerancePercent: 5,
        changes: [
          { name: "all-reduce-h100", before: 468, percent: -6, worse: true },
          { name: "fio-read-h100", before: 6.2, percent: 4.8, worse: false },
        ],
      },
    },
    [],
    (_, word) => word,
  );
  expect(text).toBe(`dev verified

Check            Verdict   Measured  Floor  Before
all-reduce-h100  no floor  440 GB/s  -      468 GB/s, -6 %: worse by more than 5 %  8 GPUs
fio-read-h100    no floor  6.5 GB/s  -      6.2 GB/s, +4.8 %
fio-write-h100   unknown   -         -      -

Before: verify-old of staging
`);
});

it.each<[number, readonly Verdict[]]>([
  [0, ["pass", "measured"]],
  [1, ["pass", "fail", "no-evidence"]],
  [1, ["warn"]],
  [3, ["pass", "no-evidence"]],
  [3, []],
])("ends with %i for %j", (code, verdicts) => {
  expect(
    exitCodeOf(
      verdicts.map((verdict) => ({ verdict })),
      null,
    ),
  ).toBe(code);
});

it.each([
  [1, true],
  [0, false],
])("ends with %i where a value that is worse than before is %j", (code, worse) => {
  const changes = [{ name: "x", before: 2, percent: -5, worse }];
  expect(exitCodeOf([{ verdict: "measured" }], { changes })).toBe(code);
});

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

it.each<[number, readonly Verdict[]]>([
  [0, ["pass", "measured"]],
  [1, ["pass", "fail", "no-evidence"]],
  [1, ["warn"]],
  [3, ["pass", "no-evidence"]],
  [3, []],
])("ends with %i for %j", (code, verdicts) => {
  expect(exitCodeOf(verdicts.map((verdict) => ({ verdict })))).toBe(code);
});

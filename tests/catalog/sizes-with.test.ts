import { describe, expect, it } from "vitest";
import type { DeclaredSizes } from "../../catalog/declared-figures";
import { placeOf } from "../../catalog/place";
import { sizeHint } from "../../catalog/size-hint";
import { sizesWith } from "../../catalog/sizes-with";
import { vmSizes } from "../../catalog/vm-sizes";
import { describeProblem, Problems } from "../../core/problems";
import { problemsOf, scope } from "../recorded";

const next = "Standard_D16as_v9";
const figures = { vcpus: 16, memoryGiB: 64, quotaFamily: "standardDav9Family" };

describe("sizesWith", () => {
  it("is the catalogue itself where nothing is declared", () => {
    expect(sizesWith({}, new Problems())).toBe(vmSizes);
  });

  it("puts the declared sizes beside the catalogue's, and none in its place", () => {
    const problems = new Problems();
    const sizes = sizesWith({ [next]: figures, Standard_D8s_v5: { ...figures, vcpus: 8 } }, problems);
    expect(sizes.size).toBe(vmSizes.size + 1);
    expect(sizes.get(next)).toMatchObject({ name: next, category: "general", vcpus: 16, price: null });
    expect(sizes.get("Standard_D8s_v5")).toBe(vmSizes.get("Standard_D8s_v5"));
    expect(problems.list.map(({ path }) => path)).toEqual(["vmSizes.Standard_D8s_v5"]);
    expect(vmSizes.has(next)).toBe(false);
  });

  it("keeps a size with contradictions, so that its pools are not told that there is none", () => {
    const problems = new Problems();
    expect(sizesWith({ [next]: { ...figures, vcpus: 8 } }, problems).has(next)).toBe(true);
    expect(problems.list.map(describeProblem)).toEqual([
      `vmSizes.${next}.vcpus: must be 16, as its name says; got 8. Write 16`,
    ]);
  });

  it("leaves out what is not of the shape", () => {
    const problems = new Problems();
    const wrong = { [next]: { ...figures, memoryGB: 64 } } as unknown as DeclaredSizes;
    expect(sizesWith(wrong, problems)).toBe(vmSizes);
    expect(problems.list.map(describeProblem)).toEqual([
      `vmSizes.${next}.memoryGB: is not a known key; unknown keys are never ignored. Did you mean memoryGiB?`,
    ]);
  });
});

describe("placeOf", () => {
  it("has the sizes that a program declares, and refuses what they cannot be", () => {
    expect(placeOf(scope, null, { [next]: figures }).sizes.has(next)).toBe(true);
    expect(problemsOf(() => placeOf(scope, null, { [next]: { ...figures, memoryGiB: 65_536 } }))).toEqual([
      `vmSizes.${next}.memoryGiB: must be at most 32768; got 65536. Use 32768 or less`,
    ]);
  });
});

describe("sizeHint", () => {
  it.each([
    [
      "Standard_D8s_v55",
      "Closest: Standard_D8s_v5, Standard_D48s_v5, Standard_D4s_v5. If Azure has it, declare it with its figures (vmSizes)",
    ],
    ["banana", "docs/sizes.md lists them. If Azure has it, declare it with its figures (vmSizes)"],
    // Known, and of the wrong kind: nothing to declare.
    ["Standard_ND96isr_H100_v5", "docs/sizes.md lists them"],
  ])("of %s", (name, hint) => {
    expect(sizeHint(name, vmSizes, (it) => it.category === "general")).toBe(hint);
  });
});

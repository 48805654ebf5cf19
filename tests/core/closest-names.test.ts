import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { closestNames, editDistance, normaliseName } from "../../core/closest-names";
import { vmSizes } from "../../catalog/vm-sizes";

const names = [...vmSizes.keys()];

describe("closestNames", () => {
  it.each([
    ["standard_nd96isr_h100_V5", "Standard_ND96isr_H100_v5"],
    ["NC80ads_H100_v5", "Standard_NC80adis_H100_v5"],
    ["Standard_ND96is_H100_v5", "Standard_ND96isr_H100_v5"],
    ["Standard_ND96isr_H100_v5\u200b", "Standard_ND96isr_H100_v5"],
    [" Standard ND96isr H200 v5 ", "Standard_ND96isr_H200_v5"],
    ["Standard_ND96irs_MI300X_v5", "Standard_ND96isr_MI300X_v5"],
    ["Standard_ND128isr_GB200_v6", "Standard_ND128isr_NDR_GB200_v6"],
    ["D16ds-v5", "Standard_D16ds_v5"],
  ])("finds what %j means", (text, expected) => {
    expect(closestNames(text, names)[0]).toBe(expected);
  });

  it.each([[""], ["   "], ["m5.24xlarge-on-another-cloud"], ["Standard"]])("suggests nothing for %j", (text) => {
    expect(closestNames(text, names)).toEqual([]);
  });

  it("gives at most n, the best first", () => {
    expect(closestNames("Standard_NC24ads_A100_v4", names)).toHaveLength(3);
    expect(closestNames("Standard_NC24ads_A100_v4", names, 1)).toEqual(["Standard_NC24ads_A100_v4"]);
  });

  it("finds every name again, whatever happens to case and separators", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.boolean(),
        fc.constantFrom("", " ", "-", "\u200b"),
        (name, upper, gap) => {
          const text = (upper ? name.toUpperCase() : name.toLowerCase()).replaceAll("_", gap);
          expect(closestNames(text, names)[0]).toBe(name);
        },
      ),
    );
  });

  it("works for any words", () => {
    expect(closestNames("maxNode", ["minNodes", "maxNodes", "size"])).toEqual(["maxNodes"]);
  });
});

describe("editDistance", () => {
  it.each([
    ["", "", 0],
    ["abc", "", 3],
    ["abc", "abd", 1],
    ["isr", "irs", 1],
    ["kitten", "sitting", 3],
  ])("of %j and %j is %i", (a, b, expected) => {
    expect(editDistance(a, b)).toBe(expected);
  });

  it("is symmetric, zero only for equal texts, at most the longer text", () => {
    const text = fc.string({ maxLength: 12 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        const distance = editDistance(a, b);
        expect(distance).toBe(editDistance(b, a));
        expect(distance === 0).toBe(a === b);
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
      }),
    );
  });
});

describe("normaliseName", () => {
  it("never makes two sizes one", () => {
    expect(new Set(names.map(normaliseName)).size).toBe(names.length);
  });
});

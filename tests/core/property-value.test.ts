import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { same, toProps, toValue, without } from "../../core/property-value";

describe("values", () => {
  it("are the same whatever the order of keys", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (it) => {
        expect(same(it, Object.fromEntries(Object.entries(it).reverse()))).toBe(true);
      }),
    );
  });

  it("are the same with and without a key that has no value, and differ in anything else", () => {
    expect(same({ a: 1, b: undefined }, { a: 1 })).toBe(true);
    expect(same({ a: null }, {})).toBe(false);
    expect(same([1, 2], [1])).toBe(false);
    expect(same({ a: [{ b: 1 }] }, { a: [{ b: 2 }] })).toBe(false);
  });

  it("hold what JSON can say, and nothing else", () => {
    expect(toValue({ a: [1, undefined, () => 1], b: undefined })).toEqual({ a: [1, null, null] });
    expect(toProps("no object")).toEqual({});
    expect(without({ a: 1, b: 2 }, "a")).toEqual({ b: 2 });
  });
});

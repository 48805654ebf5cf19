import { expect, it } from "vitest";
import { unknownValue } from "../../../core/property-marks";
import { peek, snapshot, touch } from "../../../policies/engine/snapshot";

/** As the policy SDK hands over what is not known. */
function unknownAt<T extends object>(it: T, key: string | number): T {
  return Object.defineProperty(it, key, {
    enumerable: true,
    get: () => {
      throw new Error("not known yet");
    },
  });
}

const props = unknownAt(
  { plain: 1, inner: unknownAt({ a: "b" }, "id"), list: unknownAt(["x", "y"], 1), no: null },
  "id",
);

it("copies all properties, with a marker for each that cannot be read", () => {
  expect(snapshot(props)).toEqual({
    plain: 1,
    inner: { a: "b", id: unknownValue },
    list: ["x", unknownValue],
    no: null,
    id: unknownValue,
  });
  expect(snapshot("none")).toEqual({});
});

it("reads one place without the rest", () => {
  expect([peek(props, "inner.a"), peek(props, "inner.id"), peek(props, "list")]).toEqual([
    "b",
    unknownValue,
    ["x", unknownValue],
  ]);
});

it("throws what the SDK throws where that is asked for", () => {
  expect(() => {
    touch(props, "inner.id");
  }).toThrow("not known yet");
  touch(props, "inner.a");
});

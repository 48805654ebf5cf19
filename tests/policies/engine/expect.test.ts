import { expect, it } from "vitest";
import { expectAt, unjudged, violation } from "../../../policies/engine/expect";

it.each<[unknown, string]>([
  [undefined, "absent"],
  [null, "absent"],
  ["", '""'],
  ["a", '"a"'],
  [5, "5"],
  [false, "false"],
  [[], "[]"],
  [["a", 1, true], '["a",1,true]'],
  [["a", {}], "a list of 2"],
  [{ a: 1 }, "an object"],
  [Symbol("s"), "of a wrong kind"],
])("shows %j as %s", (value, is) => {
  expect(violation("at", value, "be other")).toEqual({ path: "at", is, must: "be other" });
});

it("never shows what is sensitive, only whether it is there", () => {
  expect(violation("at", "hunter2", "be absent", "sensitive").is).toBe("set");
  expect(violation("at", undefined, "be set", "sensitive").is).toBe("absent");
  expect(expectAt({ a: "hunter2" }, "a", () => false, "be absent", "sensitive")).toEqual([
    { path: "a", is: "set", must: "be absent" },
  ]);
});

it("marks what cannot be judged yet", () => {
  expect(unjudged("at")).toEqual({ path: "at", unknown: true });
});

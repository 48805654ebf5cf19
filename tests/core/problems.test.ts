import { describe, expect, it } from "vitest";
import { MisconfiguredError, Problems, joinPath, show } from "../../core/problems";

describe("Problems", () => {
  it("reports every problem at once, with path, rule, value and remedy", () => {
    const problems = new Problems();
    problems.require(false, "minNodes", "must be at most maxNodes (4)", { got: 9, remedy: "Raise maxNodes" });
    problems.require(true, "size", "must be known");
    problems.require(false, "name", "must not be empty");
    expect(() => {
      problems.throwIfAny("GPU node pool 'a'");
    }).toThrow(
      "GPU node pool 'a' is misconfigured:\n  minNodes: must be at most maxNodes (4); got 9. Raise maxNodes\n  name: must not be empty",
    );
  });

  it("goes on after a failed decision and keeps its problems under the caller's path", () => {
    const problems = new Problems();
    const decide = (): number => {
      throw new MisconfiguredError("pool", [{ path: "size", rule: "must be known" }]);
    };
    expect(problems.attempt("gpuPools.a", decide)).toBeUndefined();
    expect(problems.attempt("gpuPools.b", () => 7)).toBe(7);
    expect(problems.list).toEqual([{ path: "gpuPools.a.size", rule: "must be known" }]);
  });

  it("lets a bug through with its own stack trace", () => {
    const bug = (): never => {
      throw new TypeError("bug");
    };
    expect(() => new Problems().attempt("x", bug)).toThrow(TypeError);
  });
});

describe("show", () => {
  it.each([
    ["plain", '"plain"'],
    [3.5, "3.5"],
    [Number.NaN, "NaN"],
    [undefined, "nothing"],
    ["Standard\u200b_X", '"Standard\\u200b_X"'],
    ["\u001b[31mred", '"\\u001b[31mred"'],
    ["\u{1f600}", '"\\ud83d\\ude00"'],
  ])("prints %j as %s", (value, text) => {
    expect(show(value)).toBe(text);
  });

  it("cuts a long value", () => {
    expect(show("x".repeat(500))).toHaveLength(120);
  });
});

it.each([
  ["a", "b", "a.b"],
  ["a", "[0]", "a[0]"],
  ["", "b", "b"],
  ["a", "", "a"],
])("joins %j and %j to %j", (head, tail, path) => {
  expect(joinPath(head, tail)).toBe(path);
});

it("says once what two nodes of one pool have wrong, and twice what differs", () => {
  const problems = new Problems();
  problems.require(false, "a.nodes", "must be few", { got: 4 });
  problems.require(false, "a.nodes", "must be few", { got: 4 });
  problems.require(false, "a.nodes", "must be few", { got: 5 });
  problems.require(false, "b.nodes", "must be few", { got: 4 });
  expect(problems.list.map(({ path, got }) => [path, got])).toEqual([
    ["a.nodes", "4"],
    ["a.nodes", "5"],
    ["b.nodes", "4"],
  ]);
});

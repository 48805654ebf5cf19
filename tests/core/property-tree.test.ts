import { describe, expect, it } from "vitest";
import { unknownValue } from "../../core/property-marks";
import { items, keys, list, locate, pathText, read, record, text } from "../../core/property-tree";

const tree = {
  a: { list: [{ b: 1 }, "text", null], nothing: null },
  labels: { "x.io/y": "z" },
  later: unknownValue,
  secret: { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value: { inner: "s" } },
  output: { "4dabf18193072939515e22adb298388d": "d0e6a833031e9bbcd3f4e8bde6ca49a4" },
};

describe("read", () => {
  it.each([
    ["a.list[0].b", 1],
    ["a.list[1].b", undefined],
    ["a.list[7].b", undefined],
    ["a.nothing", undefined],
    ["a.nothing.deeper", undefined],
    ['labels["x.io/y"]', "z"],
    ["later", unknownValue],
    ["later.deeper[3].still", unknownValue],
    ["secret.inner", "s"],
    ["output.inner", unknownValue],
    ["constructor", undefined],
  ])("finds %s", (path, value) => {
    expect(read(tree, path)).toBe(value);
  });

  it("names the parent that is not known", () => {
    expect(locate(tree, "later.deeper[].still")).toEqual([{ path: "later", value: unknownValue }]);
  });

  it("goes into every item of a list, with its index", () => {
    expect(locate(tree, "a.list[].b").map(({ path }) => path)).toEqual(["a.list[0].b", "a.list[1].b", "a.list[2].b"]);
    expect(items(tree, "labels")).toEqual([]);
  });

  it("writes a key back as it must be quoted", () => {
    expect(locate(tree, 'labels["x.io/y"]')[0]?.path).toBe('labels["x.io/y"]');
  });

  it("knows the keys of an object and the text of a value, and nothing of what is not known", () => {
    expect(keys(tree, "labels")).toEqual(["x.io/y"]);
    expect(keys(tree, "later")).toEqual([]);
    expect(text(tree, "later")).toBeUndefined();
  });

  it("gives lists and objects, empty where there are none", () => {
    expect(list(tree, "a.list")).toHaveLength(3);
    expect(list(tree, "later")).toEqual([]);
    expect(record(tree, "secret")).toEqual({ inner: "s" });
    expect(record(tree, "a.list")).toEqual({});
  });

  it.each([[["a", "list", 0, "b"]], [["labels", "x.io/y"]], [["odd", 'quo"te\\', ""]]])(
    "goes along the steps %j as along their text",
    (path) => {
      const root = { ...tree, odd: { 'quo"te\\': { "": "found" } } };
      expect(read(root, path)).toBeDefined();
      expect(read(root, pathText(path))).toBe(read(root, path));
    },
  );
});

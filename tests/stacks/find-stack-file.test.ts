import { describe, expect, it } from "vitest";
import { findStackFile } from "../../stacks/find-stack-file";
import { root, shippedStacks } from "../stack-files";

describe("findStackFile", () => {
  it("finds environments by name, examples included, and files by path", () => {
    expect(findStackFile("dev", root)).toBe(shippedStacks.dev);
    expect(findStackFile("cell-4k", root)).toBe(shippedStacks["cell-4k"]);
    expect(findStackFile(shippedStacks.prod, root)).toBe(shippedStacks.prod);
  });

  it("fails with the names that there are, the nearest first", () => {
    expect(() => findStackFile("deb", root)).toThrow('got "deb". Known: dev,');
  });
});

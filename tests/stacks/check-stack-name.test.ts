import { describe, expect, it } from "vitest";
import { Problems } from "../../core/problems";
import { checkStackName } from "../../stacks/check-stack-name";

function paths(stack: string, kind: string, madeBy?: string | null): string[] {
  const problems = new Problems();
  checkStackName({ stack, madeBy }, kind, problems);
  return problems.list.map((it) => it.path);
}

it.each([
  ["dev", "dev"],
  ["dev-two", "dev"],
  ["development", "dev"],
  ["staging-eu", "staging"],
  ["preprod", "staging"],
  ["preprod", "prod"],
  ["prod2", "prod"],
  ["cell-4k", "prod"],
  // Words that only begin alike promise nothing.
  ["device-tests", "prod"],
  ["products", "dev"],
  // JavaScript has a word of its own for this one.
  ["constructor", "dev"],
])("takes a stack %s of kind %s", (stack, kind) => {
  expect(paths(stack, kind)).toEqual([]);
});

it.each([
  ["production", "dev"],
  ["production-eu", "staging"],
  ["prd", "dev"],
  ["prod2", "dev"],
  ["preprod-1", "dev"],
  ["stage", "prod"],
])("refuses a stack %s of kind %s", (stack, kind) => {
  expect(paths(stack, kind)).toEqual(["environment.kind"]);
});

it.each(["dev-", "a--b", "Dev", "1dev", "a".repeat(25), ""])("refuses the name %j", (stack) => {
  expect(paths(stack, "dev")).toContain("stack");
});

describe("a stack that reads the one which makes the cluster", () => {
  it("is called as the engine lets it, for nothing in Azure is called after it", () => {
    expect(paths(`Prod_workloads.${"x".repeat(85)}`, "prod", "o/p/prod")).toEqual([]);
    expect(checkStackName({ stack: "prod-workloads", madeBy: "o/p/prod" }, "prod", new Problems())).toBe("prod");
  });

  it.each([
    ["x".repeat(101), "prod", "o/p/prod", "stack"],
    ["prod teams", "prod", "o/p/prod", "stack"],
    ["teams", "prod", "o/p/Prod", "handover"],
    ["teams", "prod", `o/p/${"a".repeat(25)}`, "handover"],
    // Under the name of prod, its volumes would not be protected.
    ["teams", "dev", "o/p/prod", "environment.kind"],
    ["dev-teams", "prod", "o/p/prod", "environment.kind"],
  ])("is refused: %s of kind %s that reads %s", (stack, kind, madeBy, path) => {
    expect(paths(stack, kind, madeBy)).toEqual([path]);
  });

  it("is told once where it says nowhere whom it reads", () => {
    expect(paths("teams", "prod", null)).toEqual([]);
  });
});

import { expect, it } from "vitest";
import { Problems } from "../../core/problems";
import { checkStackName } from "../../stacks/check-stack-name";

function paths(stack: string, kind: string): string[] {
  const problems = new Problems();
  checkStackName(stack, kind, problems);
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

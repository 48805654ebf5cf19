import { describe, expect, it } from "vitest";
import { environmentOf, kindOf } from "../../../policies/engine/environment";

describe("environmentOf", () => {
  it.each([
    ["dev", "dev"],
    ["dev-anna", "dev"],
    ["staging", "staging"],
    ["staging-2", "staging"],
    ["prod-eastus-1", "prod"],
    ["development", "prod"],
    ["lab", "prod"],
    ["my-dev", "prod"],
    ["no-staging", "prod"],
    ["", "prod"],
  ])("counts %s as %s", (stack, environment) => {
    expect(environmentOf(stack)).toBe(environment);
  });
});

describe("kindOf", () => {
  it.each([
    ["the tag, whatever the stack is called", ["dev"], "lab", "dev"],
    ["the strictest of tags that differ", ["dev", "prod", undefined, "staging"], "dev", "prod"],
    ["the stack's name without a tag", [undefined], "staging-2", "staging"],
    ["the stack's name when the tag says nonsense", ["lab"], "lab", "prod"],
  ] as const)("takes %s", (_, tags, stack, kind) => {
    expect(kindOf(tags, stack)).toBe(kind);
  });
});

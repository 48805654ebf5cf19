import { expect, it } from "vitest";
import { labelValue, labelValuePattern } from "../../catalog/label-value";

it.each([
  ["research", "research"],
  ["R&D / ML (2026)", "R-D-ML-2026"],
  ["4711.a_b", "4711.a_b"],
  ["-x-", "x"],
  [`${"a".repeat(62)}.b`, "a".repeat(62)],
  ["äöü", null],
])("makes %j a value that a label takes: %j", (text, expected) => {
  expect(labelValue(text)).toBe(expected);
  if (expected !== null) expect(expected).toMatch(labelValuePattern);
});

import { expect, it } from "vitest";
import { describeProblem, Problems } from "../../core/problems";
import { readRawSections } from "../../stacks/raw-sections";

function read(text: string): { readonly value: unknown; readonly told: string[] } {
  const problems = new Problems();
  const { network: value } = readRawSections({ "azure-gpu-cluster:network": text }, problems);
  return { value, told: problems.list.map(describeProblem) };
}

it("writes IDs in one form", () => {
  expect(read('{"a":["12345678-ABCD-4234-8234-123456789ABC"]}')).toEqual({
    value: { a: ["12345678-abcd-4234-8234-123456789abc"] },
    told: [],
  });
});

it("shows nothing of text that does not parse", () => {
  expect(read('{"a": hunter2').told).toEqual([
    expect.stringContaining("network: must be a mapping or a list; got 13 characters that begin like one and are none"),
  ]);
});

it.each([
  [
    "very many entries",
    JSON.stringify({ a: Array(1001).fill(1) }),
    "network.a: must have at most 1000 entries; it has 1001",
  ],
  ["very deep values", `${"[".repeat(50)}${"]".repeat(50)}`, "must not be nested more than 20 deep"],
  ["a reserved key", '{"__proto__": 1}', "network.__proto__: is a reserved word"],
  ["a secret", '{"a": {"secure": "v1:x"}}', "network.a: must not be a secret"],
  [
    "a key that looks like one",
    '{"ghp_abcdefghijkl": "a\\u200b"}',
    "network.what looks like a token, not shown: must not hold",
  ],
])("refuses %s", (_, text, said) => {
  expect(read(text).told).toEqual([expect.stringContaining(said)]);
});

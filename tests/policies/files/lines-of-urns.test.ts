import { expect, it } from "vitest";
import { linesOfUrns } from "../../../policies/files/lines-of-urns";

const plan = `{
  "steps": [
    { "op": "same",
      "urn": "urn:a" },
    {
      "urn":"urn:with \\"quotes\\"",
      "urn": "urn:a",
      "parent": { "was": "urn", "urn": "urn:inside" },
      "urn": "urn:nobody asked for"
    }
  ]
}`;

it("tells the line on which a URN stands for the first time, and of no other", () => {
  expect([...linesOfUrns(plan, ["urn:a", 'urn:with "quotes"', "urn:inside", "urn:not there"])]).toEqual([
    ["urn:a", 4],
    ['urn:with "quotes"', 6],
  ]);
});

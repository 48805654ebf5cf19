import { expect, it } from "vitest";
import { headingAnchors } from "../../site/heading-anchors";

it("anchors are those of the repository host, numbered where a heading comes twice", () => {
  const anchorOf = headingAnchors();
  expect(
    ["Where does a check go?", "To add X, touch Y", "Layers", "Layers", "`npm run site`: a_b"].map(anchorOf),
  ).toEqual(["where-does-a-check-go", "to-add-x-touch-y", "layers", "layers-1", "npm-run-site-a_b"]);
});

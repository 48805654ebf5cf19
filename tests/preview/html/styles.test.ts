import { describe, expect, it } from "vitest";
import { styles } from "../../../preview/html/styles";

/** Colours of a theme, by name: those of the first block that has them after a text. */
function paletteAfter(text: string): ReadonlyMap<string, string> {
  const block = styles.slice(styles.indexOf(text)).match(/--paper[^}]*/)?.[0] ?? "";
  return new Map([...block.matchAll(/--(\w+): (#[0-9a-f]{6})/g)].map(([, name = "", colour = ""]) => [name, colour]));
}

/** Contrast of two colours by WCAG 2.2, from 1 to 21. */
function contrast(one: string, other: string): number {
  const [a = 0, b = 0] = [one, other].map(luminance).sort((x, y) => y - x);
  return (a + 0.05) / (b + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe.each([
  ["light", ":root {"],
  ["dark", "prefers-color-scheme: dark"],
  ["paper", "@media print"],
])("colours on %s", (_, text) => {
  const palette = paletteAfter(text);

  it("are told apart by whoever reads with little contrast", () => {
    expect(palette.size).toBe(8);
    const weak = ["paper", "box", "tint"].flatMap((ground) =>
      ["ink", "dim", "accent", "bad"]
        .map((of) => [of, ground, contrast(palette.get(of) ?? "", palette.get(ground) ?? "")] as const)
        .filter(([, , ratio]) => ratio < 4.5),
    );
    expect(weak).toEqual([]);
  });
});

it("contrast is counted as the standard does", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21);
  expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
});

it("the styles fetch nothing", () => {
  expect(styles).not.toMatch(/url\(|@import|@font-face|</);
});

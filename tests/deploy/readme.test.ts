import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../stack-files";

const folder = path.join(root, "deploy");
const rows = readFileSync(path.join(folder, "README.md"), "utf8")
  .split("\n")
  .flatMap((line) => {
    const [, number, , , where = ""] = line.split("|").map((it) => it.trim());
    return number !== undefined && /^G\d+$/.test(number)
      ? [{ number, files: [...where.matchAll(/`([^`]+)`/g)].map((it) => it[1] ?? "") }]
      : [];
  });

it("has every requirement once", () => {
  expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 21 }, (_, at) => `G${at + 1}`));
});

describe.each(rows)("$number", ({ number, files }) => {
  it.each(files)("stands in %s beside the line that fulfils it", (file) => {
    const lines = readFileSync(path.join(folder, file), "utf8").split("\n");
    expect(lines.filter((it) => new RegExp(`#.*\\b${number}\\b`).test(it))).not.toEqual([]);
  });
});

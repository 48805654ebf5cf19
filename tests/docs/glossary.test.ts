import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../stack-files";

const read = (file: string): string => readFileSync(path.join(root, file), "utf8");

/** What a row defines: one word, or several that are one idea. */
const defined = [...read("docs/glossary.md").matchAll(/^\| ([^|]+?) +\| [^-]/gm)]
  .flatMap((it) => (it[1] ?? "").split(", "))
  .filter((it) => it !== "Word");

/** Letters alone, so that `GPU operator` stands before `GPUDirect`, whatever a space or a capital is sorted as. */
const sortKey = (word: string): string => word.toLowerCase().replace(/[^a-z]/g, "");

/** Abbreviations that a reader of any path meets: in capitals, not the name of a file or a variable, not of everyday computing. */
const everyday = new Set("AI AMD API CPU DNS GB GPU HPC HTML ID JSON KICS ML NVIDIA README TCP USD YAML".split(" "));

function abbreviations(text: string): string[] {
  const prose = text
    .replace(/^```[\s\S]*?^```$/gm, "")
    .replace(/`[^`\n]*`/g, "")
    .replace(/\]\([^)]*\)/g, "]")
    .replace(/[\w/]+\.md/g, "");
  return [...prose.matchAll(/(?<![\w-])[A-Z]{2,}(?![\w-])/g)].map((it) => it[0]).filter((it) => !everyday.has(it));
}

describe("the glossary", () => {
  it("is in the order of the alphabet, each word once", () => {
    const rows = [...read("docs/glossary.md").matchAll(/^\| ([^|]+?) +\| [^-]/gm)].map((it) => it[1] ?? "").slice(1);
    expect(rows).toEqual([...rows].sort((a, b) => sortKey(a).localeCompare(sortKey(b), "en")));
    expect(new Set(defined).size).toBe(defined.length);
  });

  it.each([
    "README.md",
    "docs/README.md",
    ...readdirSync(path.join(root, "docs/paths")).map((it) => `docs/paths/${it}`),
  ])("explains the abbreviations of %s", (page) => {
    const known = new Set(defined.flatMap((it) => it.match(/[A-Z]{2,}/g) ?? []));
    expect([...new Set(abbreviations(read(page)))].filter((it) => !known.has(it))).toEqual([]);
  });

  it("reads abbreviations of prose alone", () => {
    expect(abbreviations("An HCA `XYZ` of a [NIC](ABC.md), and USD\n```\nMPI\n```")).toEqual(["HCA", "NIC"]);
  });
});

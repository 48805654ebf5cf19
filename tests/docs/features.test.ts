import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { generalSizes } from "../../catalog/sizes/general";
import { packagedComponents } from "../../provider/components";
import { root } from "../stack-files";

/** Runs of lines of a table, as Markdown reads them: a line of another kind ends one. */
function tablesOf(text: string): string[][] {
  return text
    .split(/\n(?!\|)/)
    .map((block) => block.split("\n").filter((line) => line.startsWith("|")))
    .filter((lines) => lines.length > 0);
}

const text = readFileSync(path.join(root, "docs/features.md"), "utf8");
const tables = tablesOf(text);
const rows = (tables[0] ?? []).slice(2).map((line) =>
  line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim()),
);

const figure = (pattern: RegExp): number => Number(pattern.exec(text)?.[1]);

/** A file of tests, or a folder that has one at any depth. */
function isTest(at: string): boolean {
  const whole = path.join(root, at);
  if (!existsSync(whole)) return false;
  const files = statSync(whole).isDirectory() ? readdirSync(whole, { recursive: true, encoding: "utf8" }) : [at];
  return files.some((it) => it.endsWith(".test.ts"));
}

/** How many rules of a kind the stacks that ship bring to Prometheus, by name. */
function inGoldens(kind: "alert" | "record"): number {
  const folder = path.join(root, "tests/golden");
  const files = readdirSync(folder).filter((it) => it.endsWith(".json"));
  const names = files.flatMap((it) => [
    ...readFileSync(path.join(folder, it), "utf8").matchAll(new RegExp(`"${kind}": "([^"]+)"`, "g")),
  ]);
  return new Set(names.map(([, name]) => name)).size;
}

describe("docs/features.md", () => {
  it("is one table, with a heading above all of its lines", () => {
    expect(tables).toHaveLength(1);
    expect(tables[0]?.[1]).toMatch(/^\| -+ \|/);
    expect(rows.length).toBeGreaterThan(150);
    expect(rows.filter((cells) => cells.length !== 4)).toEqual([]);
  });

  it("names each capability once, works or unproven, and what shows it", () => {
    const names = rows.map(([area, what]) => `${area ?? ""}: ${what ?? ""}`);
    expect(names.filter((it, at) => names.indexOf(it) !== at)).toEqual([]);
    expect(rows.filter(([, , state]) => state !== "works" && state !== "unproven")).toEqual([]);
    // What is unproven says where it is told why; what works says what shows it.
    const wrong = rows.filter(([, , state, shown = ""]) =>
      state === "unproven" ? !shown.includes("](unproven.md#") : !/`(tests\/|npm run )/.test(shown),
    );
    expect(wrong).toEqual([]);
  });

  it("names tests that are there", () => {
    const named = [...text.matchAll(/`(tests\/[^`]+)`/g)].map(([, it]) => it ?? "");
    expect(named.length).toBeGreaterThan(100);
    expect(named.filter((it) => !isTest(it))).toEqual([]);
    // By its whole path, or nobody can run it.
    expect([...text.matchAll(/`((?!tests\/)[^`]*\.test\.ts)`/g)].map(([, it]) => it)).toEqual([]);
  });

  it("counts what there is", () => {
    expect(figure(/, (\d+) general ones/)).toBe(generalSizes.length);
    expect(figure(/\| (\d+) alerts and/)).toBe(inGoldens("alert"));
    expect(figure(/alerts and (\d+) recording rules/)).toBe(inGoldens("record"));
    expect(figure(/\| (\d+) components as a Pulumi package/)).toBe(Object.keys(packagedComponents).length);
  });
});

import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { sections } from "../../stacks/config/sections";

const root = path.join(__dirname, "..", "..");

/** Markdown pages of the repository, as paths from its root. Walked, not asked of git: a copy has no history. */
function findPages(folder = ""): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const at = path.posix.join(folder, entry.name);
    if (entry.isDirectory()) return ["node_modules", "coverage", ".git"].includes(entry.name) ? [] : findPages(at);
    return entry.name.endsWith(".md") ? [at] : [];
  });
}

/** Text without fenced code. */
function withoutFences(text: string): string {
  return text.replace(/^(```+|~~~+)[\s\S]*?^\1$/gm, "");
}

/** Targets of links, images and link definitions that are files of this repository. */
function relativeLinks(text: string): string[] {
  const prose = withoutFences(text).replace(/`[^`\n]*`/g, "");
  const inline = [...prose.matchAll(/\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g)];
  const definitions = [...prose.matchAll(/^\s{0,3}\[[^\]]+\]:\s+<?([^\s>]+)>?/gm)];
  return [...inline, ...definitions].map((it) => it[1] ?? "").filter((link) => !/^[a-z][a-z0-9+.-]*:/i.test(link));
}

/** Anchors of the headings of a page, as the repository host makes them. */
function anchors(text: string): string[] {
  return [...withoutFences(text).matchAll(/^#{1,6}\s+(.+?)\s*$/gm)].map((it) =>
    (it[1] ?? "")
      .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replace(/\s/g, "-"),
  );
}

/** What is wrong with a link, `undefined` when it leads somewhere. */
function fault(page: string, link: string): string | undefined {
  const [file = "", anchor] = link.split("#");
  const target = file === "" ? page : path.posix.join(path.posix.dirname(page), decodeURIComponent(file));
  if (target.startsWith("..")) return `${link} leaves the repository`;
  if (!existsSync(path.join(root, target))) return `${link} does not exist`;
  if (anchor === undefined || !target.endsWith(".md")) return undefined;
  const known = anchors(readFileSync(path.join(root, target), "utf8"));
  return known.includes(anchor) ? undefined : `${link} names no heading of ${target}`;
}

/** Rows of tables with more cells than the head of their table: what is in those is never shown. */
function crookedRows(text: string): string[] {
  let cells: number | undefined;
  return withoutFences(text)
    .split("\n")
    .filter((line) => {
      if (!line.startsWith("|")) cells = undefined;
      else if (cells === undefined) cells = cellsOf(line);
      else return cellsOf(line) > cells;
      return false;
    });
}

function cellsOf(row: string): number {
  return row.replace(/\\\|/g, "").split("|").length;
}

const pages = findPages();

describe("links", () => {
  it("are looked for in every folder", () => {
    expect(pages).toEqual(expect.arrayContaining(["README.md", "docs/unproven.md", "core/README.md"]));
  });

  it.each(pages)("of %s lead to files and headings", (page) => {
    const links = relativeLinks(readFileSync(path.join(root, page), "utf8"));
    expect(links.flatMap((link) => fault(page, link) ?? [])).toEqual([]);
  });

  it("are told apart from code and from addresses", () => {
    const text = 'see [a](b.md), ![c](d.png "e"), `[f](g.md)`, [h](https://i.example)\n```\n[k](l.md)\n```\n[m]: n.md';
    expect(relativeLinks(text)).toEqual(["b.md", "d.png", "n.md"]);
  });

  it.each([
    ["../SECURITY.md", undefined],
    ["../CONTRIBUTING.md#add-a-rule", undefined],
    ["#layers", undefined],
    ["no-such-page.md", "no-such-page.md does not exist"],
    ["../CONTRIBUTING.md#no-such-heading", "../CONTRIBUTING.md#no-such-heading names no heading of CONTRIBUTING.md"],
    ["../../outside.md", "../../outside.md leaves the repository"],
  ])("to %s are judged", (link, expected) => {
    expect(fault("docs/architecture.md", link)).toBe(expected);
  });
});

describe("tables", () => {
  it.each(pages)("of %s have no row with more cells than their head", (page) => {
    expect(crookedRows(readFileSync(path.join(root, page), "utf8"))).toEqual([]);
  });

  it("are judged row by row", () => {
    const text = "| a | b |\n| - | - |\n| c | d |\n| e | f | g |\n\n| h |\n| - |\n| `i \\| j` |";
    expect(crookedRows(text)).toEqual(["| e | f | g |"]);
  });
});

it("the page on stack files names every section", () => {
  const page = readFileSync(path.join(root, "stacks/README.md"), "utf8");
  // The last two are in one row.
  const named = (it: string): boolean => new RegExp(`\`(azure-gpu-cluster)?:${it}\``).test(page);
  expect(Object.keys(sections.shape).filter((it) => !named(it))).toEqual([]);
});

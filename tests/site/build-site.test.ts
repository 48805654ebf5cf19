import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse, type DefaultTreeAdapterTypes, type ParserError } from "parse5";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildSite } from "../../site/build-site";
import { findSitePages, sitePath } from "../../site/site-pages";
import { root } from "../stack-files";

type Element = DefaultTreeAdapterTypes.Element;

/** What a page says of itself in attributes: its anchors, what it leads to and loads, and what is no HTML. */
interface ReadPage {
  readonly ids: readonly string[];
  readonly links: readonly string[];
  readonly errors: readonly string[];
}

function readPage(html: string): ReadPage {
  const errors: string[] = [];
  const onParseError = ({ code, startLine }: ParserError): void => void errors.push(`${code} in line ${startLine}`);
  const ids: string[] = [];
  const links: string[] = [];
  const walk = (node: DefaultTreeAdapterTypes.Node): void => {
    for (const { name, value } of (node as Partial<Element>).attrs ?? []) {
      if (name === "id") ids.push(value);
      if (["href", "src", "data-search", "data-diagrams"].includes(name)) links.push(value);
    }
    for (const child of (node as Partial<Element>).childNodes ?? []) walk(child);
  };
  walk(parse(html, { onParseError }));
  return { ids, links, errors };
}

const site = buildSite(root);
const pages = new Map([...site].filter(([at]) => at.endsWith(".html")).map(([at, it]) => [at, readPage(String(it))]));

describe("the site of this repository", () => {
  it("has every Markdown page, and each in its menu", () => {
    const all = findSitePages(root).map(sitePath);
    expect(all).toEqual(
      expect.arrayContaining(["index.html", "docs/policies.html", "docs/sizes.html", "core/index.html"]),
    );
    expect(all.filter((it) => !pages.has(it))).toEqual([]);
    const inMenu = (pages.get("index.html")?.links ?? []).map((it) => path.posix.normalize(it));
    expect(all.filter((it) => !inMenu.includes(it))).toEqual([]);
  });

  it("leads nowhere that is not there, and loads nothing of others", () => {
    const dead = [...pages].flatMap(([at, { links }]) =>
      links
        .filter((link) => !/^(https?|mailto):/.test(link))
        .filter((link) => {
          const [file = "", anchor] = link.split("#");
          const target = file === "" ? at : path.posix.join(path.posix.dirname(at), file);
          return (
            !site.has(target) ||
            (anchor !== undefined && pages.get(target)?.ids.includes(decodeURIComponent(anchor)) !== true)
          );
        })
        .map((link) => `${at}: ${link}`),
    );
    expect(dead).toEqual([]);
    const loaded = [...site]
      .filter(([at]) => at.endsWith(".html"))
      .flatMap(([, it]) => String(it).match(/ src="https?:[^"]*"/g) ?? []);
    expect(loaded).toEqual([]);
  });

  it("is HTML without a fault, each anchor once", () => {
    const faults = [...pages].flatMap(([at, { ids, errors }]) => [
      ...errors.map((it) => `${at}: ${it}`),
      ...ids.filter((it, place) => ids.indexOf(it) !== place).map((it) => `${at}: ${it} twice`),
    ]);
    expect(faults).toEqual([]);
  });

  it("finds in a search what stands below each heading", () => {
    const sections = JSON.parse(/= (\[.*\]);\n$/.exec(String(site.get("search.js")))?.[1] ?? "[]") as {
      at: string;
      text: string;
    }[];
    expect(sections.filter(({ at }) => !site.has(at.split("#")[0] ?? ""))).toEqual([]);
    expect(sections.find(({ at }) => at === "docs/architecture.html#trust-boundaries")?.text).toContain(
      "Who runs Pulumi",
    );
  });
});

describe("a site of pages with mistakes", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "site-"));
    mkdirSync(path.join(folder, "room"));
    writeFileSync(
      path.join(folder, "README.md"),
      "# One\n\n[a](room/README.md#two) [b](gone.md) [c](#none) [d](../out.md)\n",
    );
    writeFileSync(path.join(folder, "room/README.md"), "# Room\n\n[e](../README.md#three)\n");
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("is not built, and every link that leads nowhere is told", () => {
    expect(() => buildSite(folder)).toThrow(
      [
        "The site is misconfigured:",
        "  README.md: links must lead to files of the repository; got gone.md",
        "  README.md: links must lead to files of the repository; got ../out.md",
        "  README.md: links must lead to headings that there are; got #two of room/index.html",
        "  README.md: links must lead to headings that there are; got #none of index.html",
        "  room/README.md: links must lead to headings that there are; got #three of index.html",
      ].join("\n"),
    );
  });
});

it("the workflow names each action by its commit and publishes what the command writes", () => {
  const workflow = readFileSync(path.join(root, ".github/workflows/site.yml"), "utf8");
  const actions = [...workflow.matchAll(/uses: (\S+)(.*)/g)].map(
    ([, action, version]) => `${action ?? ""}${version ?? ""}`,
  );
  expect(actions.length).toBeGreaterThan(3);
  expect(actions.filter((it) => !/^[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(it))).toEqual([]);
  expect(workflow).toContain("npm run site\n");
  expect(workflow).toContain("path: public\n");
});

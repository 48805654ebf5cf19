import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../stack-files";

const { scripts } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as {
  readonly scripts: Readonly<Record<string, string>>;
};

/** Commands of npm that a page tells somebody to run, in prose and in blocks of code. */
function commandsOf(text: string): string[] {
  return [...text.matchAll(/\bnpm run (?:-s |--silent )?([a-z][\w:-]*)/g)].map((it) => it[1] ?? "");
}

/** Paths that stand as code: with a folder of this repository before the first slash. */
function pathsOf(text: string): string[] {
  const rooms = readdirSync(root, { withFileTypes: true })
    .filter((it) => it.isDirectory())
    .map((it) => it.name);
  return [...text.matchAll(/`([\w.-]+)(\/[\w./-]*)?`/g)]
    .map((it) => `${it[1] ?? ""}${it[2] ?? ""}`)
    .filter((it) => rooms.includes(it.split("/")[0] ?? "") && it.includes("/"));
}

/** Pages that somebody follows to the letter. */
const pages = [
  ...["AGENTS.md", "README.md", "CONTRIBUTING.md", "docs/teams.md"],
  ...["docs/paths", "docs/runbooks"].flatMap((folder) =>
    readdirSync(path.join(root, folder)).map((it) => `${folder}/${it}`),
  ),
];

describe.each(pages)("%s", (page) => {
  const text = readFileSync(path.join(root, page), "utf8");

  it("names commands that there are", () => {
    expect(commandsOf(text).filter((it) => scripts[it] === undefined)).toEqual([]);
  });

  it("names files that there are", () => {
    expect(pathsOf(text).filter((it) => !existsSync(path.join(root, it)))).toEqual([]);
  });
});

it("the pages for assistants and readers name commands at all", () => {
  const silent = pages.filter((it) => it === "AGENTS.md" || it.startsWith("docs/paths/"));
  expect(silent.filter((it) => commandsOf(readFileSync(path.join(root, it), "utf8")).length < 3)).toEqual([]);
});

it("a command and a path are told from other words", () => {
  expect(commandsOf("Run `npm run -s preview -- dev`, npm run bill, then npm test")).toEqual(["preview", "bill"]);
  expect(pathsOf("`cli/docs.ts` and `docs/` but not `a/b`, `catalog` or `npm run docs`")).toEqual([
    "cli/docs.ts",
    "docs/",
  ]);
});

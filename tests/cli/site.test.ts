import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it, test, vi } from "vitest";
import { main } from "../../cli/site";
import { runHere } from "./run-here";

const folder = mkdtempSync(path.join(tmpdir(), "site-command-"));
afterAll(() => rmSync(folder, { recursive: true }));

it("builds a site, and replaces it, so that a page that is gone is gone", async () => {
  const to = path.join(folder, "new");
  const { code, out } = await runHere(() => main(["--to", to]));
  expect(code).toBe(0);
  expect(out).toMatch(/new\/index\.html: \d+ pages\n$/);
  const gone = path.join(to, "gone.html");
  writeFileSync(gone, "");
  expect((await runHere(() => main(["--to", to]))).code).toBe(0);
  expect(existsSync(gone)).toBe(false);
  expect(readFileSync(path.join(to, "index.html"), "utf8")).toContain("<title>azure-gpu-cluster");
});

it("touches no folder and no file of somebody else", async () => {
  const file = path.join(folder, "notes.txt");
  writeFileSync(file, "mine");
  for (const to of [folder, file]) {
    const { error } = await runHere(() => main(["--to", to]));
    expect(String(error)).toContain("--to: must be a new or empty folder, or a site (it ");
  }
  expect(readFileSync(file, "utf8")).toBe("mine");
});

it("helps", async () => {
  const { code, out } = await runHere(() => main(["--help"]));
  expect(code).toBe(0);
  expect(out).toContain("npm run site");
});

test.each([["--too"], ["dev"]])("refuses %s", async (word) => {
  const { error } = await runHere(() => main([word]));
  expect(String(error)).toContain("arguments");
});

it("takes a folder for what it is, whatever it is called", async () => {
  const cwd = vi.spyOn(process, "cwd").mockReturnValue(folder);
  const { code, out } = await runHere(() => main(["--to", "help"])).finally(() => cwd.mockRestore());
  expect([code, out]).toEqual([0, expect.stringMatching(/^help\/index\.html: \d+ pages\n$/)]);
  expect(existsSync(path.join(folder, "help", "index.html"))).toBe(true);
});

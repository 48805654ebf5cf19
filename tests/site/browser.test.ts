import axe from "axe-core";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { findChromium, howToGetChromium, quietChromium } from "../../cli/chromium";
import { buildSite } from "../../site/build-site";
import { root } from "../stack-files";

const program = findChromium();
const folder = mkdtempSync(path.join(tmpdir(), "site-"));
let browser: Browser;

beforeAll(async () => {
  if (program === undefined) return;
  for (const [file, content] of buildSite(root)) {
    const target = path.join(folder, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, content);
  }
  browser = await chromium.launch({ executablePath: program, args: [...quietChromium] });
});
afterAll(async () => {
  if (program !== undefined) await browser.close();
  rmSync(folder, { recursive: true });
});
beforeEach(({ skip }) => {
  if (program === undefined) skip(`There is no Chromium here, which shows the site. ${howToGetChromium}`);
});

interface Look {
  readonly width: number;
  readonly scheme: "light" | "dark";
}

/** Opens a page from the folder, as from a disk, has it looked at, then says what the browser had to complain of and asked others for. */
async function open(file: string, { width, scheme }: Look, look: (page: Page) => Promise<void>): Promise<void> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: scheme });
  const complaints: string[] = [];
  const asked: string[] = [];
  page.on("console", (it) => void complaints.push(it.text()));
  page.on("pageerror", (it) => void complaints.push(it.message));
  page.on("request", (it) => void asked.push(it.url()));
  try {
    await page.goto(pathToFileURL(path.join(folder, file)).href);
    await look(page);
    const ours = pathToFileURL(folder).href;
    expect({ complaints, others: asked.filter((it) => !it.startsWith(ours) && !it.startsWith("data:")) }).toEqual({
      complaints: [],
      others: [],
    });
  } finally {
    await page.close();
  }
}

it.each<Look>([
  { width: 1300, scheme: "light" },
  { width: 1300, scheme: "dark" },
  { width: 390, scheme: "light" },
])("draws its diagrams, fits the screen and is for everybody: %j", async (look) => {
  await open("index.html", look, async (page) => {
    await page.waitForSelector(`html[data-drawn="${look.scheme}"]`);
    expect(await page.locator("figure.diagram svg").count()).toBeGreaterThan(0);
    expect(await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")).toBe(0);
    await page.evaluate(axe.source);
    // It would fetch the style sheet, which no page of the site may. What is drawn by Mermaid is a picture of the text beside it.
    const { violations } = await page.evaluate<axe.AxeResults>(
      `axe.run({ exclude: [["figure.diagram"]] }, { preload: false })`,
    );
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((it) => it.html).join(" ")}`.slice(0, 300))).toEqual(
      [],
    );
  });
});

it("finds what somebody types, and goes there", async () => {
  await open("docs/index.html", { width: 1300, scheme: "light" }, async (page) => {
    await page.keyboard.press("/");
    await page.keyboard.type("glossary");
    await page.locator("#found a", { hasText: "Glossary" }).first().click();
    await page.waitForURL(/docs\/glossary\.html/);
    expect(await page.title()).toContain("Glossary");
  });
});

it.each([
  ["the name of a file", "stale-lock", "A stack is locked"],
  ["a question", "How much does it cost?", "Policy rules: Cost"],
])("finds by %s", async (_, words, first) => {
  await open("index.html", { width: 1300, scheme: "light" }, async (page) => {
    await page.locator("#search input").fill(words);
    await page.locator("#found li:first-child b", { hasText: new RegExp(`^${first}$`) }).waitFor();
  });
});

it("says what it does not find", async () => {
  await open("index.html", { width: 1300, scheme: "light" }, async (page) => {
    await page.locator("#search input").fill("qqqzzz");
    await page.locator("#found", { hasText: "Nothing is found for qqqzzz." }).waitFor();
  });
});

import axe from "axe-core";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findChromium, howToGetChromium, quietChromium } from "../../../cli/chromium";
import { renderHtml } from "../../../preview/html/page";
import type { Preview } from "../../../preview/preview";
import { shippedPreview } from "../../shipped-previews";
import type { ShippedStack } from "../../stack-files";

const program = findChromium();
const shipped: readonly ShippedStack[] = ["dev", "prod", "prod-workloads", "cell-4k"];
/** One that shows what no stack that ships has: findings, limits that are exceeded, images to copy. */
const forbidden = "a plan that is forbidden";
const pages = [...shipped, forbidden];
const files = new Map<string, string>();
let browser: Browser;

beforeAll(async () => {
  if (program === undefined) return;
  const folder = mkdtempSync(path.join(tmpdir(), "pages-"));
  const put = (name: string, preview: Preview): void => {
    const file = path.join(folder, `${name}.html`);
    writeFileSync(file, renderHtml(preview));
    files.set(name, pathToFileURL(file).href);
  };
  for (const stack of shipped) put(stack, await shippedPreview(stack));
  put(forbidden, forbid(await shippedPreview("prod")));
  browser = await chromium.launch({ executablePath: program, args: [...quietChromium] });
});
afterAll(async () => {
  if (program !== undefined) await browser.close();
});
beforeEach(({ skip }) => {
  if (program === undefined) skip(`There is no Chromium here, which shows pages of previews. ${howToGetChromium}`);
});

function forbid(preview: Preview): Preview {
  const finding = {
    id: 1,
    rule: "aks-protected",
    severity: "high",
    urn: preview.plan.resources.at(-1)?.urn ?? "",
    path: "opts.protect",
    message: `opts.protect is false; must be true. ${"Some changes replace a cluster. ".repeat(5)}`,
    judged: true,
  } as const;
  return {
    ...preview,
    findings: [
      { ...finding, level: "mandatory" },
      { ...finding, level: "advisory" },
    ],
    summary: {
      ...preview.summary,
      limits: preview.summary.limits.map((it, at) => ({
        ...it,
        state: (["over", "near", "ok"] as const)[at % 3] ?? "ok",
      })),
    },
    fetches: [
      {
        from: "mcr.microsoft.com/oss/v2/kubernetes-csi/azurelustre-csi:v0.4.1-noble",
        to: "mirror.azurecr.io/mcr.microsoft.com/oss/v2/kubernetes-csi/azurelustre-csi:v0.4.1-noble",
      },
    ],
  };
}

interface Look {
  readonly width: number;
  readonly scheme: "light" | "dark";
}

/** Opens a page and has it looked at, then says what the browser had to complain of, and what it asked for beside the page. */
async function open(name: string, { width, scheme }: Look, look: (page: Page) => Promise<void>): Promise<void> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: scheme });
  const complaints: string[] = [];
  const asked: string[] = [];
  page.on("console", (it) => void complaints.push(it.text()));
  page.on("pageerror", (it) => void complaints.push(it.message));
  page.on("request", (it) => void asked.push(it.url()));
  try {
    const file = files.get(name) ?? "";
    await page.goto(file);
    await look(page);
    expect({ complaints, asked: asked.filter((it) => it !== file && !it.startsWith("data:")) }).toEqual({
      complaints: [],
      asked: [],
    });
  } finally {
    await page.close();
  }
}

/** Elements that stick out of the page or are cut off, in few words; what is meant to be out of sight aside. */
const faults = `(() => {
  const width = document.documentElement.clientWidth;
  const hidden = (it) => it.closest(".skip, .symbols, thead") !== null || it.closest("details:not([open]) > :not(summary)") !== null;
  const out = [...document.body.querySelectorAll("*")].filter((it) => {
    const box = it.getBoundingClientRect();
    return box.width > 0 && (box.right > width + 1 || box.left < -1) && !hidden(it);
  });
  const cut = [...document.body.querySelectorAll("*")].filter(
    (it) => getComputedStyle(it).overflowX !== "visible" && it.scrollWidth > it.clientWidth + 1 && !hidden(it) && !(it instanceof SVGElement),
  );
  return {
    scrolls: document.documentElement.scrollWidth - width,
    out: out.map((it) => it.tagName + "." + it.getAttribute("class") + " " + it.textContent.slice(0, 40)).slice(0, 5),
    cut: cut.map((it) => it.tagName + "." + it.getAttribute("class")).slice(0, 5),
  };
})()`;

describe.each(pages)("the page of %s in Chromium", (name) => {
  it.each([360, 800, 1400])("fits a screen of %i pixels, with all that is folded open too", async (width) => {
    await open(name, { width, scheme: "light" }, async (page) => {
      expect(await page.evaluate(faults)).toEqual({ scrolls: 0, out: [], cut: [] });
      await page.evaluate(`document.querySelectorAll("details").forEach((it) => (it.open = true))`);
      expect(await page.evaluate(faults)).toEqual({ scrolls: 0, out: [], cut: [] });
    });
  });

  it.each<Look>([
    { width: 360, scheme: "light" },
    { width: 1400, scheme: "light" },
    { width: 1400, scheme: "dark" },
  ])("is for everybody, by the rules of axe: %j", async (look) => {
    await open(name, look, async (page) => {
      await page.evaluate(`document.querySelectorAll("details").forEach((it) => (it.open = true))`);
      await page.evaluate(axe.source);
      const { violations, passes } = await page.evaluate<axe.AxeResults>("axe.run()");
      expect(
        violations.map(
          ({ id, nodes }) =>
            `${id}: ${nodes
              .map((it) => it.html)
              .join(" ")
              .slice(0, 300)}`,
        ),
      ).toEqual([]);
      expect(passes.map((it) => it.id)).toEqual(
        expect.arrayContaining(["color-contrast", "heading-order", "svg-img-alt"]),
      );
    });
  });

  it("is printed whole and light, from a dark screen too", async () => {
    await open(name, { width: 703, scheme: "dark" }, async (page) => {
      await page.emulateMedia({ media: "print", colorScheme: "dark" });
      expect(await page.evaluate(faults)).toEqual({ scrolls: 0, out: [], cut: [] });
      expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe("rgb(255, 255, 255)");
      // Chromium puts parts of a grid over one another where a page ends in it, which only a reader of the PDF would see.
      const longGrids = `[...document.body.querySelectorAll("*")].filter((it) =>
        it.getBoundingClientRect().height > 800 && /grid|flex/.test(getComputedStyle(it).display)).map((it) => it.className)`;
      expect(await page.evaluate(longGrids)).toEqual([]);
      // A foot of a table would come on each page, and say a sum before its end.
      const feet = `[...document.querySelectorAll("tfoot")].map((it) => getComputedStyle(it).display)`;
      expect(new Set(await page.evaluate<string[]>(feet))).toEqual(new Set(["table-row-group"]));
      // What is folded on a screen is there on paper.
      const folded = `[...document.querySelectorAll("details tr")].map((it) => it.checkVisibility())`;
      const shown = await page.evaluate<boolean[]>(folded);
      expect(shown.length).toBeGreaterThan(10);
      expect(shown.filter((it) => !it)).toEqual([]);
      const pdf = await page.pdf({ format: "A4" });
      expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
    });
  });
});

it("a page is walked through by the keyboard", async () => {
  await open("dev", { width: 1400, scheme: "light" }, async (page) => {
    const reached: string[] = [];
    for (let at = 0; at < 40; at++) {
      await page.keyboard.press("Tab");
      reached.push(String(await page.evaluate(`document.activeElement.textContent.trim()`)));
      if ((await page.evaluate(`document.activeElement.tagName`)) === "SUMMARY") break;
    }
    expect(reached[0]).toBe("Skip to the content");
    await page.keyboard.press("Enter");
    expect(await page.evaluate(`document.querySelector("details").open`)).toBe(true);
  });
});

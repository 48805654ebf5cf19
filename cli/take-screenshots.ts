import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { MisconfiguredError } from "../core/problems";
import { renderHtml } from "../preview/html/page";
import { preview } from "../preview/preview";
import { findStackFile } from "../stacks/find-stack-file";
import { findChromium, howToGetChromium, quietChromium } from "./chromium";
import { plannedOn } from "./generated-files";

/** Pictures of the README: of which stack, from which heading on, and how large. */
const pictures = [
  { name: "preview-prod", stack: "prod-workloads", width: 1200, height: 1500, from: "" },
  { name: "preview-cell-4k-phone", stack: "cell-4k", width: 390, height: 844, from: "#drawing" },
] as const;

/** Takes the pictures in docs/images of a project anew, in the Chromium of this machine. Returns the exit code. */
export async function takeScreenshots(root: string): Promise<number> {
  const program = findChromium();
  if (program === undefined)
    throw new MisconfiguredError("The command", [
      { path: "Chromium", rule: "must be on this machine", remedy: howToGetChromium },
    ]);
  const folder = path.join(root, "docs/images");
  mkdirSync(folder, { recursive: true });
  const pages = mkdtempSync(path.join(tmpdir(), "screenshots-"));
  const browser = await chromium.launch({ executablePath: program, args: [...quietChromium] });
  try {
    for (const { name, stack, width, height, from } of pictures) {
      const file = path.join(pages, `${stack}.html`);
      writeFileSync(file, renderHtml(await preview(findStackFile(stack, root), { today: plannedOn })));
      const page = await browser.newPage({ viewport: { width, height }, colorScheme: "light" });
      await page.goto(`${pathToFileURL(file).href}${from}`);
      const target = path.join(folder, `${name}.webp`);
      // Playwright itself takes PNG, three times as large, and JPEG, in which letters blur.
      const session = await page.context().newCDPSession(page);
      const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: 70 });
      writeFileSync(target, Buffer.from(data, "base64"));
      process.stdout.write(`${path.relative(root, target)}\n`);
      await page.close();
    }
  } finally {
    await browser.close();
    rmSync(pages, { recursive: true });
  }
  return 0;
}

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe } from "vitest";
import { parse } from "yaml";
import type { ChartTexts } from "./chart-paths";

/** Folder with the charts that no package registry carries: beside this repository, or where GPU_CHARTS says. */
const folder = process.env["GPU_CHARTS"] ?? resolve(__dirname, "../../../../shared/charts");

/** Tests that read a chart itself. Where it is not there they are counted as skipped, and say so. */
export function describeWithChart(name: string, tests: (chart: ChartTexts) => void): void {
  const path = join(folder, name);
  if (existsSync(path)) {
    describe(`the chart ${name}`, () =>
      tests({ values: parse(text(join(path, "values.yaml"))), templates: templatesIn(path) }));
    return;
  }
  process.stderr.write(`Skipped: the chart ${name} is not in ${folder}. GPU_CHARTS names another folder.\n`);
  describe.skip(`the chart ${name} (not there)`, () => tests({ values: {}, templates: "" }));
}

function templatesIn(path: string): string {
  const names = readdirSync(join(path, "templates"), { recursive: true, encoding: "utf8" });
  return names
    .filter((it) => /\.(ya?ml|tpl)$/.test(it))
    .map((it) => text(join(path, "templates", it)))
    .join("\n");
}

function text(path: string): string {
  return readFileSync(path, "utf8");
}

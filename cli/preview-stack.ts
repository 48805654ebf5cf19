import { compareTo } from "../preview/compare/compare-to";
import { renderMarkdown } from "../preview/compare/render-markdown";
import { readPlanFile } from "../preview/plan-file/read-plan-file";
import type { Preview } from "../preview/preview";
import { previewJson } from "../preview/preview-json";
import { renderText } from "../preview/render-text";
import { fileContent } from "./file-content";
import { planAndTell } from "./plan-and-tell";
import { paintFor } from "./terminal";

/** How a preview is printed. */
interface Printing {
  readonly json: boolean;
  /** File with an earlier plan, whose differences are printed and not the plan. */
  readonly compare: string | undefined;
}

/**
 * Plans a stack and prints the plan, or what differs from an earlier one.
 * @param started When the command began, of `process.hrtime`.
 * @returns The exit code.
 */
export async function previewStack(file: string, printing: Printing, started: bigint): Promise<number> {
  const { json, compare } = printing;
  // Before the planning: whoever names a wrong file hears of it at once.
  const before = compare === undefined ? undefined : readPlanFile(compare, fileContent("--compare", compare));
  return planAndTell(file, (result, today) => {
    if (before === undefined) {
      process.stdout.write(printed(result, json, started));
      return;
    }
    const difference = compareTo(before, result, today);
    const title = `${result.environment.stack} in ${result.environment.location}`;
    process.stdout.write(json ? `${JSON.stringify(difference, null, 2)}\n` : renderMarkdown(title, difference));
  });
}

function printed(result: Preview, json: boolean, started: bigint): string {
  if (!json) return renderText(result, paintFor(process.stdout));
  return `${JSON.stringify(previewJson(result, Number(process.hrtime.bigint() - started)), null, 2)}\n`;
}

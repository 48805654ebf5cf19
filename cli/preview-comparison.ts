import { compareTo } from "../preview/compare/compare-to";
import { renderMarkdown } from "../preview/compare/render-markdown";
import { readPlanFile } from "../preview/plan-file/read-plan-file";
import { fileContent } from "./file-content";
import { planAndTell } from "./plan-and-tell";

/**
 * Plans a stack and prints what differs from an earlier plan.
 * @param earlier File with that plan.
 * @returns The exit code.
 */
export async function previewComparison(file: string, earlier: string, json: boolean): Promise<number> {
  // Before the planning: whoever names a wrong file hears of it at once.
  const before = readPlanFile(earlier, fileContent("--compare", earlier));
  return planAndTell(file, (result, today) => {
    const difference = compareTo(before, result, today);
    const title = `${result.environment.stack} in ${result.environment.location}`;
    process.stdout.write(json ? `${JSON.stringify(difference, null, 2)}\n` : renderMarkdown(title, difference));
  });
}

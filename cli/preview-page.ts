import { writeFileSync } from "node:fs";
import { MisconfiguredError } from "../core/problems";
import { renderHtml } from "../preview/html/page";
import { planAndTell } from "./plan-and-tell";

/**
 * Plans a stack and writes the plan as a page.
 * @param target File to write, `-` for the standard output, null for one that is called after the stack.
 * @returns The exit code.
 */
export function previewPage(file: string, target: string | null): Promise<number> {
  return planAndTell(file, (result) => write(target ?? `preview-${result.environment.stack}.html`, renderHtml(result)));
}

/** @throws MisconfiguredError where no such file can be written */
function write(target: string, page: string): void {
  if (target === "-") {
    process.stdout.write(page);
    return;
  }
  try {
    writeFileSync(target, page);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new MisconfiguredError("The command", [
      { path: "--html", rule: `cannot be written: ${reason}`, remedy: "Name a file in a folder that is there" },
    ]);
  }
  process.stdout.write(`${target}: ${Math.ceil(Buffer.byteLength(page) / 1024)} KiB\n`);
}

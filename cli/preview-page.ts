import { renderHtml } from "../preview/html/page";
import { outputFile } from "./output-file";
import { planAndTell } from "./plan-and-tell";

/**
 * Plans a stack and writes the plan as a page.
 * @param target File to write, `-` for the standard output, null for one that is called after the stack.
 * @returns The exit code.
 */
export function previewPage(file: string, target: string | null): Promise<number> {
  const named = target === null ? undefined : outputFile("--html", target === "-" ? undefined : target, [file]);
  return planAndTell(file, (result) => {
    const page = renderHtml(result);
    const to = target ?? `preview-${result.environment.stack}.html`;
    const write = named ?? outputFile("--html", to, [file]);
    write(page);
    if (to !== "-") process.stdout.write(`${to}: ${Math.ceil(Buffer.byteLength(page) / 1024)} KiB\n`);
  });
}

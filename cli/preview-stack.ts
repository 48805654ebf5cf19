import type { Preview } from "../preview/preview";
import { previewJson } from "../preview/preview-json";
import { renderText } from "../preview/render-text";
import { planAndTell } from "./plan-and-tell";
import { paintFor } from "./terminal";

/**
 * Plans a stack and prints the plan.
 * @param started When the command began, of `process.hrtime`.
 * @returns The exit code.
 */
export function previewStack(file: string, json: boolean, started: bigint): Promise<number> {
  return planAndTell(file, (result) => process.stdout.write(printed(result, json, started)));
}

function printed(result: Preview, json: boolean, started: bigint): string {
  if (!json) return renderText(result, paintFor(process.stdout));
  return `${JSON.stringify(previewJson(result, Number(process.hrtime.bigint() - started)), null, 2)}\n`;
}

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
  return planAndTell(file, (result) => {
    const nanoseconds = Number(process.hrtime.bigint() - started);
    process.stdout.write(
      json
        ? `${JSON.stringify(previewJson(result, nanoseconds), null, 2)}\n`
        : renderText(result, paintFor(process.stdout)),
    );
  });
}

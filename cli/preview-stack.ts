import path from "node:path";
import { preview } from "../preview/preview";
import { previewJson } from "../preview/preview-json";
import { renderText } from "../preview/render-text";
import { paintFor, showProgress } from "./terminal";

/**
 * Plans a stack and prints the plan.
 * @param started When the command began, of `process.hrtime`.
 * @returns The exit code.
 */
export async function previewStack(file: string, json: boolean, started: bigint): Promise<number> {
  const done = showProgress(`planning ${path.basename(file)}`);
  try {
    const today = new Date().toISOString().slice(0, 10);
    const result = await preview(file, { today });
    done();
    const nanoseconds = Number(process.hrtime.bigint() - started);
    process.stdout.write(
      json
        ? `${JSON.stringify(previewJson(result, nanoseconds), null, 2)}\n`
        : renderText(result, paintFor(process.stdout)),
    );
    return result.findings.some((it) => it.level === "mandatory") ? 1 : 0;
  } finally {
    done();
  }
}

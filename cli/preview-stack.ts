import path from "node:path";
import type * as Page from "../preview/html/page";
import { preview } from "../preview/preview";
import { previewJson } from "../preview/preview-json";
import { renderText } from "../preview/render-text";
import { paintFor, showProgress } from "./terminal";
import { writePage } from "./write-page";

/** How a plan is told: printed, or as a page in a file, `-` for the standard output and null for one named by the stack. */
export type Form = "text" | "json" | { readonly page: string | null };

/**
 * Plans a stack and tells the plan.
 * @param started When the command began, of `process.hrtime`.
 * @returns The exit code.
 */
export async function previewStack(file: string, form: Form, started: bigint): Promise<number> {
  const done = showProgress(`planning ${path.basename(file)}`);
  try {
    const today = new Date().toISOString().slice(0, 10);
    const result = await preview(file, { today });
    done();
    if (typeof form === "object") {
      // Whoever wants lines does not wait for what draws.
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() would pass tsx by
      const { renderHtml } = require("../preview/html/page") as typeof Page;
      writePage(form.page ?? `preview-${result.environment.stack}.html`, renderHtml(result));
    } else {
      const nanoseconds = Number(process.hrtime.bigint() - started);
      process.stdout.write(
        form === "json"
          ? `${JSON.stringify(previewJson(result, nanoseconds), null, 2)}\n`
          : renderText(result, paintFor(process.stdout)),
      );
    }
    return result.findings.some((it) => it.level === "mandatory") ? 1 : 0;
  } finally {
    done();
  }
}

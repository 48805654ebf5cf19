import path from "node:path";
import { preview, type Preview } from "../preview/preview";
import { showProgress } from "./terminal";

/**
 * Plans a stack as of today and has the plan told.
 * @param tell Is given the day, too, as an ISO date.
 * @returns The exit code.
 */
export async function planAndTell(file: string, tell: (result: Preview, today: string) => void): Promise<number> {
  const done = showProgress(`planning ${path.basename(file)}`);
  try {
    const today = new Date().toISOString().slice(0, 10);
    const result = await preview(file, { today });
    done();
    tell(result, today);
    return result.findings.some((it) => it.level === "mandatory") ? 1 : 0;
  } finally {
    done();
  }
}

import { z } from "zod";
import { MisconfiguredError } from "../core/problems";
import type { GateResult } from "../upgrades/run-upgrade";
import { fileContent } from "./file-content";

/** What a result of `npm run verify -- ENVIRONMENT --json` says of its checks; the rest is not looked at. */
const verdictShape = z.object({
  results: z.array(
    z.object({ name: z.string(), verdict: z.enum(["pass", "warn", "fail", "measured", "no-evidence"]) }),
  ),
});

/**
 * Reads what a verification said.
 * @throws MisconfiguredError for a file that is none
 */
export function readVerdict(file: string): readonly GateResult[] {
  const text = fileContent("--verdict", file);
  try {
    return verdictShape.parse(JSON.parse(text)).results;
  } catch {
    throw new MisconfiguredError(file, [
      {
        path: "file",
        rule: "must be what npm run verify -- ENVIRONMENT --json printed: an object with results, each with name and verdict",
        remedy: "Make one: npm run --silent verify -- ENVIRONMENT --json > verified.json",
      },
    ]);
  }
}

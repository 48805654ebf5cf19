import { join } from "node:path";
import { isBuilt } from "./built-programs";
import { ensureModule } from "./engine";
import type { Progress } from "./go-build";
import { prometheusModule } from "./modules";

/** Prometheus' own engine of queries, beside the engine of stacks and not a part of it: only rules and dashboards need it. */

/** How to get it, for messages. */
export const howToGetPromqlResults =
  "Run `npm run engine` once: it builds Prometheus' engine of queries from source, less than a minute on two cores.";

/**
 * Path of the program of this machine, or undefined when it has not been built. Builds nothing.
 * @throws EngineError when something was built that must not be run
 */
export function findPromqlResults(): string | undefined {
  const module = prometheusModule();
  return isBuilt(module) ? join(module.folder, "promql-results") : undefined;
}

/**
 * Path of the program of this machine. It is built when it is missing.
 * @throws EngineError that says what to do
 */
export async function ensurePromqlResults(progress: Progress = () => undefined): Promise<string> {
  await ensureModule(prometheusModule(), progress);
  const program = findPromqlResults();
  if (program === undefined) throw new Error("The program was built, but is not where it should be.");
  return program;
}

import { join } from "node:path";
import { isBuilt } from "./built-programs";
import { ensureModule } from "./engine";
import type { Progress } from "./go-build";
import { actionlintModule } from "./modules";

/** The linter of GitHub's workflows, beside the engine of stacks and not a part of it: only the files in deploy/ need it. */

/** How to get it, for messages. */
export const howToGetActionlint =
  "Run `npm run engine` once: it builds the linter of workflows from source, a few seconds on two cores.";

/**
 * Path of the program of this machine, or undefined when it has not been built. Builds nothing.
 * @throws EngineError when something was built that must not be run
 */
export function findActionlint(): string | undefined {
  const module = actionlintModule();
  return isBuilt(module) ? join(module.folder, "actionlint") : undefined;
}

/**
 * Path of the program of this machine. It is built when it is missing.
 * @throws EngineError that says what to do
 */
export async function ensureActionlint(progress: Progress = () => undefined): Promise<string> {
  await ensureModule(actionlintModule(), progress);
  const program = findActionlint();
  if (program === undefined) throw new Error("The program was built, but is not where it should be.");
  return program;
}

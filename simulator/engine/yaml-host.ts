import { join } from "node:path";
import { isBuilt } from "./built-programs";
import { ensureModule } from "./engine";
import type { Progress } from "./go-build";
import { yamlModule } from "./modules";

/** Pulumi's host of programs in YAML, beside the engine of stacks and not a part of it: only tests of the package need it. */

/** How to get it, for messages. */
export const howToGetYamlHost =
  "Run `npm run engine` once: it builds the host of YAML programs from source, about a minute on two cores.";

/**
 * Path of the program of this machine, or undefined when it has not been built. Builds nothing.
 * @throws EngineError when something was built that must not be run
 */
export function findYamlHost(): string | undefined {
  const module = yamlModule();
  return isBuilt(module) ? join(module.folder, "pulumi-language-yaml") : undefined;
}

/**
 * Path of the program of this machine. It is built when it is missing.
 * @throws EngineError that says what to do
 */
export async function ensureYamlHost(progress: Progress = () => undefined): Promise<string> {
  await ensureModule(yamlModule(), progress);
  const program = findYamlHost();
  if (program === undefined) throw new Error("The program was built, but is not where it should be.");
  return program;
}

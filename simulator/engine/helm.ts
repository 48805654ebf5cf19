import { join } from "node:path";
import { isBuilt } from "./built-programs";
import { ensureModule } from "./engine";
import type { Progress } from "./go-build";
import { helmModule } from "./modules";

/**
 * Helm, beside the engine and not a part of it: what renders no chart must not wait for its build. One on PATH is never
 * taken, for what a chart renders changes with Helm's version.
 */

/** How to get Helm, for messages. */
export const howToGetHelm = "Run `npm run engine` once: it builds Helm from source, one to three minutes on two cores.";

/**
 * Path of the Helm of this machine, or undefined when it has not been built. Builds nothing.
 * @throws EngineError when something was built that must not be run
 */
export function findHelm(): string | undefined {
  const module = helmModule();
  return isBuilt(module) ? join(module.folder, "helm") : undefined;
}

/**
 * Path of the Helm of this machine. It is built when it is missing, minutes the first time.
 * @throws EngineError that says what to do
 */
export async function ensureHelm(progress: Progress = () => undefined): Promise<string> {
  await ensureModule(helmModule(), progress);
  const helm = findHelm();
  if (helm === undefined) throw new Error("Helm was built, but is not where it should be.");
  return helm;
}

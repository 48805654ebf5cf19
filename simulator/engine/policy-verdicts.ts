import { join } from "node:path";
import { isBuilt } from "./built-programs";
import { ensureModule } from "./engine";
import type { Progress } from "./go-build";
import { ciliumModule } from "./modules";

/** Cilium's own judgement of network policies, beside the engine and not a part of it: nothing else needs it. */

/** How to get it, for messages. */
export const howToGetPolicyVerdicts =
  "Run `npm run engine` once: it builds Cilium's policy library from source, two to three minutes on two cores.";

/**
 * Path of the program of this machine, or undefined when it has not been built. Builds nothing.
 * @throws EngineError when something was built that must not be run
 */
export function findPolicyVerdicts(): string | undefined {
  const module = ciliumModule();
  return isBuilt(module) ? join(module.folder, "policy-verdicts") : undefined;
}

/**
 * Path of the program of this machine. It is built when it is missing, minutes the first time.
 * @throws EngineError that says what to do
 */
export async function ensurePolicyVerdicts(progress: Progress = () => undefined): Promise<string> {
  await ensureModule(ciliumModule(), progress);
  const program = findPolicyVerdicts();
  if (program === undefined) throw new Error("The program was built, but is not where it should be.");
  return program;
}

import { join } from "node:path";
import { isBuilt } from "./built-programs";
import { ensureModule } from "./engine";
import type { Progress } from "./go-build";
import type { GoModule } from "./modules";

/** One executable that stands beside the engine: who does not need it never waits for its build. */
export interface OneProgram {
  /**
   * Path of the program of this machine, or undefined when it has not been built. Builds nothing.
   * @throws EngineError when something was built that must not be run
   */
  readonly find: () => string | undefined;
  /**
   * Path of the program of this machine. It is built when it is missing, which takes a while the first time.
   * @throws EngineError that says what to do
   */
  readonly ensure: (progress?: Progress) => Promise<string>;
}

/** The executable of a module that has one. Where it lies is asked anew each time: the folder of what is built may be named meanwhile. */
export function oneProgram(moduleOf: () => GoModule, executable: string): OneProgram {
  const find = (): string | undefined => {
    const module = moduleOf();
    return isBuilt(module) ? join(module.folder, executable) : undefined;
  };
  return {
    find,
    ensure: async (progress = () => undefined) => {
      await ensureModule(moduleOf(), progress);
      const program = find();
      if (program === undefined) throw new Error(`${executable} was built, but is not where it should be.`);
      return program;
    },
  };
}

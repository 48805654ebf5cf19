import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

// Ends only what never would: a test says what it waits for, not how long that takes on a machine that does other things.
const hangGuard = 600_000;

/**
 * Starts first what drives other programs, minutes each, and then all that takes seconds: a long file that starts last keeps one core busy
 * alone. vitest itself starts what took longest, which a fresh clone does not know.
 */
class LongestFirst extends BaseSequencer {
  public override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification): boolean =>
      /tests\/(engine|examples|simulator\/(kubernetes|queues))\//.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((it) => !isLong(it))];
  }
}

/**
 * Where compiled modules are kept: apart for each set of installed packages. vitest empties a folder that other packages have filled,
 * and then fails since the folder is gone (4.1.12).
 */
function moduleCache(): string {
  const installed = readFileSync(path.join(import.meta.dirname, "node_modules/.package-lock.json"));
  const hash = createHash("sha1").update(installed).digest("hex");
  return path.join(import.meta.dirname, "node_modules/.cache/vitest", hash);
}

export default defineConfig({
  // Examples import the library as its users do; here that is its source.
  resolve: {
    alias: [
      { find: /^azure-gpu-cluster\/(\w+)$/, replacement: path.join(import.meta.dirname, "components/$1/index.ts") },
    ],
  },
  test: {
    include: ["tests/**/*.test.ts"],
    // Processes, since the Pulumi runtime keeps its settings in globals; one for many files, since loading the SDK takes as
    // long as most files run. Whoever records a program sets the globals that it needs.
    pool: "forks",
    isolate: false,
    execArgv: [
      // Most files load the SDK, which the commands load the same way.
      "--require",
      path.join(import.meta.dirname, "cli/lazy-sdk.cjs"),
      // MiB. A recorded program makes many values that live as long as it does: with Node's 16 a fifth of all time went into
      // moving them.
      "--max-semi-space-size=64",
    ],
    // Many tests wait for other programs, so three files share two cores well.
    maxWorkers: 3,
    // What a run has compiled the next one takes.
    experimental: { fsModuleCache: true, fsModuleCachePath: moduleCache() },
    sequence: { sequencer: LongestFirst },
    globalSetup: "tests/temporary-folder.ts",
    testTimeout: hangGuard,
    hookTimeout: hangGuard,
    reporters: ["default", "./tests/engine-reporter.ts"],
  },
});

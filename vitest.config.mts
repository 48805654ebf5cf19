import path from "node:path";
import { defineConfig } from "vitest/config";
import { findEngine } from "./simulator/engine/engine";

// Ends only what never would: a test says what it waits for, not how long that takes on a machine that does other things.
const hangGuard = 600_000;

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
    // Tests on the engine wait for other programs, so three files share two cores well; without it each file keeps a core busy.
    maxWorkers: findEngine() === undefined ? 2 : 3,
    // What a run has compiled the next one takes.
    experimental: { fsModuleCache: true },
    globalSetup: "tests/temporary-folder.ts",
    testTimeout: hangGuard,
    hookTimeout: hangGuard,
    reporters: ["default", "./tests/engine-reporter.ts"],
  },
});

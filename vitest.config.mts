import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    // One process per file: the Pulumi runtime keeps its settings in globals.
    pool: "forks",
    testTimeout: 30_000,
  },
});

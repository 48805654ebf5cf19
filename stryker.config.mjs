/** Mutants of the rules: `npm run mutants`, or `npm run mutants -- --mutate "policies/rules/gpu/**"` for some of them. */
export default {
  mutate: ["policies/**/*.ts"],
  // What judges whole stacks or damages plans at random tells no more of one mutant than the tables, and takes seconds.
  testFiles: ["tests/policies/{meta,rules}.test.ts", "tests/policies/{engine,files,rules}/!(pack).test.ts"],
  testRunner: "in-process",
  plugins: ["./tests/policies/mutant-runner.mts"],
  testRunnerNodeArgs: ["--import", "tsx"],
  coverageAnalysis: "perTest",
  concurrency: 1,
  // What never ends meets the limit of hits first. A machine that does other things beside must not kill what no test sees.
  timeoutMS: 60_000,
  thresholds: { high: 100, low: 90, break: 90 },
  reporters: ["clear-text", "progress", "json"],
  jsonReporter: { fileName: "reports/mutants.json" },
  clearTextReporter: { logTests: false, reportTests: false },
  ignorePatterns: ["dist", "public", "reports"],
  tempDirName: ".stryker-tmp",
};

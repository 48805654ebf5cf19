import { createRequire, Module } from "node:module";
import path from "node:path";
import type { InstrumenterContext } from "@stryker-mutator/api/core";
import { declareClassPlugin, PluginKind } from "@stryker-mutator/api/plugin";
import {
  determineHitLimitReached,
  type DryRunOptions,
  type DryRunResult,
  DryRunStatus,
  type MutantRunOptions,
  type MutantRunResult,
  MutantRunStatus,
  type TestResult,
  type TestRunner,
  TestStatus,
  toMutantRunResult,
} from "@stryker-mutator/api/test-runner";
import type * as vitestRunner from "@vitest/runner";
import type { Task, Test, VitestRunner } from "@vitest/runner";

const load = createRequire(import.meta.url);

// Tests ask for vitest as CommonJS, which it refuses; the modules behind it do without its workers.
const { _resolveFilename: resolve } = Module as unknown as {
  _resolveFilename: (name: string, ...more: unknown[]) => string;
};
const vitest = path.join(path.dirname(load.resolve("vitest/package.json")), "dist/index.js");
Object.assign(Module, {
  _resolveFilename: (name: string, ...more: unknown[]) => (name === "vitest" ? vitest : resolve(name, ...more)),
});
const { collectTests, getFn } = load("@vitest/runner") as typeof vitestRunner;

/** What the runner of vitest reads while it collects. */
const config = {
  root: process.cwd(),
  setupFiles: [],
  sequence: { hooks: "stack", setupFiles: "list", shuffle: false },
  testTimeout: 60_000,
  hookTimeout: 60_000,
  allowOnly: false,
  tags: [],
};
// What `expect` asks of the worker that it takes itself to be in.
Object.assign(globalThis, { __vitest_worker__: { config, environment: { name: "node" }, durations: {}, metaEnv: {} } });

/** A test as it is run again and again, with the time that it took while no mutant was there. */
interface KnownTest {
  readonly id: string;
  readonly file: string;
  readonly test: Test;
  readonly tookMs: number;
}

/**
 * Runs the tests of the rules for Stryker within one process that has loaded everything once, so that a mutant takes milliseconds: the
 * runner of vitest loads all rules anew for each. A mutant of what runs while a module loads takes a reload of the modules that need its file.
 */
class MutantRunner implements TestRunner {
  readonly #stryker = ((globalThis as { __stryker__?: InstrumenterContext }).__stryker__ ??= {});
  #tests: readonly KnownTest[] = [];
  /** Modules that were loaded with a mutant in them. */
  #stale: ReadonlySet<string> = new Set();

  public capabilities(): { readonly reloadEnvironment: boolean } {
    return { reloadEnvironment: true };
  }

  public async dryRun({ testFiles = [], coverageAnalysis }: DryRunOptions): Promise<DryRunResult> {
    const { tests, problem } = await collect(testFiles.map((it) => path.resolve(it)));
    if (problem !== undefined) return { status: DryRunStatus.Error, errorMessage: problem };
    this.#tests = tests;
    const done = await this.#run(this.#tests, true);
    this.#tests = this.#tests
      .map((it, at) => ({ ...it, tookMs: done[at]?.timeSpentMs ?? 0 }))
      .sort((a, b) => a.tookMs - b.tookMs);
    const { mutantCoverage } = this.#stryker;
    return {
      status: DryRunStatus.Complete,
      tests: done,
      ...(coverageAnalysis !== "off" && mutantCoverage !== undefined && { mutantCoverage }),
    };
  }

  public async mutantRun({
    activeMutant: { id },
    reloadEnvironment: isStatic,
    testFilter = [],
    hitLimit,
    disableBail,
    sandboxFileName,
  }: MutantRunOptions): Promise<MutantRunResult> {
    const touched = isStatic ? dependents(path.resolve(sandboxFileName)) : new Set<string>();
    Object.assign(this.#stryker, { activeMutant: isStatic ? id : undefined, hitCount: undefined, hitLimit });
    const stale = new Set([...this.#stale, ...touched]);
    this.#stale = touched;
    const problem = await this.#reload(stale);
    // A mutant that stops a module from loading stops every test of it.
    if (problem !== undefined)
      return { status: MutantRunStatus.Killed, killedBy: [], failureMessage: problem, nrOfTests: 0 };
    Object.assign(this.#stryker, { activeMutant: id, hitCount: 0 });

    const wanted = new Set(testFilter);
    const tests = this.#tests.filter((it) => (isStatic ? touched.has(it.file) : wanted.has(it.id)));
    // Those that name what the file is named for fail first.
    const subject = path.basename(sandboxFileName, ".ts");
    const results = await this.#run(
      [...tests.filter((it) => it.id.includes(subject)), ...tests.filter((it) => !it.id.includes(subject))],
      disableBail,
    );
    Object.assign(this.#stryker, { activeMutant: undefined });
    return toMutantRunResult(
      determineHitLimitReached(this.#stryker.hitCount, hitLimit) ?? { status: DryRunStatus.Complete, tests: results },
    );
  }

  /** Loads modules anew, and with them the tests that stand in them. @returns Why they cannot be loaded, if so */
  async #reload(modules: ReadonlySet<string>): Promise<string | undefined> {
    if (modules.size === 0) return undefined;
    for (const it of modules) Reflect.deleteProperty(load.cache, it);
    const files = [...new Set(this.#tests.map(({ file }) => file))].filter((it) => modules.has(it));
    const took = new Map(this.#tests.map(({ id, tookMs }) => [id, tookMs]));
    const { tests, problem } = await collect(files);
    if (problem !== undefined) return problem;
    const fresh = tests.map((it) => ({ ...it, tookMs: took.get(it.id) ?? 0 }));
    const others = this.#tests.filter(({ file }) => !modules.has(file));
    this.#tests = [...others, ...fresh].sort((a, b) => a.tookMs - b.tookMs);
    return undefined;
  }

  async #run(tests: readonly KnownTest[], toTheEnd: boolean): Promise<TestResult[]> {
    const results: TestResult[] = [];
    for (const { id, file, test } of tests) {
      this.#stryker.currentTestId = id;
      const failure = await failureOf(test);
      const common = { id, name: id, fileName: file, timeSpentMs: failure.tookMs };
      results.push(
        failure.message === undefined
          ? { ...common, status: TestStatus.Success }
          : { ...common, status: TestStatus.Failed, failureMessage: failure.message },
      );
      if (failure.message !== undefined && !toTheEnd) break;
    }
    Object.assign(this.#stryker, { currentTestId: undefined });
    return results;
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, "in-process", MutantRunner)];

async function failureOf(test: Test): Promise<{ readonly message?: string; readonly tookMs: number }> {
  const start = performance.now();
  try {
    await getFn(test)();
    return { tookMs: performance.now() - start };
  } catch (error) {
    return { message: error instanceof Error ? error.message : String(error), tookMs: performance.now() - start };
  }
}

/** The tests of files, or why one of them cannot be loaded. */
async function collect(
  files: readonly string[],
): Promise<{ readonly tests: readonly KnownTest[]; readonly problem?: string }> {
  const runner = {
    config,
    pool: "forks",
    viteEnvironment: "node",
    trace: (_: string, ...more: readonly unknown[]) => (more.at(-1) as () => unknown)(),
    importFile: (file: string) => void load(file),
  } as unknown as VitestRunner;
  const loaded = await collectTests([...files], runner);
  const problem = loaded.flatMap(({ result }) => result?.errors ?? [])[0]?.message;
  if (problem !== undefined) return { tests: [], problem };
  const seen = new Map<string, number>();
  const tests = loaded.flatMap((file) =>
    testsIn(file).map((test): KnownTest => {
      const name = `${path.relative(process.cwd(), file.filepath)} ${test.fullTestName}`;
      const times = (seen.get(name) ?? 0) + 1;
      seen.set(name, times);
      return { id: times === 1 ? name : `${name} (${times})`, file: file.filepath, test, tookMs: 0 };
    }),
  );
  return { tests };
}

function testsIn(task: Task): Test[] {
  if (task.type === "test") return task.mode === "run" || task.mode === "queued" ? [task] : [];
  return task.tasks.flatMap(testsIn);
}

/** A module with all that need it, itself included, as far as they are loaded. */
function dependents(file: string): Set<string> {
  const own = Object.values(load.cache).flatMap((it) =>
    it === undefined || it.filename.includes(`${path.sep}node_modules${path.sep}`) ? [] : [it],
  );
  const found = new Set([file]);
  for (const it of found)
    for (const { filename, children } of own) if (children.some((child) => child.filename === it)) found.add(filename);
  return found;
}

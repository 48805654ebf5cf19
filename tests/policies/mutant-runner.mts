import { existsSync, readFileSync, writeFileSync } from "node:fs";
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

// A file is compiled once, however often it is loaded.
const compiled = new Map<string, string>();
const { _compile: compile } = Module.prototype as unknown as { _compile: Compile };
const { [".ts"]: transform } = load.extensions;
type Compile = (this: Module, code: string, file: string) => unknown;
Object.assign(Module.prototype, {
  _compile(this: Module, code: string, file: string) {
    if (file.endsWith(".ts")) compiled.set(file, code);
    return compile.call(this, code, file);
  },
});
load.extensions[".ts"] = (module, file) => {
  const code = compiled.get(file);
  return code === undefined ? transform?.(module, file) : compile.call(module as unknown as Module, code, file);
};

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
export class MutantRunner implements TestRunner {
  readonly #stryker = ((globalThis as { __stryker__?: InstrumenterContext }).__stryker__ ??= {});
  #tests: readonly KnownTest[] = [];
  /** How many mutants of what runs while a module loads a test saw: some tests see most of them. */
  readonly #seen = new Map<string, number>();
  /** Files of tests of which it is known what they need. */
  readonly #mapped = new Set<string>();
  /** Keeps in the sandbox what the first process learns: one that follows a process that hung makes no dry run. */
  readonly #learnt = path.resolve("mutants-importers.json");
  /** Who needs a module, by its file. */
  readonly #importers = importersFrom(this.#learnt);

  public capabilities(): { readonly reloadEnvironment: boolean } {
    return { reloadEnvironment: true };
  }

  public async dryRun({ testFiles = [], coverageAnalysis }: DryRunOptions): Promise<DryRunResult> {
    const problem = await this.#load(testFiles.map((it) => path.resolve(it)));
    if (problem !== undefined) return { status: DryRunStatus.Error, errorMessage: problem };
    writeFileSync(this.#learnt, JSON.stringify([...this.#importers].map(([file, by]) => [file, [...by]])));
    const done = await this.#run(this.#tests, true);
    this.#tests = this.#tests.map((it, at) => ({ ...it, tookMs: done[at]?.timeSpentMs ?? 0 }));
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
    Object.assign(this.#stryker, { activeMutant: undefined, hitCount: undefined, hitLimit });
    // In a process beside the first, or after one that hung, none is loaded yet.
    const files = [...new Set(testFilter.map((it) => path.resolve(it.slice(0, it.indexOf(" ")))))];
    await this.#load(isStatic ? files.filter((it) => !this.#mapped.has(it)) : files);

    // What names the file's subject fails first, then what saw others before.
    const subject = subjectOf(sandboxFileName);
    const rank = (id: string): number => (id.includes(subject) ? Infinity : (this.#seen.get(id) ?? 0));
    const file = path.resolve(sandboxFileName);
    const touched = dependents(file, this.#importers);
    // What the engine keeps of a resource was made before any rule was asked.
    const isKept = (it: string): boolean => remembers(it) && (isRule(it) || !isRule(file));
    const results =
      isStatic || [...touched].some(isKept)
        ? await this.#runAnew(touched, id, rank, disableBail)
        : await this.#runWith(id, this.#known(new Set(testFilter)), rank, disableBail);
    Object.assign(this.#stryker, { activeMutant: undefined });
    return toMutantRunResult(
      determineHitLimitReached(this.#stryker.hitCount, hitLimit) ?? {
        status: DryRunStatus.Complete,
        tests: [...results],
      },
    );
  }

  #known(ids: ReadonlySet<string>): readonly KnownTest[] {
    return this.#tests.filter(({ id }) => ids.has(id));
  }

  async #runWith(
    mutant: string,
    tests: readonly KnownTest[],
    rank: (id: string) => number,
    toTheEnd: boolean,
  ): Promise<readonly TestResult[]> {
    Object.assign(this.#stryker, { activeMutant: mutant, hitCount: 0 });
    const ranked = tests.map((it) => ({ it, rank: rank(it.id) }));
    ranked.sort((a, b) => (a.rank === b.rank ? a.it.tookMs - b.it.tookMs : b.rank - a.rank));
    return this.#run(
      ranked.map(({ it }) => it),
      toTheEnd,
    );
  }

  /** Loads all that needs a file anew while the mutant is active, test file by test file until one sees it; then forgets what it loaded. */
  async #runAnew(
    touched: ReadonlySet<string>,
    mutant: string,
    rank: (id: string) => number,
    toTheEnd: boolean,
  ): Promise<readonly TestResult[]> {
    const forget = (): void => {
      for (const it of touched) Reflect.deleteProperty(load.cache, it);
      this.#tests = this.#tests.filter(({ file }) => !touched.has(file));
    };
    forget();
    const seen = (file: string): number => this.#seen.get(file) ?? 0;
    const files = [...touched].filter((it) => it.endsWith(".test.ts")).sort((a, b) => seen(b) - seen(a));
    if (files.length === 0) throw new Error(`No test file is known that needs the file of mutant ${mutant}.`);
    // The table of a rule tells nothing of a file that the rule does not need.
    const others = new Set([...this.#importers.keys()].filter((it) => isRule(it) && !touched.has(it)).map(subjectOf));
    const concerns = ({ id }: KnownTest): boolean => !others.has(id.split(" ")[1] ?? "");
    const results: TestResult[] = [];
    for (const file of files) {
      Object.assign(this.#stryker, { activeMutant: mutant });
      const { tests, problem } = await collect([file]);
      const common = { id: file, name: file, fileName: file, timeSpentMs: 0 };
      // A mutant that stops a module from loading stops every test of it.
      if (problem !== undefined) results.push({ ...common, status: TestStatus.Failed, failureMessage: problem });
      else results.push(...(await this.#runWith(mutant, tests.filter(concerns), rank, toTheEnd)));
      const failed = results.find(({ status }) => status === TestStatus.Failed);
      if (failed === undefined) continue;
      for (const it of [file, failed.id]) this.#seen.set(it, seen(it) + 1);
      break;
    }
    forget();
    return results;
  }

  /** Loads the tests of files that are not loaded. */
  async #load(files: readonly string[]): Promise<string | undefined> {
    const loaded = new Set(this.#tests.map(({ file }) => file));
    const missing = files.filter((it) => !loaded.has(it));
    if (missing.length === 0) return undefined;
    const { tests, problem } = await collect(missing);
    this.#tests = [...this.#tests, ...tests];
    for (const it of missing) this.#mapped.add(it);
    for (const module of Object.values(load.cache))
      for (const { filename } of module?.children ?? [])
        if (module !== undefined && !isPackage(module.filename))
          this.#importers.set(filename, (this.#importers.get(filename) ?? new Set()).add(module.filename));
    return problem;
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

/** Whether a module keeps what it found: there a mutant is not asked again, or leaves something wrong for the next one. */
function remembers(file: string): boolean {
  const known =
    remembering.get(file) ?? /^const \w+ = new (Weak)?(Map|Set)(<.*>)?\(\);$/m.test(readFileSync(file, "utf8"));
  remembering.set(file, known);
  return known;
}

const remembering = new Map<string, boolean>();

function importersFrom(file: string): Map<string, Set<string>> {
  if (!existsSync(file)) return new Map();
  const rows = JSON.parse(readFileSync(file, "utf8")) as [string, string[]][];
  return new Map(rows.map(([needed, by]) => [needed, new Set(by)]));
}

function subjectOf(file: string): string {
  return path.basename(file, ".ts");
}

function isRule(file: string): boolean {
  return file.includes(path.join(path.sep, "policies", "rules", path.sep));
}

function isPackage(file: string): boolean {
  return file.includes(`${path.sep}node_modules${path.sep}`);
}

/** A module with all that need it, itself included. */
function dependents(file: string, importers: ReadonlyMap<string, ReadonlySet<string>>): Set<string> {
  const found = new Set([file]);
  for (const it of found) for (const importer of importers.get(it) ?? []) found.add(importer);
  return found;
}

import { MisconfiguredError, type Problem } from "../core/problems";
import { type DeprecatedOption, deprecatedOptions } from "./deprecated-options";
import type { Environment } from "./environment";
import { readEnvironment } from "./read-environment";
import { readStackFile, type StackFile } from "./stack-file";

/** A stack file and the environment that it describes. */
export interface LoadedEnvironment {
  readonly stackFile: StackFile;
  readonly environment: Environment;
}

/**
 * Reads an environment from its file.
 * @param today ISO date that support of versions is judged on.
 * @throws MisconfiguredError with every problem of the file, each with its line
 */
export function loadEnvironment(
  file: string,
  today: string,
  options: readonly DeprecatedOption[] = deprecatedOptions,
): LoadedEnvironment {
  const stackFile = readStackFile(file);
  return inFile(stackFile, () => {
    const { stack, values, lineOf } = stackFile;
    const environment = readEnvironment({ stack, values, today }, options);
    if (stackFile.problems.length > 0) throw new MisconfiguredError(`Stack '${stack}'`, []);
    const deprecations = environment.deprecations.map((it) => withPlace(it, lineOf));
    return { stackFile, environment: { ...environment, deprecations } };
  });
}

/**
 * Runs a step and tells what it finds wrong with the file's own problems, in the order of its lines.
 * @throws MisconfiguredError
 */
export function inFile<T>(stackFile: StackFile, step: () => T): T {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof MisconfiguredError)) throw error;
    const { file, problems: own, lineOf } = stackFile;
    const told = own.map((it) => it.path);
    // What the file's spelling made wrong was told with it.
    const echo = ({ path: at }: Problem): boolean => told.some((it) => at === it || at.startsWith(`${it}.`));
    const problems = [...own, ...error.problems.filter((it) => !echo(it))].map((it) => withPlace(it, lineOf));
    // So that a reader goes through the file once.
    problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
    throw new MisconfiguredError(`${file}: ${error.subject}`, problems);
  }
}

/** Gives a problem its line, or the reason why it has none. */
function withPlace(problem: Problem, lineOf: StackFile["lineOf"]): Problem {
  if (problem.path === "stack") return { ...problem, noLine: "the name of the file" };
  const line = problem.line ?? lineOf(problem.path);
  return line === undefined ? { ...problem, noLine: "not in the file" } : { ...problem, line };
}

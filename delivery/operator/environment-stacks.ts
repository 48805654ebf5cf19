import path from "node:path";
import { stackName } from "../../stacks/find-stack-file";
import { stacksOf } from "../../stacks/stacks-of";

/** The stacks of one environment: the one that makes its cluster, then those that read what it hands over. */
export interface EnvironmentStacks {
  /** Name of the first stack. */
  readonly environment: string;
  readonly stacks: readonly string[];
}

/** Stack files by the environment that they belong to, in the order of their names. */
export function environmentStacks(files: readonly string[]): EnvironmentStacks[] {
  const found = new Map<string, readonly string[]>();
  for (const file of files) {
    const stacks = stacksOf(path.resolve(file)).flatMap((it) => stackName(it) ?? []);
    const [environment] = stacks;
    if (environment !== undefined) found.set(environment, stacks);
  }
  return [...found]
    .map(([environment, stacks]) => ({ environment, stacks }))
    .sort((a, b) => a.environment.localeCompare(b.environment));
}

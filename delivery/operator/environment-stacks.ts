import path from "node:path";
import { MisconfiguredError } from "../../core/problems";
import { text } from "../../core/property-tree";
import { projectName } from "../../stacks/config/sections";
import { stackName } from "../../stacks/find-stack-file";
import { readStackFile } from "../../stacks/stack-file";
import { stacksOf } from "../../stacks/stacks-of";

/** The stacks of one environment: the one that makes its cluster, then those that read what it hands over. */
export interface EnvironmentStacks {
  /** Name of the first stack. */
  readonly environment: string;
  readonly stacks: readonly string[];
  /** What their files say that the environment is, mostly one word. Of a file that cannot be read whoever plans it tells. */
  readonly kinds: readonly string[];
}

/** Stack files by the environment that they belong to, in the order of their names. */
export function environmentStacks(files: readonly string[]): EnvironmentStacks[] {
  const found = new Map<string, EnvironmentStacks>();
  for (const file of files) {
    const own = stacksOf(path.resolve(file));
    const stacks = own.flatMap((it) => stackName(it) ?? []);
    const [environment] = stacks;
    if (environment !== undefined && !found.has(environment))
      found.set(environment, { environment, stacks, kinds: [...new Set(own.flatMap(kindIn))] });
  }
  return [...found.values()].sort((a, b) => a.environment.localeCompare(b.environment));
}

function kindIn(file: string): string[] {
  try {
    const section: unknown = JSON.parse(readStackFile(file).values[`${projectName}:environment`] ?? "{}");
    const kind = text(section, "kind");
    return kind === undefined ? [] : [kind];
  } catch (error) {
    if (error instanceof MisconfiguredError || error instanceof SyntaxError) return [];
    throw error;
  }
}

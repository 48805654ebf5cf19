import path from "node:path";
import { withoutStackTraces } from "../core/without-stack-traces";
import program from "../stacks/index";
import { exportState } from "./export-state";
import { openStack } from "./open-stack";
import { readLocks, type StackLock } from "./read-locks";
import type { StuckStack } from "./recover-stack";

/**
 * Opens a stack of the backend that pulumi is logged in to, to see what is in its way.
 * @throws MisconfiguredError when there is none of that name, or pulumi cannot be run
 */
export async function openStuckStack(stackName: string, file: string): Promise<StuckStack> {
  const stack = await openStack(stackName);
  Object.assign(stack.workspace, { program });
  return {
    state: () => exportState(stackName),
    locks: async () => {
      const { url = "" } = await stack.workspace.whoAmI();
      // Pulumi Cloud keeps no locks that somebody could forget.
      if (url.startsWith("https:")) return null;
      return locksOf(() => stack.rename({ stackName }));
    },
    notes: async () => {
      const tags = Object.entries(await stack.listTags());
      const own = tags.filter(([key]) => key.startsWith("azure-gpu-cluster:"));
      return Object.fromEntries(own.map(([key, text]) => [key.slice("azure-gpu-cluster:".length), text]));
    },
    cancel: () => stack.cancel(),
    drift: async () => {
      const options = { configFile: path.resolve(file), color: "never" as const };
      return (await withoutStackTraces(() => stack.previewRefresh(options))).changeSummary;
    },
  };
}

/**
 * A stack that is renamed to its own name is first locked and then refused, with nothing written: no command of pulumi only looks at locks.
 * Source: pulumi/pulumi:pkg/backend/diy/backend.go (renameStack, 3.246.0)
 */
async function locksOf(renameToItself: () => Promise<unknown>): Promise<readonly StackLock[]> {
  try {
    await renameToItself();
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    if (/already exists/.test(said)) return [];
    const locks = readLocks(said);
    if (locks.length > 0) return locks;
    throw error;
  }
  return [];
}

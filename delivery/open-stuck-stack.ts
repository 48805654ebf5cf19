import path from "node:path";
import { withoutStackTraces } from "../core/without-stack-traces";
import program from "../stacks/index";
import { exportState } from "./export-state";
import { openStack } from "./open-stack";
import type { StuckStack } from "./recover-stack";
import { stackLocks } from "./stack-locks";
import { stackNotes } from "./stack-notes";

/**
 * Opens a stack of the backend that pulumi is logged in to, to see what is in its way.
 * @throws MisconfiguredError when there is none of that name, or pulumi cannot be run
 */
export async function openStuckStack(stackName: string, file: string): Promise<StuckStack> {
  const stack = await openStack(stackName);
  Object.assign(stack.workspace, { program });
  const options = { configFile: path.resolve(file), color: "never" as const };
  return {
    state: () => exportState(stackName),
    locks: () => stackLocks(stack),
    notes: () => stackNotes(stack),
    cancel: () => stack.cancel(),
    replaceState: (deployment) => stack.importStack({ version: 3, deployment }),
    refresh: async (urns) => {
      await withoutStackTraces(() => stack.refresh({ ...options, target: [...urns] }));
    },
    drift: async () => (await withoutStackTraces(() => stack.previewRefresh(options))).changeSummary,
  };
}

import type { Stack } from "@pulumi/pulumi/automation";
import { withoutStackTraces } from "../core/without-stack-traces";
import program from "../stacks/index";
import type { DeliveredStack } from "./delivered-stack";
import { exportState } from "./export-state";
import { openStack } from "./open-stack";
import { stackLocks } from "./stack-locks";
import { setNote, stackNotes } from "./stack-notes";

/**
 * Opens a stack of the backend that pulumi is logged in to. It never makes one: a typo would be a new stack. The program is the one that
 * `pulumi up` runs, in this process: the CLI needs no host of the language beside it.
 * @throws MisconfiguredError when there is none of that name, or pulumi cannot be run
 */
export async function openDeliveredStack(stackName: string): Promise<DeliveredStack> {
  const stack = await openStack(stackName);
  Object.assign(stack.workspace, { program });
  return {
    pulumiVersion: stack.workspace.pulumiVersion,
    preview: (options) => withoutStackTraces(() => stack.preview(options)),
    up: (options) => withoutStackTraces(() => stack.up(options)),
    state: () => exportState(stackName),
    lastApplied: () => lastApplied(stack),
    locks: () => stackLocks(stack),
    notes: () => stackNotes(stack),
    note: (name, text) => setNote(stack, name, text),
  };
}

/** Updates that are read of the history at once. */
const pageSize = 50;

/** However many updates failed since. */
async function lastApplied(stack: Stack): Promise<string | undefined> {
  for (let page = 1; ; page++) {
    const updates = await stack.history(pageSize, page, false);
    const last = updates.find(({ kind, result }) => kind === "update" && result === "succeeded");
    if (last !== undefined || updates.length < pageSize) return last?.environment["git.head"];
  }
}

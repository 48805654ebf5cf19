import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { LocalWorkspace, type Stack } from "@pulumi/pulumi/automation";
import { MisconfiguredError } from "../core/problems";
import { withoutStackTraces } from "../core/without-stack-traces";
import { projectName } from "../stacks/config/sections";
import program from "../stacks/index";
import type { DeliveredStack } from "./delivered-stack";

const root = path.join(__dirname, "..");

/**
 * Opens a stack of the backend that pulumi is logged in to. It never makes one: a typo would be a new stack. The program is the one that
 * `pulumi up` runs, in this process: the CLI needs no host of the language beside it.
 * @throws MisconfiguredError when there is none of that name, or pulumi cannot be run
 */
export async function openStack(stackName: string): Promise<DeliveredStack> {
  const stack = await selected(stackName);
  return {
    pulumiVersion: stack.workspace.pulumiVersion,
    preview: (options) => withoutStackTraces(() => stack.preview(options)),
    up: (options) => withoutStackTraces(() => stack.up(options)),
    // The Automation API would have the secrets decrypted.
    state: async () => {
      const { stdout } = await promisify(execFile)("pulumi", ["stack", "export", "--stack", stackName], {
        cwd: root,
        maxBuffer: 1024 ** 3,
      });
      return (JSON.parse(stdout) as { readonly deployment?: unknown }).deployment;
    },
    lastApplied: async () => {
      const updates = await stack.history(50, 1, false);
      return updates.find(({ kind, result }) => kind === "update" && result === "succeeded")?.environment["git.head"];
    },
  };
}

async function selected(stackName: string): Promise<Stack> {
  try {
    return await LocalWorkspace.selectStack({ stackName, projectName, program }, { workDir: root });
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const lines = said.split(/[\r\n]+/).map((it) => it.trim());
    throw new MisconfiguredError("The command", [
      {
        path: "environment",
        rule: `must have a stack '${stackName}' that pulumi can open: ${(lines.findLast((it) => it !== "") ?? "").slice(0, 300)}`,
        remedy: "Install the Pulumi CLI, log in with pulumi login; pulumi stack ls says which stacks there are",
      },
    ]);
  }
}

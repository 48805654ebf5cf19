import path from "node:path";
import { LocalWorkspace, type Stack } from "@pulumi/pulumi/automation";
import { MisconfiguredError } from "../core/problems";

/**
 * Opens a stack of the backend that pulumi is logged in to. It never makes one: a typo would be a new stack.
 * @throws MisconfiguredError when there is none of that name, or pulumi cannot be run
 */
export async function openStack(stackName: string): Promise<Stack> {
  try {
    return await LocalWorkspace.selectStack({ stackName, workDir: path.join(__dirname, "..") });
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

import path from "node:path";
import { LocalWorkspace, type Stack } from "@pulumi/pulumi/automation";
import { MisconfiguredError } from "../core/problems";

/**
 * Opens a stack of the project in the backend that pulumi is logged in to.
 * @throws MisconfiguredError where there is no pulumi, no login or no such stack
 */
export async function openStack(stackName: string): Promise<Stack> {
  const workDir = path.join(__dirname, "..");
  try {
    return await LocalWorkspace.selectStack({ stackName, workDir });
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const missing = /ENOENT|not found|command failed to find/i.test(said) && !/no stack named/i.test(said);
    throw new MisconfiguredError("The command", [
      {
        path: "environment",
        rule: `must have a stack '${stackName}' that pulumi can open: ${lastLine(said)}`,
        remedy: missing
          ? "Install the Pulumi CLI, and log in with pulumi login"
          : `pulumi stack ls says which there are; pulumi stack init ${stackName} makes one`,
      },
    ]);
  }
}

function lastLine(text: string): string {
  return (
    text
      .split(/[\r\n]+/)
      .map((it) => it.trim())
      .findLast((it) => it !== "") ?? ""
  ).slice(0, 300);
}

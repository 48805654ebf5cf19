import path from "node:path";
import { LocalWorkspace, type Stack } from "@pulumi/pulumi/automation";
import { MisconfiguredError, show } from "../core/problems";
import { secretLook } from "../core/secret-text";

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
    throw new MisconfiguredError("The command", [
      {
        path: "environment",
        rule: `must have a stack '${stackName}' that pulumi can open: ${printable(said)}`,
        remedy: remedyOf(said, stackName),
      },
    ]);
  }
}

/** A stack is made by hand where there is none, and nowhere else: what cannot be reached may hold it. */
function remedyOf(said: string, stackName: string): string {
  if (/no stack named/i.test(said))
    return `pulumi stack ls says which there are; pulumi stack init ${stackName} makes one`;
  if (/spawn \S*pulumi|command failed to find/i.test(said))
    return "Install the Pulumi CLI, and log in with pulumi login";
  return "pulumi whoami --verbose says which backend that is; pulumi login, or PULUMI_BACKEND_URL, names another";
}

/** The last line of what the engine says. It names the address of the backend, which may have a password or a signature in it. */
function printable(text: string): string {
  const last = text.split(/[\r\n]+/).findLast((it) => it.trim() !== "") ?? "";
  const line = last
    .trim()
    .replace(/\b([a-z][\w+.-]*:\/\/)(?:\S*@)?([^\s?]*)(?:\?\S*)?/gi, "$1$2")
    .slice(0, 300);
  return secretLook(line) === undefined ? line : show(line);
}

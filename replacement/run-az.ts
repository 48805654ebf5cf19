import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { show } from "../core/problems";
import { secretLook } from "../core/secret-text";

/** What Azure's command line does not do: something that the user can fix. */
export class AzureError extends Error {}

/**
 * Runs `az` with the login of whoever runs this command, and without a shell.
 * @returns what it prints
 * @throws AzureError in its own last words
 */
export async function runAz(args: readonly string[]): Promise<string> {
  // In a group of its own: Ctrl-C reaches all programs of a terminal, and a deletion that was asked for is not to be left half done.
  const child = spawn("az", args, { detached: true, stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on("error", reject).on("close", resolve);
  });
  try {
    const [code, out, err] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
    if (code === 0) return out.trim();
    const command = args.slice(0, 3).filter((it) => !it.startsWith("-"));
    throw new AzureError(`az ${command.join(" ")} failed: ${lastWords(err) || `it ended with ${code ?? "a signal"}`}`);
  } catch (error) {
    if (error instanceof AzureError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new AzureError(
      code === "ENOENT"
        ? "az is not on PATH: install the Azure CLI, and log in with az login"
        : `az cannot be started: ${message}`,
    );
  }
}

/** The last line that says something, without what would command a terminal. */
function lastWords(text: string): string {
  const line = text.split(/[\r\n]+/).findLast((it) => it.trim() !== "") ?? "";
  // What az says of a login may hold a token.
  return secretLook(line) === undefined
    ? line
        .replace(/\p{Cc}(\[[\d;]*m)?/gu, "")
        .trim()
        .slice(0, 500)
    : show(line);
}

import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { show } from "../core/problems";
import { secretLook } from "../core/secret-text";

/** What Azure's command line does not do: something that the user can fix. */
export class AzureError extends Error {}

/** There is no such command line here. */
export class NoAzureCli extends AzureError {}

/**
 * Runs `az` with the login of whoever runs this command, and without a shell.
 * @param timeoutMinutes After this it is ended. @default it may take as long as it does
 * @returns what it prints
 * @throws AzureError in its own last words
 */
export async function runAz(
  args: readonly string[],
  { timeoutMinutes }: { readonly timeoutMinutes?: number } = {},
): Promise<string> {
  // In a group of its own: Ctrl-C reaches all programs of a terminal, and a deletion that was asked for is not to be left half done.
  const child = spawn("az", args, { detached: true, stdio: ["ignore", "pipe", "pipe"] });
  let ended = false;
  // The program on PATH is a script that starts another one.
  const endAll = (): void => {
    ended = child.pid !== undefined && process.kill(-child.pid);
  };
  const late = timeoutMinutes === undefined ? undefined : setTimeout(endAll, timeoutMinutes * 60_000);
  const end = new Promise<number | null>((resolve, reject) => {
    child.on("error", reject).on("close", resolve);
  });
  try {
    const [code, out, err] = await Promise.all([end, text(child.stdout), text(child.stderr)]);
    if (code === 0) return out.trim();
    const command = args.slice(0, 3).filter((it) => !it.startsWith("-"));
    throw new AzureError(`az ${command.join(" ")} failed: ${lastWords(err) || ending(code, ended, timeoutMinutes)}`);
  } catch (error) {
    if (error instanceof AzureError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") throw new NoAzureCli("az is not on PATH: install the Azure CLI, and log in with az login");
    throw new AzureError(`az cannot be started: ${message}`);
  } finally {
    clearTimeout(late);
  }
}

function ending(code: number | null, killed: boolean, timeoutMinutes: number | undefined): string {
  return killed ? `it did not end within ${timeoutMinutes ?? 0} minutes` : `it ended with ${code ?? "a signal"}`;
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

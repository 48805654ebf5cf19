import { existsSync, readFileSync, statSync } from "node:fs";
import { MisconfiguredError, show } from "../core/problems";

/** The standard input, as a file that is open already. */
export const standardInput = 0;

/**
 * Text of a file that a user names. A pipe is one, too.
 * @param argument What of the command names it.
 * @throws MisconfiguredError when there is none, or it is a folder, or no text
 */
export function fileContent(argument: string, file: string | typeof standardInput): string {
  const got = file === standardInput ? "standard input" : show(file);
  const wrong = (rule: string, remedy?: string): MisconfiguredError =>
    new MisconfiguredError("The command", [{ path: argument, rule, got, ...(remedy !== undefined && { remedy }) }]);
  if (file !== standardInput) {
    if (!existsSync(file)) throw wrong("must be a file that is there");
    if (statSync(file).isDirectory()) throw wrong("must be a file, and is a folder", "Name the files in it");
  }
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw wrong(`must be a file that can be read (${(error as NodeJS.ErrnoException).code ?? "no reason given"})`);
  }
  try {
    // Some shells write what a command prints as UTF-16, of which each second byte is none.
    if (!bytes.includes(0)) return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    // Told below.
  }
  throw wrong("must be UTF-8 text, and some of its bytes are not", "Save it as UTF-8");
}

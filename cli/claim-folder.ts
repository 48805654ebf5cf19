import { accessSync, constants, existsSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { MisconfiguredError, show } from "../core/problems";

/** What a command puts into a folder, and knows again when it finds it there. */
export interface FolderKind {
  /** As a refusal calls it: `a site`. */
  readonly what: string;
  /** One of the names in a folder that show that it is none. Undefined: it is one, or empty. */
  readonly stranger: (names: readonly string[]) => string | undefined;
}

/**
 * Asks whether a folder that somebody named can be written and is nobody else's, before the work that fills it.
 * @param argument What of the command names it.
 * @returns what does something with the folder, and tells in the same words what fails then
 * @throws MisconfiguredError for a file, a folder that cannot be written, and one that holds other things
 */
export function claimFolder(argument: string, folder: string, kind: FolderKind): (act: () => void) => void {
  const wrong = (reason: string): MisconfiguredError =>
    new MisconfiguredError("The command", [
      {
        path: argument,
        rule: `must be a new or empty folder, or ${kind.what} (${reason})`,
        got: show(folder),
        remedy: "Name another folder",
      },
    ]);
  const tried = (act: () => void): void => {
    try {
      act();
    } catch (error) {
      throw wrong((error as NodeJS.ErrnoException).code ?? String(error));
    }
  };
  // A variable of a shell that is not set would else be the folder that one is in.
  if (folder === "") throw wrong("it has no name");
  const at = path.resolve(folder);
  const isThere = existsSync(at);
  if (isThere && !statSync(at).isDirectory()) throw wrong("it is a file");
  // With the separator, since a file that may be written is no folder.
  tried(() => accessSync(nearest(at) + path.sep, constants.W_OK));
  const stranger = isThere ? kind.stranger(readdirSync(at)) : undefined;
  if (stranger !== undefined) throw wrong(`it holds ${stranger}`);
  return tried;
}

/** The path itself, or what of the way to it is there. */
function nearest(at: string): string {
  return existsSync(at) ? at : nearest(path.dirname(at));
}

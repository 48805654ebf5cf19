import { readFileSync, statSync } from "node:fs";
import { MisconfiguredError, show } from "../core/problems";

/**
 * Text of a file that a user names.
 * @param argument What of the command names it.
 * @throws MisconfiguredError when there is none, or it is no file
 */
export function fileContent(argument: string, file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats?.isFile() === true) return readFileSync(file, "utf8");
  const rule = stats === undefined ? "must be a file that is there" : "must be a file, and is something else";
  throw new MisconfiguredError("The command", [{ path: argument, rule, got: show(file) }]);
}

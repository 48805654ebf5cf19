import { accessSync, constants, existsSync, realpathSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { MisconfiguredError, show } from "../core/problems";

/**
 * Where a command writes at its end: a file that somebody named, else the standard output. Whether it can be written is asked before the
 * work: what took minutes, or changed a cloud, is not to be lost over the name of a file.
 * @param argument What of the command names it.
 * @param read Files that the command reads: none of them is overwritten.
 * @returns what writes the text
 * @throws MisconfiguredError where no such file can be written, then as now
 */
export function outputFile(
  argument: string,
  file: string | undefined,
  read: readonly string[] = [],
): (text: string) => void {
  if (file === undefined) return (text) => void process.stdout.write(text);
  const wrong = (reason: string, remedy = "Name a file in a folder that is there"): MisconfiguredError =>
    new MisconfiguredError("The command", [
      { path: argument, rule: `must be a file that can be written (${reason})`, got: show(file), remedy },
    ]);
  const tried = (act: () => void): void => {
    try {
      act();
    } catch (error) {
      throw wrong((error as NodeJS.ErrnoException).code ?? String(error));
    }
  };
  // A variable of a shell that is not set: told now, and not after the work.
  if (file === "") throw wrong("it has no name");
  if (existsSync(file) && statSync(file).isDirectory()) throw wrong("it is a folder");
  if (read.some((it) => areOne(it, file))) throw wrong("the command reads it", "Name another file");
  // With the separator, since a file that may be written is no folder.
  tried(() => accessSync(existsSync(file) ? file : path.dirname(path.resolve(file)) + path.sep, constants.W_OK));
  return (text) => tried(() => writeFileSync(file, text));
}

function areOne(one: string, other: string): boolean {
  return existsSync(one) && existsSync(other) && realpathSync(one) === realpathSync(other);
}

import path from "node:path";
import { readOptions } from "./read-options";
import { argumentError } from "./run-command";

/**
 * A command that takes nothing but `--help`: it prints its help, or does what it is for. Anything else is refused, so that a slip of the pen
 * starts nothing.
 * @param name Of the npm script.
 * @param run Gets the folder of the project. Loads by itself what does the work: a help text does not wait for it.
 */
export function plainCommand(
  name: string,
  help: string,
  run: (root: string) => number | Promise<number>,
): (args: readonly string[]) => Promise<number> {
  return async (args) => {
    if (!asksForHelp(name, args)) return run(path.join(__dirname, ".."));
    process.stdout.write(help);
    return 0;
  };
}

function asksForHelp(name: string, args: readonly string[]): boolean {
  try {
    const options = { help: { type: "boolean", short: "h", default: false } } as const;
    return readOptions({ args: [...args], options }).values.help;
  } catch (error) {
    throw argumentError(error, name);
  }
}

import path from "node:path";
import { findStackFile } from "../stacks/find-stack-file";

/**
 * A command that works on the stack file of an environment: it prints its help, or has done what was asked for.
 * @param readArguments Fails for arguments that the command cannot use.
 * @param run Loads what plans by itself, which takes a second: a help text and a slip of the pen do not wait for it.
 */
export function stackCommand<Command extends { readonly environment: string }>(
  help: string,
  readArguments: (args: readonly string[]) => "help" | Command,
  run: (file: string, command: Command) => Promise<number>,
): (args: readonly string[]) => Promise<number> {
  return async (args) => {
    const command = readArguments(args);
    if (command !== "help") return run(findStackFile(command.environment, path.join(__dirname, "..")), command);
    process.stdout.write(help);
    return 0;
  };
}

import type * as RecoverEnvironment from "./recover-environment";
import { readOptions } from "./read-options";
import { argumentError, oneEnvironment, runCommand } from "./run-command";
import { stackCommand } from "./stack-command";

const help = `Says what is in the way of the next update of a stack: who holds it, which run was at it last, what the engine never heard the end of,
and what a refresh would change. Changes nothing without --cancel or --settle.

  npm run recover -- ENVIRONMENT [--cancel STACK] [--settle STACK] [--json]

  ENVIRONMENT     name of a stack file in stacks/ or examples/, or the path of any stack file
  --cancel STACK  the name of the stack: take its locks away. Only after you saw that the run that holds it is dead
  --settle STACK  the name of the stack: ask Azure how its pending operations ended. What was made comes into the state, what was not leaves it;
                  nothing changes in Azure. Of what is still being made, wait for the end first
  --json          print for machines
  --help          print this text

Needs pulumi on PATH, logged in to the backend.
Exit code: 0 nothing is in the way, 1 it is locked or operations are pending, 2 bad input or the holder is alive, 70 a bug.
`;

/** Runs the command and returns its exit code. */
export const main = stackCommand(help, readArguments, (file, command) => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() would pass tsx by
  const { recoverEnvironment } = require("./recover-environment") as typeof RecoverEnvironment;
  return recoverEnvironment(file, command);
});

function readArguments(args: readonly string[]): "help" | RecoverEnvironment.RecoverCommand {
  try {
    const { values, positionals } = readOptions({
      args: [...args],
      allowPositionals: true,
      options: {
        cancel: { type: "string" },
        settle: { type: "string" },
        json: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) return "help";
    const { cancel, settle, json } = values;
    return { environment: oneEnvironment(positionals), cancel, settle, json };
  } catch (error) {
    throw argumentError(error, "recover");
  }
}

if (require.main === module) runCommand(main);

import type * as DeliverStack from "./deliver-stack";
import { readOptions } from "./read-options";
import { argumentError, oneEnvironment, runCommand } from "./run-command";
import { stackCommand } from "./stack-command";

const help = `Does exactly what a saved plan says: plans again right before, and refuses when commit, files, state or steps differ. Prints a record of it.

  npm run apply -- ENVIRONMENT --plan FILE [--approval FILE]... [--after FILE] [--record FILE] [--dirty]
                   [--allow-destroy STACK]

  ENVIRONMENT            name of a stack file in stacks/ or examples/, or the path of any stack file
  --plan FILE            the plan that npm run plan saved
  --approval FILE        what npm run approve wrote; production needs one of somebody who made nothing of what is new
  --after FILE           what npm run verify --json printed of the environment before: staging needs one of dev, prod one of staging,
                         of the plan's commit, without a fault and not older than a day
  --record FILE          write the record of it there, however it ends
  --dirty                apply although files differ from the commit, if the plan was made so
  --allow-destroy STACK  the name of the stack: let the plan take away data or a cluster
  --help                 print this text

Exit code: 0 done and nothing is left to do, 1 it takes away data or a cluster, 2 bad input or refused,
3 up failed half-way or left something to do (the record says which), or the record could not be written,
70 a bug, 130 Ctrl-C, 143 asked to end.
`;

/** Runs the command and returns its exit code. */
export const main = stackCommand(help, readArguments, (file, command) => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() would pass tsx by
  const { applyStack } = require("./deliver-stack") as typeof DeliverStack;
  return applyStack(file, command);
});

function readArguments(args: readonly string[]): "help" | DeliverStack.ApplyCommand {
  try {
    const { values, positionals } = readOptions({
      args: [...args],
      allowPositionals: true,
      options: {
        plan: { type: "string" },
        approval: { type: "string", multiple: true, default: [] },
        after: { type: "string" },
        record: { type: "string" },
        dirty: { type: "boolean", default: false },
        "allow-destroy": { type: "string" },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) return "help";
    const { plan, approval: approvals, after, record, dirty, "allow-destroy": allowDestroy } = values;
    if (plan === undefined) throw new Error("--plan FILE must be given");
    return { environment: oneEnvironment(positionals), plan, approvals, after, record, dirty, allowDestroy };
  } catch (error) {
    throw argumentError(error, "apply");
  }
}

if (require.main === module) runCommand(main);

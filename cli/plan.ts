import type * as DeliverStack from "./deliver-stack";
import { readOptions } from "./read-options";
import { argumentError, oneEnvironment, runCommand } from "./run-command";
import { stackCommand } from "./stack-command";

const help = `Plans a stack by the real engine and saves the plan: its steps, the commit, the state that it starts from, what the policies say, and one
hash of all. Changes nothing.

  npm run plan -- ENVIRONMENT [--out FILE] [--dirty] [--allow-destroy STACK] [--json]

  ENVIRONMENT            name of a stack file in stacks/ or examples/, or the path of any stack file
  --out FILE             save the plan there
  --dirty                plan although files differ from the commit
  --allow-destroy STACK  the name of the stack: let the plan take away data or a cluster
  --json                 print the plan
  --help                 print this text

Needs pulumi on PATH, logged in to the backend. Where ARM_SUBSCRIPTION_ID is set, the stack file must name that subscription.
Exit code: 0 planned, 1 a mandatory policy forbids it or it takes away data or a cluster, 2 bad input, 70 a bug.
`;

/** Runs the command and returns its exit code. */
export const main = stackCommand(help, readArguments, (file, command) => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() would pass tsx by
  const { planStack } = require("./deliver-stack") as typeof DeliverStack;
  return planStack(file, command);
});

function readArguments(args: readonly string[]): "help" | DeliverStack.PlanCommand {
  try {
    const { values, positionals } = readOptions({
      args: [...args],
      allowPositionals: true,
      options: {
        out: { type: "string" },
        dirty: { type: "boolean", default: false },
        "allow-destroy": { type: "string" },
        json: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) return "help";
    const { out, dirty, json, "allow-destroy": allowDestroy } = values;
    return { environment: oneEnvironment(positionals), out, dirty, allowDestroy, json };
  } catch (error) {
    throw argumentError(error, "plan");
  }
}

if (require.main === module) runCommand(main);

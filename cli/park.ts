import { argumentError, oneEnvironment, runCommand } from "./run-command";
import type * as ParkStacks from "./park-stacks";
import { stackCommand } from "./stack-command";
import { readOptions } from "./read-options";

const help = `Destroys the compute of an environment and keeps its data: storage accounts, Lustre, NetApp Files with all that is in them, and the
network that they are in. The next pulumi up makes the rest again around them. Says only what it would do until --yes does it.

  npm run park -- ENVIRONMENT [--stack S] [--yes] [--json]

  ENVIRONMENT     name of a stack file in stacks/ or examples/, or the path of any stack file
  --stack S       park this stack of the environment alone. Of an environment with a runner, first on the runner the stack that lives in the
                  cluster, then from elsewhere the one that made the runner
  --yes           do it. Needs pulumi on PATH, logged in to the backend with the state, and the rights that destroy needs. With a private
                  API server run it where pulumi up of the workloads runs
  --json          print for machines
  --help          print this text

All stacks of the environment are parked, those that read another one first. What is kept goes on billing: Lustre and NetApp Files whole, and
the NAT gateway of the network. Protection of what goes is taken out of the state; that of data stays.
Exit code: 0 done, or this is what would be done, 2 bad input, or pulumi cannot be run, 1 pulumi failed, 130 Ctrl-C, 143 asked to end.
`;

/** Runs the command and returns its exit code. */
export const main = stackCommand(help, readArguments, (file, command) => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() would pass tsx by
  const { parkStacks } = require("./park-stacks") as typeof ParkStacks;
  return parkStacks(file, command);
});

function readArguments(args: readonly string[]): "help" | ParkStacks.ParkCommand {
  try {
    const { values, positionals } = readOptions({
      args: [...args],
      allowPositionals: true,
      options: {
        stack: { type: "string" },
        yes: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) return "help";
    const { stack, yes, json } = values;
    return { environment: oneEnvironment(positionals), stack, yes, json };
  } catch (error) {
    throw argumentError(error, "park");
  }
}

if (require.main === module) runCommand(main);

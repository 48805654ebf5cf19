import { argumentError, oneEnvironment, runCommand } from "./run-command";
import { readOptions } from "./read-options";
import { EngineError } from "../simulator/engine/errors";
import { stackCommand } from "./stack-command";
import type * as UpgradeStack from "./upgrade-stack";

const help = `Plans the upgrade of an environment from its lock of versions to the next one: which line of which file is changed, what is then run,
what is replaced, updated and drained, how long it takes, what it costs, and how to get back. Changes nothing.

  npm run upgrade -- ENVIRONMENT --to LOCK [--rehearse [--verdict FILE]] [--json]

  ENVIRONMENT  name of a stack file in stacks/ or examples/, or the path of any stack file. All stacks of the environment are upgraded
  --to LOCK    lock to come to, as 2026.12 (catalog/version-locks.ts): the one after that which the environment has
  --rehearse   do it on the real engine with a simulated Azure: the environment as it is, then each step. What az does is left out there
  --verdict F  what the gates say in the rehearsal: a result of npm run verify -- ENVIRONMENT --json. Default: they pass
  --json       print the plan for machines, or how the rehearsal went
  --help       print this text

Each step is planned as a preview plans a stack file, so what nobody may have between two steps is refused here, as is what would replace
something that is protected. Azure is not asked: minutes and prices are those of the catalogue.
Exit code: 0 there is a plan, or its rehearsal came to the end, 1 a gate of the rehearsal stopped it or something went that is protected,
2 there is no plan, or bad input, 130 Ctrl-C, 143 asked to end.
`;

/** Runs the command and returns its exit code. */
export const main = stackCommand(help, readArguments, (file, command) => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() would pass tsx by
  const { upgradeStack } = require("./upgrade-stack") as typeof UpgradeStack;
  return upgradeStack(file, command);
});

function readArguments(args: readonly string[]): "help" | UpgradeStack.UpgradeCommand {
  try {
    const { values, positionals } = readOptions({
      args: [...args],
      allowPositionals: true,
      options: {
        to: { type: "string" },
        rehearse: { type: "boolean", default: false },
        verdict: { type: "string" },
        json: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) return "help";
    const { to, json, rehearse, verdict } = values;
    const environment = oneEnvironment(positionals);
    if (to === undefined) throw new Error("--to must be given: the lock to come to");
    if (verdict !== undefined && !rehearse) throw new Error("--verdict is about --rehearse, which is not there");
    return { environment, to, json, rehearse, verdict };
  } catch (error) {
    throw argumentError(error, "upgrade");
  }
}

if (require.main === module) runCommand(main, (error) => error instanceof EngineError);

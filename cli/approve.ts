import type * as DeliverStack from "./deliver-stack";
import { readOptions } from "./read-options";
import { argumentError, oneEnvironment, runCommand } from "./run-command";
import { stackCommand } from "./stack-command";

const help = `Signs a saved plan with your OpenSSH key. The approval is good for this plan and this stack alone, for a day.

  npm run approve -- ENVIRONMENT --plan FILE --as NAME --key FILE [--out FILE]

  --plan FILE   the plan that npm run plan saved
  --as NAME     who you are in deploy/approvers
  --key FILE    your private key, or the public one of a key that ssh-agent holds
  --out FILE    write the approval there  (default: standard output)
  --help        print this text

Exit code: 0 signed, 2 bad input, or ssh-keygen does not sign, 70 a bug.
`;

/** Runs the command and returns its exit code. */
export const main = stackCommand(help, readArguments, (file, command) => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() would pass tsx by
  const { approveStack } = require("./deliver-stack") as typeof DeliverStack;
  return approveStack(file, command);
});

function readArguments(args: readonly string[]): "help" | DeliverStack.ApproveCommand {
  try {
    const { values, positionals } = readOptions({
      args: [...args],
      allowPositionals: true,
      options: {
        plan: { type: "string" },
        as: { type: "string" },
        key: { type: "string" },
        out: { type: "string" },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) return "help";
    const { plan, as: approver, key, out } = values;
    if (plan === undefined || approver === undefined || key === undefined)
      throw new Error("--plan, --as and --key must be given");
    return { environment: oneEnvironment(positionals), plan, approver, key, out };
  } catch (error) {
    throw argumentError(error, "approve");
  }
}

if (require.main === module) runCommand(main);

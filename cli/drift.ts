import type * as DriftStack from "./drift-stack";
import { readOptions } from "./read-options";
import { argumentError, oneEnvironment, runCommand } from "./run-command";
import { stackCommand } from "./stack-command";

const help = `Tells what others changed in what an environment made: what is another thing now, or gone, what that harms, who may have done it, and
what up would do about it; and what lies in its resource groups that no stack of it made. It only looks: the engine previews a refresh, and
neither the state nor anything in Azure or the cluster changes.

  npm run drift -- ENVIRONMENT [--json | --markdown] [--out FILE] [--names] [--no-who]

  ENVIRONMENT  name of a stack file in stacks/ or examples/, or the path of any stack file; all stacks of the environment are looked at
  --json       print for machines
  --markdown   print for an issue; the first line is a mark by which the next run finds it
  --out FILE   write it there, and nothing to standard output
  --names      name people whole. Without: the first letter and the organisation, since an issue may be read by anybody
  --no-who     do not ask the Activity Log of Azure who did it
  --help       print this text

Needs pulumi on PATH, logged in to the backend with the state, and a login of Azure that may read, as the role Reader does. A cluster whose API
server is not reached from here is told as not looked at, and the rest is told as usual.
Exit code: 0 no drift, or harmless only, 2 bad input, no such stack, one that made nothing yet or cannot be read, or a login that sees nothing of
it, 3 no harm was found and not all could be looked at, 4 something does harm or was judged by nobody, 70 a bug, 130 Ctrl-C, 143 asked to end.
`;

/** Runs the command and returns its exit code. */
export const main = stackCommand(help, readArguments, (file, command) => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() would pass tsx by
  const { driftStack } = require("./drift-stack") as typeof DriftStack;
  return driftStack(file, command);
});

function readArguments(args: readonly string[]): "help" | DriftStack.DriftCommand {
  try {
    const { values, positionals } = readOptions({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: "boolean", default: false },
        markdown: { type: "boolean", default: false },
        out: { type: "string" },
        names: { type: "boolean", default: false },
        "no-who": { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) return "help";
    const environment = oneEnvironment(positionals);
    if (values.json && values.markdown) throw new Error("--json and --markdown exclude each other");
    const form = values.json ? "json" : values.markdown ? "markdown" : "text";
    return { environment, form, out: values.out, names: values.names, who: !values["no-who"] };
  } catch (error) {
    throw argumentError(error, "drift");
  }
}

if (require.main === module) runCommand(main);

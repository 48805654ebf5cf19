import { isUuid } from "../core/names";
import { LoginError } from "../preflight/login-choice";
import type * as PreflightStack from "./preflight-stack";
import { argumentError, oneEnvironment, runCommand } from "./run-command";
import { stackCommand } from "./stack-command";
import { readOptions } from "./read-options";

const help = `Asks a real subscription, with your login, whether \`up\` of an environment can work: quota, sizes, reservations, features,
providers, rights, policies, versions, images, addresses, names. Asks only: nothing is written, bought or registered.

  npm run preflight -- ENVIRONMENT [--subscription ID] [--json | --junit]

  ENVIRONMENT        name of a stack file in stacks/ or examples/, or the path of any stack file
  --subscription ID  ask this subscription; default: the one of the stack file, else that of your login
  --json             print the result for machines
  --junit            print it as JUnit XML, a test case for each line
  --help             print this text

Logs in as \`pulumi up\` would: by az, or what ARM_* variables and azure-native:* say. Reader on the subscription is enough for most of it.
Exit code: 0 all is there, 1 nothing is missing but something could not be asked, 2 bad input or no login, 3 something is missing,
130 Ctrl-C, 143 asked to end.
`;

/** Runs the command and returns its exit code. */
export const main = stackCommand(help, readArguments, (file, command) => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() would pass tsx by
  const { preflightStack } = require("./preflight-stack") as typeof PreflightStack;
  return preflightStack(file, command);
});

function readArguments(args: readonly string[]): "help" | PreflightStack.PreflightCommand {
  try {
    const { values, positionals } = readOptions({
      args: [...args],
      allowPositionals: true,
      options: {
        subscription: { type: "string" },
        json: { type: "boolean", default: false },
        junit: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) return "help";
    const environment = oneEnvironment(positionals);
    const { subscription, json, junit } = values;
    if (json && junit) throw new Error("--json and --junit are two forms of one output: choose one");
    if (subscription !== undefined && !isUuid(subscription))
      throw new Error(`--subscription must be a UUID, as az account list prints it; got ${subscription}`);
    return {
      environment,
      subscription: subscription?.toLowerCase() ?? null,
      form: json ? "json" : junit ? "junit" : "text",
    };
  } catch (error) {
    throw argumentError(error, "preflight");
  }
}

if (require.main === module) runCommand(main, (error) => error instanceof LoginError);

import path from "node:path";
import { parseArgs } from "node:util";
import { findStackFile } from "../stacks/find-stack-file";
import { ClusterError } from "../verification/cluster-client";
import { argumentError, oneEnvironment, runCommand } from "./run-command";
import type * as VerifyStack from "./verify-stack";

const help = `Measures the cluster of an environment and compares it with what the catalogue says of its sizes: all-reduce within and
between nodes, RDMA writes, matrix products, volumes. Takes whole nodes while it runs, which cost what they cost.

  npm run verify -- ENVIRONMENT [--only NAME]... [--kubeconfig F] [--context C] [--wait M] [--dry-run] [--json]

  ENVIRONMENT     name of a stack file in stacks/ or examples/, or the path of any stack file
  --only NAME     run this check alone; may be given several times. Names are in the table and in --dry-run
  --kubeconfig F  how to reach the cluster; default: what kubectl would take
  --context C     context of it; default: the current one, whose cluster must have the name that the environment gives it
  --wait M        minutes that a check may wait for nodes, queue and images, default 60
  --dry-run       print the objects that would be made, as YAML, and touch no cluster
  --json          print the result for machines
  --help          print this text

Makes a namespace for the run and deletes it at the end, also after Ctrl-C. Where the cluster has a namespace for acceptance tests, it
runs there, in its queue.
Exit code: 0 all is as it should be, 1 a floor was missed, 2 bad input or the cluster cannot be reached, 3 something could not be
measured, 130 Ctrl-C, 143 asked to end.
`;

async function main(args: readonly string[]): Promise<number> {
  const command = readArguments(args);
  if (command === "help") {
    process.stdout.write(help);
    return 0;
  }
  const file = findStackFile(command.environment, path.join(__dirname, ".."));
  // What plans takes a second to load: a help text and a slip of the pen do not wait for it.
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() would pass tsx by
  const { verifyStack } = require("./verify-stack") as typeof VerifyStack;
  return verifyStack(file, command);
}

function readArguments(args: readonly string[]): "help" | VerifyStack.VerifyCommand {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        only: { type: "string", multiple: true, default: [] },
        kubeconfig: { type: "string" },
        context: { type: "string" },
        wait: { type: "string", default: "60" },
        "dry-run": { type: "boolean", default: false },
        json: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) return "help";
    const environment = oneEnvironment(positionals);
    const waitMinutes = Number(values.wait);
    if (!(waitMinutes > 0 && waitMinutes <= 1440))
      throw new Error(`--wait must be a number of minutes above 0 and at most 1440, a day; got ${values.wait}`);
    const { only, kubeconfig, context, json } = values;
    return { environment, only, kubeconfig, context, waitMinutes, dryRun: values["dry-run"], json };
  } catch (error) {
    throw argumentError(error, "verify");
  }
}

runCommand(main, (error) => error instanceof ClusterError);

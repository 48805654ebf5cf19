import { ClusterError } from "../verification/cluster-choice";
import { argumentError, minutesToWait, oneEnvironment, runCommand } from "./run-command";
import { stackCommand } from "./stack-command";
import type * as VerifyStack from "./verify-stack";
import { readOptions } from "./read-options";

const help = `Measures the cluster of an environment and compares it with what the catalogue says of its sizes: all-reduce within and
between nodes, RDMA writes, matrix products, volumes, a model that serves. Takes whole nodes while it runs, which cost what they cost.

  npm run verify -- ENVIRONMENT [--only NAME]... [--kubeconfig F] [--context C] [--wait M] [--compare FILE [--tolerance P]]
                    [--dry-run] [--json]

  ENVIRONMENT     name of a stack file in stacks/ or examples/, or the path of any stack file
  --only NAME     run this check alone; may be given several times. Names are in the table and in --dry-run
  --kubeconfig F  how to reach the cluster; default: what kubectl would take
  --context C     context of it; default: the current one, whose cluster must have the name that the environment gives it
  --wait M        minutes that a check may wait for nodes, queue and images, default 60
  --compare FILE  show the change against an earlier run, which FILE has as printed with --json
  --tolerance P   percent that a value may fall below the earlier one, default 5
  --dry-run       print the objects that would be made, as YAML, and touch no cluster
  --json          print the result for machines
  --help          print this text

Makes a namespace for the run and deletes it at the end, also after Ctrl-C. Where the cluster has a namespace for acceptance tests, it
runs there, in its queue. Volumes of teams are measured in the namespace of a team, by its claims, on a node of its share.
Exit code: 0 all is as it should be, 1 a floor was missed or a value is worse than in the earlier run, 2 bad input or the cluster cannot
be reached, 3 something could not be measured, 130 Ctrl-C, 143 asked to end.
`;

/** Runs the command and returns its exit code. */
export const main = stackCommand(help, readArguments, (file, command) => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() would pass tsx by
  const { verifyStack } = require("./verify-stack") as typeof VerifyStack;
  return verifyStack(file, command);
});

function readArguments(args: readonly string[]): "help" | VerifyStack.VerifyCommand {
  try {
    const { values, positionals } = readOptions({
      args: [...args],
      allowPositionals: true,
      options: {
        only: { type: "string", multiple: true, default: [] },
        kubeconfig: { type: "string" },
        context: { type: "string" },
        wait: { type: "string", default: "60" },
        compare: { type: "string" },
        tolerance: { type: "string" },
        "dry-run": { type: "boolean", default: false },
        json: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) return "help";
    const environment = oneEnvironment(positionals);
    const waitMinutes = minutesToWait(values.wait);
    const { only, kubeconfig, context, json } = values;
    const compare = readComparison(values);
    return { environment, only, kubeconfig, context, waitMinutes, compare, dryRun: values["dry-run"], json };
  } catch (error) {
    throw argumentError(error, "verify");
  }
}

function readComparison(values: {
  readonly compare?: string | undefined;
  readonly tolerance?: string | undefined;
}): VerifyStack.VerifyCommand["compare"] {
  const { compare, tolerance = "5" } = values;
  if (compare === undefined && values.tolerance !== undefined)
    throw new Error("--tolerance is about --compare, which is not there");
  const tolerancePercent = Number(tolerance);
  if (tolerance.trim() === "" || !(tolerancePercent >= 0 && tolerancePercent < 100))
    throw new Error(`--tolerance must be percent, 0 or more and below 100; got ${tolerance}`);
  return compare === undefined ? null : { file: compare, tolerancePercent };
}

if (require.main === module) runCommand(main, (error) => error instanceof ClusterError);

import { AzureError } from "../replacement/run-az";
import { ClusterError } from "../verification/cluster-choice";
import type * as ReplaceStack from "./replace-stack";
import { argumentError, minutesToWait, oneEnvironment, runCommand } from "./run-command";
import { stackCommand } from "./stack-command";
import { readOptions } from "./read-options";

const help = `Replaces the machines of GPU nodes that failed their health checks: empties a node, writes down its physical host, has Azure
delete the machine and gives its pool another one. Says only what it would do, and why, until --yes does it.

  npm run replace -- ENVIRONMENT [NODE]... [--yes] [--wait M] [--kubeconfig F] [--context C] [--json]
  npm run replace -- ENVIRONMENT --history [--kubeconfig F] [--context C] [--json]

  ENVIRONMENT     name of a stack file in stacks/ or examples/, or the path of any stack file
  NODE            replace these alone. A node that is only slow is replaced only by its name, as is one of a pool of which so many failed
                  that the image or the driver is to be suspected. Without: all that lost what no job survives
  --yes           do it. Needs az with a login that may delete machines of the pools, and in the cluster the right to cordon and to evict
  --wait M        minutes until a node must be empty, default 30. What a disruption budget keeps longer stays, and its node stays cordoned
  --history       print which machines were replaced, with their physical hosts: what Azure's support asks for
  --kubeconfig F  how to reach the cluster; default: what kubectl would take
  --context C     context of it; default: the current one, whose cluster must have the name that the environment gives it
  --json          print for machines
  --help          print this text

Keeps to maxClosedPercent and coolDownMinutes of the add-on nodeHealth: one node of a pool, then a pause. Without a pause, that percentage.
Ctrl-C ends it before the next machine is deleted. A deletion that was asked for is brought to its end.
Exit code: 0 nothing is left to be done, or this was what would be done, 1 something that is due was held back or failed, 2 bad input, or
the cluster or Azure cannot be reached, 130 Ctrl-C, 143 asked to end.
`;

/** Runs the command and returns its exit code. */
export const main = stackCommand(help, readArguments, (file, command) => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() would pass tsx by
  const { replaceStack } = require("./replace-stack") as typeof ReplaceStack;
  return replaceStack(file, command);
});

function readArguments(args: readonly string[]): "help" | ReplaceStack.ReplaceCommand {
  try {
    const { values, positionals } = readOptions({
      args: [...args],
      allowPositionals: true,
      options: {
        yes: { type: "boolean", default: false },
        wait: { type: "string", default: "30" },
        history: { type: "boolean", default: false },
        kubeconfig: { type: "string" },
        context: { type: "string" },
        json: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) return "help";
    const environment = oneEnvironment(positionals.slice(0, 1));
    const nodes = positionals.slice(1);
    const { yes, history, kubeconfig, context, json } = values;
    if (history && (yes || nodes.length > 0))
      throw new Error("--history shows what was done and does nothing: leave out --yes and NODE");
    return { environment, nodes, yes, history, kubeconfig, context, waitMinutes: minutesToWait(values.wait), json };
  } catch (error) {
    throw argumentError(error, "replace");
  }
}

if (require.main === module) runCommand(main, (error) => error instanceof ClusterError || error instanceof AzureError);

import type * as ImportDashboards from "./import-dashboards";
import { readOptions } from "./read-options";
import { argumentError, oneEnvironment, runCommand } from "./run-command";
import { stackCommand } from "./stack-command";

const help = `Puts the dashboards of an environment into its workspace of Managed Grafana, which comes up without any. Says only what it would do until
--yes does it.

  npm run dashboards -- ENVIRONMENT [--yes] [--keep DIR]

  ENVIRONMENT     name of a stack file in stacks/ or examples/, or the path of any stack file
  --yes           do it, over dashboards of the same names. Needs the Azure CLI, logged in as Grafana Admin or Grafana Editor of the workspace;
                  with grafana: { access: private } from within the network
  --keep DIR      leave the dashboards in this folder, a file for each: a new folder, an empty one, or one with dashboards of this command alone
  --help          print this text

Run it after the first up, and after each up that changed a dashboard. Dashboards of other names are left alone.
Exit code: 0 done, or this is what would be done, 2 bad input, or az cannot be run, 1 az failed, 130 Ctrl-C, 143 asked to end.
`;

/** Runs the command and returns its exit code. */
export const main = stackCommand(help, readArguments, (file, command) => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() would pass tsx by
  const { importDashboards } = require("./import-dashboards") as typeof ImportDashboards;
  return importDashboards(file, command);
});

function readArguments(args: readonly string[]): "help" | ImportDashboards.DashboardsCommand {
  try {
    const { values, positionals } = readOptions({
      args: [...args],
      allowPositionals: true,
      options: {
        yes: { type: "boolean", default: false },
        keep: { type: "string" },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) return "help";
    const { yes, keep } = values;
    return { environment: oneEnvironment(positionals), yes, keep };
  } catch (error) {
    throw argumentError(error, "dashboards");
  }
}

if (require.main === module) runCommand(main);

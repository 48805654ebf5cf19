import { keepIssues } from "./keep-issues";
import { readOptions } from "./read-options";
import { argumentError, runCommand } from "./run-command";

const help = `Keeps one issue for each environment from reports of drift: opened for what does harm or could not be looked at, brought up to date while that
lasts, closed when it is over. On Azure DevOps it is a work item, a Task.

  npm run issue -- REPORT...

  REPORT   a report that npm run drift -- ENVIRONMENT --markdown --out REPORT wrote
  --help   print this text

It runs in a pipeline. GitHub: GITHUB_TOKEN with issues: write. Azure DevOps: SYSTEM_ACCESSTOKEN. GitLab: GITLAB_TOKEN with the scope api.
Exit code: 0 all issues are as the reports say, 2 bad input or the forge does not take it, 70 a bug.
`;

/** Runs the command and returns its exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const reports = readArguments(args);
  if (reports === "help") {
    process.stdout.write(help);
    return 0;
  }
  return keepIssues(reports);
}

function readArguments(args: readonly string[]): "help" | readonly string[] {
  try {
    const { values, positionals } = readOptions({
      args: [...args],
      allowPositionals: true,
      options: { help: { type: "boolean", short: "h", default: false } },
    });
    if (values.help) return "help";
    if (positionals.length === 0) throw new Error("REPORT must be given");
    return positionals;
  } catch (error) {
    throw argumentError(error, "issue");
  }
}

if (require.main === module) runCommand(main);

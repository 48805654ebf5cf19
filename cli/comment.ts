import type * as CommentPlans from "./comment-plans";
import { readOptions } from "./read-options";
import { argumentError, runCommand } from "./run-command";

const help = `Makes one comment of saved plans for a pull request: the bill and its change, quota, what is replaced and deleted, what the policies say.

  npm run comment -- PLAN... [--expect STACK]... [--post]

  PLAN            a plan that npm run plan saved; with --expect there may be none
  --expect STACK  a stack that must have a plan: without one the comment says that it could not be planned
  --post          write it to the pull request of this run, over the comment of an earlier run; without it, it is printed.
                  GitHub: GITHUB_TOKEN with pull-requests: write. Azure DevOps: SYSTEM_ACCESSTOKEN. GitLab: GITLAB_TOKEN with the scope api
  --help          print this text

Exit code: 0 printed or written, 2 bad input or the forge does not take it, 70 a bug.
`;

/** Runs the command and returns its exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const command = readArguments(args);
  if (command === "help") {
    process.stdout.write(help);
    return 0;
  }
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() would pass tsx by
  const { commentPlans } = require("./comment-plans") as typeof CommentPlans;
  return commentPlans(command);
}

/** What was asked for. @throws MisconfiguredError for arguments that the command cannot use */
export function readArguments(args: readonly string[]): "help" | CommentPlans.CommentCommand {
  try {
    const { values, positionals: plans } = readOptions({
      args: [...args],
      allowPositionals: true,
      options: {
        expect: { type: "string", multiple: true, default: [] },
        post: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) return "help";
    const { expect, post } = values;
    if (plans.length === 0 && expect.length === 0) throw new Error("PLAN or --expect must be given");
    return { plans, expect, post };
  } catch (error) {
    throw argumentError(error, "comment");
  }
}

if (require.main === module) runCommand(main);

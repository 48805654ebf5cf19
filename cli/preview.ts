import path from "node:path";
import { findStackFile } from "../stacks/find-stack-file";
import type * as PreviewComparison from "./preview-comparison";
import type * as PreviewPage from "./preview-page";
import type * as PreviewStack from "./preview-stack";
import { argumentError, oneEnvironment, runCommand } from "./run-command";
import { readOptions } from "./read-options";

const help = `Plans an environment without a cloud and prints what it would make, buy and break.

  npm run preview -- ENVIRONMENT [--compare FILE] [--json | --html [FILE]]

  ENVIRONMENT     name of a stack file in stacks/ or examples/ (dev for Pulumi.dev.yaml), or the path of any stack file
  --compare FILE  print what differs from an earlier plan as Markdown for a pull request; FILE is what this command or
                  \`pulumi preview --json --show-sames\` printed
  --json          print the shape of \`pulumi preview --json\` with a summary, or the difference, for machines
  --html          write one page that shows it, to read, print or send: preview-STACK.html, or FILE, which ends in .html.
                  FILE - is the standard output
  --help          print this text

Exit code: 0 fine, 1 a policy forbids it, 2 bad input.
Examples: npm run preview -- dev
          npm run preview -- dev --html
          npm run -s preview -- examples/cell-4k/Pulumi.cell-4k.yaml --json
          npm run -s preview -- dev --compare before.json > difference.md
`;

/** Runs the command and returns its exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const started = process.hrtime.bigint();
  const command = readArguments(args);
  if (command === "help") {
    process.stdout.write(help);
    return 0;
  }
  const file = findStackFile(command.environment, path.join(__dirname, ".."));
  // What plans takes most of a second to load: a help text and a slip of the pen do not wait for it.
  // Nor does whoever wants lines wait for what draws or compares.
  /* eslint-disable @typescript-eslint/no-require-imports -- import() would pass tsx by */
  if (command.page !== undefined) {
    const { previewPage } = require("./preview-page") as typeof PreviewPage;
    return previewPage(file, command.page);
  }
  if (command.compare !== undefined) {
    const { previewComparison } = require("./preview-comparison") as typeof PreviewComparison;
    return previewComparison(file, command.compare, command.json);
  }
  const { previewStack } = require("./preview-stack") as typeof PreviewStack;
  return previewStack(file, command.json, started);
  /* eslint-enable @typescript-eslint/no-require-imports */
}

interface Command {
  readonly environment: string;
  readonly json: boolean;
  /** File with an earlier plan. */
  readonly compare: string | undefined;
  /** Where to write a page to, null for the usual file; absent where none is wanted. */
  readonly page?: string | null;
}

function readArguments(args: readonly string[]): "help" | Command {
  try {
    const { values, positionals } = readOptions({
      args: [...args],
      allowPositionals: true,
      options: {
        compare: { type: "string" },
        json: { type: "boolean", default: false },
        html: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) return "help";
    const { compare, json } = values;
    if (values.html && json) throw new Error("--html and --json are two forms of one plan: one at a time");
    if (values.html && compare !== undefined)
      throw new Error("--html shows a plan, and --compare a difference: one at a time");
    if (!values.html) return { environment: oneEnvironment(positionals), json, compare };
    const [environment, page, ...more] = positionals;
    const environments = [environment, ...more].flatMap((it) => it ?? []);
    return { environment: oneEnvironment(environments), json: false, compare, page: pageFile(page) };
  } catch (error) {
    throw argumentError(error, "preview");
  }
}

/** A file by another ending may be somebody's stack file, or an environment that was meant to be planned. */
function pageFile(file: string | undefined): string | null {
  if (file === undefined || file === "-" || /[^/\\]\.html$/.test(file)) return file ?? null;
  throw new Error(`FILE must end in .html, or be -; got ${file}`);
}

if (require.main === module) runCommand(main);

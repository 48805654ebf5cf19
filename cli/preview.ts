import path from "node:path";
import { parseArgs } from "node:util";
import { findStackFile } from "../stacks/find-stack-file";
import type * as PreviewStack from "./preview-stack";
import { argumentError, oneEnvironment, runCommand } from "./run-command";

const help = `Plans an environment without a cloud and prints what it would make, buy and break.

  npm run preview -- ENVIRONMENT [--compare FILE] [--json]

  ENVIRONMENT     name of a stack file in stacks/ or examples/ (dev for Pulumi.dev.yaml), or the path of any stack file
  --compare FILE  print what differs from an earlier plan as Markdown for a pull request; FILE is what this command or
                  \`pulumi preview --json --show-sames\` printed
  --json          print the shape of \`pulumi preview --json\` with a summary, or the difference, for machines
  --help          print this text

Exit code: 0 fine, 1 a policy forbids it, 2 bad input.
Examples: npm run preview -- dev
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
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() would pass tsx by
  const { previewStack } = require("./preview-stack") as typeof PreviewStack;
  return previewStack(file, command, started);
}

interface PreviewArguments {
  readonly environment: string;
  readonly json: boolean;
  /** File with an earlier plan. */
  readonly compare: string | undefined;
}

function readArguments(args: readonly string[]): "help" | PreviewArguments {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        compare: { type: "string" },
        json: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) return "help";
    const environment = oneEnvironment(positionals);
    return { environment, json: values.json, compare: values.compare };
  } catch (error) {
    throw argumentError(error, "preview");
  }
}

if (require.main === module) runCommand(main);

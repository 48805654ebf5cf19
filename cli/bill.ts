import type * as BillFile from "./bill-file";
import { argumentError, runCommand } from "./run-command";
import { readOptions } from "./read-options";

const help = `Prices a plan of any Pulumi program with azure-native resources, by list prices.

  npm run bill -- FILE [--region REGION] [--json]

  FILE              what \`pulumi preview --json --show-sames\` printed, or \`npm run -s preview -- ENVIRONMENT --json\`
  --region REGION   where resources are that do not say it; left out: where all others are, or what they are a part of
  --json            print the bill for machines
  --help            print this text

Exit code: 0 priced, 2 bad input.
`;

/** Runs the command and returns its exit code. */
function main(args: readonly string[]): number {
  const command = readArguments(args);
  if (command === "help") {
    process.stdout.write(help);
    return 0;
  }
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() would pass tsx by
  const { billFile } = require("./bill-file") as typeof BillFile;
  return billFile(command);
}

function readArguments(args: readonly string[]): "help" | BillFile.BillCommand {
  try {
    const { values, positionals } = readOptions({
      args: [...args],
      allowPositionals: true,
      options: {
        region: { type: "string" },
        json: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) return "help";
    const [file, ...more] = positionals;
    if (file === undefined) throw new Error("FILE must be given");
    if (more.length > 0) throw new Error(`one FILE at a time; got ${positionals.join(" ")}`);
    return { file, region: values.region, json: values.json };
  } catch (error) {
    throw argumentError(error, "bill");
  }
}

if (require.main === module) runCommand((args) => Promise.resolve(args).then(main));

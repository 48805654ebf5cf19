import type * as PricesCommand from "./prices-command";
import { readOptions } from "./read-options";
import { retailPrices } from "./retail-prices";
import { argumentError, runCommand } from "./run-command";

const help = `Reads the prices of the catalogue anew from Microsoft's public price list, and prints what changed.

  npm run prices [-- --region REGION]... [--dry-run] [--json] [--url URL]

  --region REGION   a region to read; may be given several times. Left out: the regions of the stack files
  --dry-run         print what would change, and write nothing
  --json            print the changes for machines
  --url URL         where the list is, default ${retailPrices}
  --help            print this text

It needs no login. A region takes some hundred requests and a minute or two. Then run npm run docs and npm run goldens.

Exit code: 0 done, 2 bad input or a list that cannot be used: then nothing is written.
`;

/** Runs the command and returns its exit code. */
async function main(args: readonly string[]): Promise<number> {
  const { values } = readArguments(args);
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() would pass tsx by
  const { pricesCommand } = require("./prices-command") as typeof PricesCommand;
  return pricesCommand(values);
}

function readArguments(args: readonly string[]) {
  try {
    return readOptions({
      args: [...args],
      options: {
        region: { type: "string", multiple: true },
        "dry-run": { type: "boolean", default: false },
        json: { type: "boolean", default: false },
        url: { type: "string", default: retailPrices },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (error) {
    throw argumentError(error, "prices");
  }
}

if (require.main === module) runCommand(main);

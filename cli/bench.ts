import type * as BenchAll from "./bench-all";
import { readOptions } from "./read-options";
import { argumentError, runCommand } from "./run-command";

const help = `Measures time and memory of previews, of the pack and of rehearsals, beside their limits. It takes some minutes.

  npm run bench [-- --gangs] [--json]

  --gangs   measure only how long gangs of a whole cell wait for their place; needs npm run engine
  --json    print for machines
  --help    print this text

Exit code: 0 measured, 2 bad input, 70 something that was measured failed.
`;

/** Runs the command and returns its exit code. */
async function main(args: readonly string[]): Promise<number> {
  const command = readArguments(args);
  if (command === "help") {
    process.stdout.write(help);
    return 0;
  }
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() would pass tsx by
  const { benchAll } = require("./bench-all") as typeof BenchAll;
  return benchAll(command);
}

function readArguments(args: readonly string[]): "help" | BenchAll.BenchCommand {
  try {
    const { values } = readOptions({
      args: [...args],
      options: {
        gangs: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    return values.help ? "help" : { gangs: values.gangs, json: values.json };
  } catch (error) {
    throw argumentError(error, "bench");
  }
}

runCommand(main);

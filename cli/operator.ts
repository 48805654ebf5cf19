import path from "node:path";
import { argumentError, runCommand } from "./run-command";
import { readOptions } from "./read-options";
import type * as WriteOperator from "./write-operator";

const help = `Writes the objects by which the Pulumi Kubernetes Operator and Flux run the stacks of this repository from another cluster.

  npm run operator [-- --check]

  --check   write nothing; end with 1 where a file is not what it would be
  --help    print this text

Reads deploy/operator/operator.yaml and the stack files in stacks/, and writes deploy/operator/objects. Applies nothing: it prints the
commands that do. deploy/operator/README.md tells the whole way.
Exit code: 0 fine, 1 a file differs, 2 bad input.
`;

/** Runs the command and returns its exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const command = readArguments(args);
  if (command === "help") {
    process.stdout.write(help);
    return 0;
  }
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() would pass tsx by
  const { writeOperator } = require("./write-operator") as typeof WriteOperator;
  return writeOperator(path.join(__dirname, ".."), command.check);
}

function readArguments(args: readonly string[]): "help" | { readonly check: boolean } {
  try {
    const { values } = readOptions({
      args: [...args],
      options: { check: { type: "boolean", default: false }, help: { type: "boolean", short: "h", default: false } },
    });
    return values.help ? "help" : { check: values.check };
  } catch (error) {
    throw argumentError(error, "operator");
  }
}

if (require.main === module) runCommand(main);

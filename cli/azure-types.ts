import { writeFileSync } from "node:fs";
import path from "node:path";
import type * as AzureTypes from "../azure/generate/azure-types";
import { argumentError, runCommand } from "./run-command";
import { readOptions } from "./read-options";

const help = `Writes azure/types.json: path, names and name rules of the ARM types, for the installed azure-native SDK.

  npm run azure-types -- FOLDER

  FOLDER        a checkout of https://github.com/Azure/bicep-types-az
  --help        print this text

Exit code: 0 written, 2 bad input.
`;

/** Runs the command and returns its exit code. */
function main(args: readonly string[]): number {
  const folder = readArguments(args);
  if (folder === "help") {
    process.stdout.write(help);
    return 0;
  }
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() would pass tsx by
  const { azureTypes } = require("../azure/generate/azure-types") as typeof AzureTypes;
  writeFileSync(path.join(__dirname, "..", "azure", "types.json"), azureTypes(folder.path));
  return 0;
}

function readArguments(args: readonly string[]): "help" | { readonly path: string } {
  try {
    const options = { help: { type: "boolean", short: "h", default: false } } as const;
    const { values, positionals } = readOptions({ args: [...args], allowPositionals: true, options });
    if (values.help) return "help";
    const [folder, ...more] = positionals;
    if (folder === undefined || more.length > 0) throw new Error(`one FOLDER must be given; got ${positionals.length}`);
    return { path: path.resolve(folder) };
  } catch (error) {
    throw argumentError(error, "azure-types");
  }
}

runCommand((args) => Promise.resolve(args).then(main));

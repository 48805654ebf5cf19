import { writeFileSync } from "node:fs";
import path from "node:path";
import { loadCrds } from "../simulator/kubernetes/crds";
import { gatewayApiKindsFile } from "./gateway-api-kinds-file";
import { argumentError, runCommand } from "./run-command";
import { readOptions } from "./read-options";

const help = `Writes components/platform/gateway-api/kinds.json: the kinds of the Gateway API at the version of the catalogue.
It needs Go, and a network the first time.

  npm run gateway-api-kinds

  --help        print this text

Exit code: 0 written, 2 bad input.
`;

/** Runs the command and returns its exit code. */
async function main(args: readonly string[]): Promise<number> {
  if (asksForHelp(args)) {
    process.stdout.write(help);
    return 0;
  }
  const file = path.join(__dirname, "..", "components", "platform", "gateway-api", "kinds.json");
  writeFileSync(file, gatewayApiKindsFile(await loadCrds("gatewayApi")));
  return 0;
}

function asksForHelp(args: readonly string[]): boolean {
  try {
    const options = { help: { type: "boolean", short: "h", default: false } } as const;
    return readOptions({ args: [...args], options }).values.help;
  } catch (error) {
    throw argumentError(error, "gateway-api-kinds");
  }
}

runCommand(main);

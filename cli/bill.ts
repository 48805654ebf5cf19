import { findRegion, normaliseRegion, regions } from "../catalog/regions";
import { closestHint } from "../core/closest-names";
import { MisconfiguredError, show } from "../core/problems";
import { filedBill } from "../preview/plan-file/filed-bill";
import { readPlanFile } from "../preview/plan-file/read-plan-file";
import { renderBill } from "../preview/plan-file/render-bill";
import { fileContent } from "./file-content";
import { argumentError, runCommand } from "./run-command";
import { readOptions } from "./read-options";

const help = `Prices a plan of any Pulumi program with azure-native resources, by list prices.

  npm run bill -- FILE [--region REGION] [--json]

  FILE              what \`pulumi preview --json --show-sames\` printed, or \`npm run -s preview -- ENVIRONMENT --json\`
  --region REGION   where resources are that do not say it; left out: where the file says that all others are
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
  const { file, json } = command;
  const plan = readPlanFile(file, fileContent("FILE", file));
  const bill = filedBill(plan, regionOf(command.region, plan.location, file));
  process.stdout.write(json ? `${JSON.stringify(bill, null, 2)}\n` : renderBill(file, bill));
  return 0;
}

function regionOf(given: string | undefined, ofFile: string | null, file: string): string {
  if (given === undefined && ofFile !== null) return ofFile;
  if (given === undefined) {
    const rule = `must be given: ${file} says of no or of several regions that its resources are there`;
    throw new MisconfiguredError("The command", [{ path: "--region", rule, remedy: "For example --region eastus" }]);
  }
  if (findRegion(given) !== undefined) return normaliseRegion(given);
  const remedy = closestHint(normaliseRegion(given), [...regions.keys()], "For example eastus");
  throw new MisconfiguredError("The command", [
    { path: "--region", rule: "must be a region that the catalogue knows", got: show(given), remedy },
  ]);
}

interface BillArguments {
  readonly file: string;
  readonly region: string | undefined;
  readonly json: boolean;
}

function readArguments(args: readonly string[]): "help" | BillArguments {
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

import { findRegion, normaliseRegion, regions } from "../catalog/regions";
import { closestHint } from "../core/closest-names";
import { MisconfiguredError, show } from "../core/problems";
import { filedBill, withoutRegion } from "../preview/plan-file/filed-bill";
import { type PlanFile, readPlanFile } from "../preview/plan-file/read-plan-file";
import { renderBill } from "../preview/plan-file/render-bill";
import { fileContent } from "./file-content";
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
  const { file, json } = command;
  const plan = readPlanFile(file, fileContent("FILE", file));
  const bill = filedBill(plan, regionOf(command.region, plan, file));
  process.stdout.write(json ? `${JSON.stringify(bill, null, 2)}\n` : renderBill(file, bill));
  return 0;
}

function regionOf(given: string | undefined, plan: PlanFile, file: string): string | null {
  if (given === undefined) {
    if (plan.location !== null) return plan.location;
    const unplaced = withoutRegion(plan);
    if (unplaced.length === 0) return null;
    const [some, more] = [unplaced.slice(0, namedResources).join(", "), unplaced.length - namedResources];
    const rule = `must be given: ${file} does not say in which region ${some}${more > 0 ? ` and ${more} more` : ""} will be`;
    throw new MisconfiguredError("The command", [{ path: "--region", rule, remedy: "For example --region eastus" }]);
  }
  if (findRegion(given) !== undefined) return normaliseRegion(given);
  const remedy = closestHint(normaliseRegion(given), [...regions.keys()], "For example eastus");
  throw new MisconfiguredError("The command", [
    { path: "--region", rule: "must be a region that the catalogue knows", got: show(given), remedy },
  ]);
}

/** So many resources without a region are named. */
const namedResources = 5;

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

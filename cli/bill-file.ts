import { findRegion, normaliseRegion, regions } from "../catalog/regions";
import { closestHint } from "../core/closest-names";
import { MisconfiguredError, show } from "../core/problems";
import { filedBill, withoutRegion } from "../preview/plan-file/filed-bill";
import { type PlanFile, readPlanFile } from "../preview/plan-file/read-plan-file";
import { renderBill } from "../preview/plan-file/render-bill";
import { fileContent } from "./file-content";

/** What the command is asked for. */
export interface BillCommand {
  readonly file: string;
  readonly region: string | undefined;
  readonly json: boolean;
}

/** Prices the plan in a file and prints the bill. Returns the exit code. */
export function billFile({ file, region, json }: BillCommand): number {
  const plan = readPlanFile(file, fileContent("FILE", file));
  const bill = filedBill(plan, regionOf(region, plan, file));
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

import { judge } from "../../policies/engine/judge";
import type { PlannedResource } from "../../core/planned-resource";
import type { PlanFile } from "../plan-file/read-plan-file";
import type { Preview } from "../preview";
import { judgeOptions } from "../judge-options";
import { summarise } from "../summary/summary";
import { type Difference, difference } from "./difference";

/**
 * What differs between an earlier plan and a preview. The earlier one is counted, priced and judged as the preview was.
 * @param today ISO date that versions are judged on.
 */
export function compareTo(
  { resources, location }: PlanFile,
  { plan, environment, summary, findings }: Preview,
  today: string,
): Difference {
  const made = resources.filter((it) => it.custom);
  const before = {
    resources,
    summary: summarise(made, location ?? environment.location, environment.expectedUse),
    findings: judge(resources, environment.kind, judgeOptions(environment, today)),
  };
  return difference(before, { resources: plan.resources.map(asFiled), summary, findings });
}

/** Nothing of a secret is compared, as nothing of one is read from a file. */
function asFiled({ urn, type, name, custom, parent, inputs, options }: PlannedResource): PlanFile["resources"][number] {
  return { urn, type, name, custom, parent, inputs, options };
}

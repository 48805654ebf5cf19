import { holdsData } from "../azure/holds-data";
import { findRow } from "../azure/rows";
import { partsOf } from "../core/urn";
import type { PlanStep } from "./saved-plan";

const destroying: readonly string[] = ["delete", "replace", "create-replacement", "delete-replaced"];

/** Steps that would take data away, or the cluster that everything runs in: these need a word that somebody types. */
export function destructiveSteps(steps: readonly PlanStep[]): PlanStep[] {
  return steps.filter(({ op, urn }) => {
    if (!destroying.includes(op)) return false;
    const { type } = partsOf(urn);
    return holdsData(type) || findRow(type)?.hostsKubernetes === true;
  });
}

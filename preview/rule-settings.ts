import { monthlyCeiling, monthlyUse } from "../policies/rules/cost/monthly-ceiling";
import { infiniBandGroupLimit } from "../policies/rules/gpu/infiniband-group-limit";
import type { GivenSettings } from "../policies/engine/setting";
import type { Environment } from "../stacks/environment";
import { machinesOf } from "./machines";

/** What rules ask and the stack file says: a limit that Azure support raised, and the most that a month may cost. */
export function ruleSettings(environment: Environment): GivenSettings {
  const raised = machinesOf(environment).flatMap((it) => it.domainLimit ?? []);
  const { ceilingUsdPerMonth: ceiling, expectedUse } = environment;
  return {
    ...(raised.length > 0 && { [infiniBandGroupLimit.name]: Math.max(...raised) }),
    ...(ceiling !== null && { [monthlyCeiling.name]: ceiling }),
    ...(ceiling !== null && Object.keys(expectedUse).length > 0 && { [monthlyUse.name]: expectedUse }),
  };
}

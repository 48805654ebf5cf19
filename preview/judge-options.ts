import type { JudgeOptions } from "../policies/engine/judge";
import type { GivenSettings } from "../policies/engine/setting";
import { monthlyCeiling, monthlyUse } from "../policies/rules/cost/monthly-ceiling";
import { infiniBandGroupLimit } from "../policies/rules/gpu/infiniband-group-limit";
import type { Environment } from "../stacks/environment";
import { machinesOf } from "./machines";
import { policyConfiguration } from "./policy-configuration";

/**
 * How whatever is seen of an environment is judged, be it a plan, an earlier one or what was found to have drifted: by the policy
 * configuration of its kind, and by what its stack file says.
 * @param today ISO date that versions and exceptions are judged on.
 */
export function judgeOptions(environment: Environment, today: string): JudgeOptions {
  const configuration = policyConfiguration(environment.kind, today);
  return { today, settings: ruleSettings(environment), configuration };
}

/** What rules ask and the stack file says: a limit that Azure support raised, and the most that a month may cost. */
function ruleSettings(environment: Environment): GivenSettings {
  const raised = machinesOf(environment).flatMap((it) => it.domainLimit ?? []);
  const { ceilingUsdPerMonth: ceiling, expectedUse } = environment;
  return {
    ...(raised.length > 0 && { [infiniBandGroupLimit.name]: Math.max(...raised) }),
    ...(ceiling !== null && { [monthlyCeiling.name]: ceiling }),
    ...(ceiling !== null && Object.keys(expectedUse).length > 0 && { [monthlyUse.name]: expectedUse }),
  };
}

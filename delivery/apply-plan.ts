import type { OutputMap, UpOptions } from "@pulumi/pulumi/automation";
import { MisconfiguredError } from "../core/problems";
import { comparePlans } from "./compare-plans";
import { makePlan, type PlannableStack, type PlanInputs, policiesOf } from "./make-plan";
import type { SavedPlan } from "./saved-plan";
import { stateHash } from "./state-hash";

/** What is asked of a stack to apply a plan. */
export type AppliableStack = PlannableStack & {
  readonly up: (
    options: UpOptions,
  ) => Promise<{ readonly summary: { readonly result: string }; readonly outputs: OutputMap }>;
};

/** What is kept of an `up`. */
export interface AuditRecord {
  readonly stack: string;
  readonly commit: string;
  /** Hash of the plan that was applied. */
  readonly plan: string;
  readonly approvers: readonly string[];
  readonly result: string;
  /** Hash of the state after it. */
  readonly state: string;
  readonly started: string;
  readonly ended: string;
}

/**
 * Plans once more right before, and does it only when that is exactly what was planned. Afterwards a preview must find nothing to do.
 * @throws MisconfiguredError that lists what differs, with nothing changed
 */
export async function applyPlan(
  stack: AppliableStack,
  plan: SavedPlan,
  inputs: PlanInputs & { readonly approvers: readonly string[]; readonly onOutput: (text: string) => void },
): Promise<AuditRecord> {
  const again = await makePlan(stack, inputs);
  const differences = comparePlans(plan, again);
  if (differences.length > 0)
    throw new MisconfiguredError(
      `The plan ${plan.hash}`,
      differences.map((it) => {
        const [path = "", ...rule] = it.split(": ");
        return { path, rule: `must be as planned: ${rule.join(": ")}`, remedy: "Make a new plan and have it approved" };
      }),
    );
  if (plan.findings.some(({ level }) => level === "mandatory"))
    throw new MisconfiguredError(`The plan ${plan.hash}`, [
      { path: "findings", rule: "must hold no mandatory one: the policies forbid this plan" },
    ]);
  const started = new Date().toISOString();
  const { signal, onOutput } = inputs;
  const options = { ...policiesOf(inputs.kind), color: "never" as const, ...(signal !== undefined && { signal }) };
  // The values of outputs may be what nobody should read in a log.
  const { summary } = await stack.up({ ...options, onOutput, suppressOutputs: true });
  await stack.preview({ ...options, expectNoChanges: true });
  const deployment: unknown = (await stack.exportStack()).deployment;
  return {
    stack: plan.stack,
    commit: plan.commit,
    plan: plan.hash,
    approvers: inputs.approvers,
    result: summary.result,
    state: stateHash(deployment),
    started,
    ended: new Date().toISOString(),
  };
}

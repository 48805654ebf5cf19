import path from "node:path";
import { ConcurrentUpdateError } from "@pulumi/pulumi/automation";
import { engineMessage } from "../core/engine-message";
import { MisconfiguredError } from "../core/problems";
import { comparePlans } from "./compare-plans";
import type { DeliveredStack } from "./delivered-stack";
import { hashOf } from "./hash-of";
import { makePlan, type PlanInputs, policiesOf } from "./make-plan";
import type { SavedPlan } from "./saved-plan";

/** What is kept of an `up`, however it ended. */
export interface AuditRecord {
  readonly stack: string;
  readonly commit: string;
  /** Hash of the plan that was applied. */
  readonly plan: string;
  readonly makers: readonly string[];
  readonly approvers: readonly string[];
  /** `unsettled`: it went well, but the preview after it failed or found something left to do. */
  readonly result: "succeeded" | "failed" | "unsettled";
  /** Hash of the state after it; `null` where it could not be read. */
  readonly state: string | null;
  readonly started: string;
  readonly ended: string;
  /** Page of the pipeline's run, `null` on a laptop. */
  readonly run: string | null;
}

/** What `up` is told besides. */
export interface ApplyInputs extends PlanInputs {
  readonly approvers: readonly string[];
  readonly run: string | null;
  readonly onOutput: (text: string) => void;
}

/** How an `up` ended: its record, and what the engine said where it did not end well. */
export interface Applied {
  readonly record: AuditRecord;
  readonly failure: string | null;
}

/**
 * Plans once more right before, and does it only when that is exactly what was planned. Afterwards a preview must find nothing to do.
 * @throws MisconfiguredError that lists what differs, or says that the stack is locked, with nothing changed
 */
export async function applyPlan(stack: DeliveredStack, plan: SavedPlan, inputs: ApplyInputs): Promise<Applied> {
  const again = await makePlan(stack, inputs);
  const differences = comparePlans(plan, again);
  if (differences.length > 0)
    throw new MisconfiguredError(
      `The plan ${plan.hash}`,
      differences.map((it) => {
        const [at = "", ...rule] = it.split(": ");
        return {
          path: at,
          rule: `must be as planned: ${rule.join(": ")}`,
          remedy: "Make a new plan and have it approved",
        };
      }),
    );
  if (plan.findings.some(({ level }) => level === "mandatory"))
    throw new MisconfiguredError(`The plan ${plan.hash}`, [
      { path: "findings", rule: "must hold no mandatory one: the policies forbid this plan" },
    ]);
  const started = new Date().toISOString();
  const { approvers, run } = inputs;
  // Whoever finds the stack locked later learns by it which run that was: a lock names a machine and a process alone.
  const note = async (result: string): Promise<void> => {
    await stack.note("plan", plan.hash);
    await stack.note("apply", noteOf({ result, started, run }));
  };
  let noted: Promise<void> | undefined;
  // The first event comes once the engine holds the stack: a run that is refused must not write over what the one says that holds it.
  const onEvent = (): void => void (noted ??= note("running").catch(() => undefined));
  const { result, failure } = await operate(stack, plan, { ...inputs, onEvent });
  await noted;
  // By now the record must get out whatever happens.
  await note(result).catch((error: unknown) => inputs.onOutput(`The stack takes no note: ${engineMessage(error)}\n`));
  const state = await stack.state().then(hashOf, () => null);
  const { stack: name, commit, hash, makers } = plan;
  const ended = new Date().toISOString();
  const record = { stack: name, commit, plan: hash, makers, approvers, result, state, started, ended, run };
  return { record, failure };
}

/** Pulumi Cloud takes 256 characters of a tag. */
function noteOf({
  run,
  ...it
}: {
  readonly result: string;
  readonly started: string;
  readonly run: string | null;
}): string {
  const text = JSON.stringify({ ...it, run });
  return text.length <= 256 ? text : JSON.stringify({ ...it, run: null });
}

async function operate(
  stack: DeliveredStack,
  plan: SavedPlan,
  { file, kind, approvers, signal, onOutput, onEvent }: ApplyInputs & { readonly onEvent: () => void },
): Promise<{ readonly result: AuditRecord["result"]; readonly failure: string | null }> {
  const options = {
    ...policiesOf(kind),
    color: "never" as const,
    configFile: path.resolve(file),
    ...(signal !== undefined && { signal }),
  };
  // The backend keeps it in the history of the stack, where nobody who can only read the pipeline's files can change it.
  const message = `plan ${plan.hash}, approved by ${approvers.join(", ") || "nobody"}`;
  try {
    // The values of outputs may be what nobody should read in a log.
    await stack.up({ ...options, message, onOutput, onEvent, suppressOutputs: true });
  } catch (error) {
    if (error instanceof ConcurrentUpdateError)
      throw new MisconfiguredError(`The stack ${plan.stack}`, [
        {
          path: "lock",
          rule: `must be free: ${engineMessage(error)}`,
          remedy: "Wait for that update; when it is dead, docs/runbooks/stale-lock.md",
        },
      ]);
    return { result: "failed", failure: engineMessage(error) };
  }
  try {
    await stack.preview({ ...options, expectNoChanges: true });
  } catch (error) {
    return { result: "unsettled", failure: engineMessage(error) };
  }
  return { result: "succeeded", failure: null };
}

import { exitCodeOf, type CheckResult } from "../verification/judge-check";
import type { FileEdit, UpgradeStep } from "./upgrade-step";

/** What a measure of a cluster came to. */
export type GateResult = Pick<CheckResult, "name" | "verdict">;

/** Who does an upgrade. */
export interface UpgradeHands {
  /** Changes lines of stack files. */
  readonly write: (edits: readonly FileEdit[]) => void;
  /** Brings a stack up to its file. */
  readonly up: (stack: string) => Promise<void>;
  /** Measures the cluster. */
  readonly verify: (step: UpgradeStep) => Promise<readonly GateResult[]>;
}

/** How far an upgrade came. */
export interface UpgradeRun {
  readonly done: readonly string[];
  /** The step whose gate did not open, and what kept it closed; null when all are done. */
  readonly stopped: { readonly step: UpgradeStep; readonly because: readonly string[] } | null;
}

/**
 * Does the steps in order. A gate opens only when everything that was measured passed and something was: what nobody could measure keeps it
 * closed as a failure does.
 */
export async function runUpgrade(steps: readonly UpgradeStep[], hands: UpgradeHands): Promise<UpgradeRun> {
  const done: string[] = [];
  for (const step of steps) {
    hands.write(step.edits);
    for (const stack of step.up) await hands.up(stack);
    done.push(step.title);
    if (!step.gate) continue;
    const results = await hands.verify(step);
    if (exitCodeOf(results, null) === 0) continue;
    const closed = results.filter(({ verdict }) => verdict !== "pass" && verdict !== "measured");
    const because = closed.map(({ name, verdict }) => `${name}: ${verdict}`);
    return { done, stopped: { step, because: because.length === 0 ? ["nothing was measured"] : because } };
  }
  return { done, stopped: null };
}

/** Brings back what was there before a step, as far as the stack files say it. */
export async function takeBack(step: UpgradeStep, hands: Pick<UpgradeHands, "write" | "up">): Promise<void> {
  hands.write(step.back.edits);
  for (const stack of step.up) await hands.up(stack);
}

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { MisconfiguredError } from "../core/problems";
import { resourceChanges, type ResourceChanges } from "../preview/compare/resource-changes";
import { preview } from "../preview/preview";
import type { RecordedPlan } from "../preview/recorded-plan";
import { projectName } from "../stacks/config/sections";
import { editFile } from "./edit-file";
import type { UpgradeStep } from "./upgrade-step";

/** A step, and what becomes by it of what the stacks make. */
export interface PreviewedStep extends UpgradeStep {
  readonly changes: ResourceChanges;
}

/** A stack file of the environment, and what it makes before the upgrade. */
export interface StackBefore {
  readonly stack: string;
  /** Where the file is. */
  readonly file: string;
  readonly plan: RecordedPlan;
}

/**
 * Plans the stacks after each step, from copies of their files: a state between two steps that nobody may have is refused before the
 * first is done, and so is a step that replaces what is protected.
 * @throws MisconfiguredError
 */
export async function previewSteps(
  steps: readonly UpgradeStep[],
  stacks: readonly StackBefore[],
  today: string,
): Promise<PreviewedStep[]> {
  const folder = mkdtempSync(path.join(tmpdir(), "upgrade-"));
  try {
    const copies = new Map(stacks.map(({ stack, file }) => [stack, path.join(folder, path.basename(file))]));
    for (const { stack, file } of stacks) writeFileSync(copies.get(stack) ?? "", readFileSync(file, "utf8"));
    const plans = new Map(stacks.map(({ stack, plan }) => [stack, plan]));
    const previewed: PreviewedStep[] = [];
    for (const step of steps) {
      const changes: ResourceChanges[] = [];
      for (const [stack, copy] of copies) {
        const edits = step.edits.filter((it) => it.stack === stack);
        if (edits.length > 0) writeFileSync(copy, editFile(readFileSync(copy, "utf8"), edits, projectName));
      }
      // After all of them: a stack that reads another one is planned with what that one hands over.
      for (const [stack, copy] of step.edits.length === 0 ? [] : copies) {
        const { plan } = await preview(copy, { today });
        changes.push(resourceChanges(plans.get(stack)?.resources ?? [], plan.resources));
        plans.set(stack, plan);
      }
      previewed.push({ ...step, changes: together(changes) });
    }
    refuseLosses(previewed);
    return previewed;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function together(all: readonly ResourceChanges[]): ResourceChanges {
  return {
    added: all.flatMap(({ added }) => added),
    removed: all.flatMap(({ removed }) => removed),
    changed: all.flatMap(({ changed }) => changed),
    replaced: all.flatMap(({ replaced }) => replaced),
  };
}

/** What is protected or holds data is neither replaced nor taken away by an upgrade, whatever the stack file says. */
function refuseLosses(steps: readonly PreviewedStep[]): void {
  const problems = steps.flatMap(({ title, changes }) =>
    [...changes.replaced, ...changes.removed]
      .filter((it) => it.protected || it.data)
      .map(({ type, name }) => ({
        path: name,
        rule: `must stay: the step "${title}" would replace or delete this ${type}`,
        remedy: "Change what the step changes in another way, and report it: no lock of ours should do this",
      })),
  );
  if (problems.length > 0) throw new MisconfiguredError("The upgrade", problems);
}

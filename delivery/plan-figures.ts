import type { EngineEvent, StepEventStateMetadata } from "@pulumi/pulumi/automation";
import { difference } from "../preview/compare/difference";
import { readPlanFile, type PlanFile } from "../preview/plan-file/read-plan-file";
import { summarise } from "../preview/summary/summary";
import type { PlanContent } from "./saved-plan";

/** What the bill and the quota were before a plan and are after it, counted of what the engine says is there. */
export function figuresOf(events: readonly EngineEvent[], location: string): Pick<PlanContent, "bill" | "quota"> {
  const metadata = events.flatMap(({ resourcePreEvent }) => resourcePreEvent?.metadata ?? []);
  const before = read(
    metadata.flatMap(({ urn, old }) => (!present(old) || old.delete ? [] : [stepOf("same", urn, old)])),
  );
  const after = read(metadata.map(({ op, urn, new: fresh }) => stepOf(op, urn, fresh)));
  const compared = (it: PlanFile): Parameters<typeof difference>[0] => {
    const made = it.resources.filter(({ custom, type }) => custom && !type.startsWith("pulumi:"));
    return { resources: [], summary: summarise(made, it.location ?? location), findings: [] };
  };
  const { cost, quota } = difference(compared(before), compared(after));
  return { bill: { before: cost.before, after: cost.after }, quota: [...quota] };
}

/** A step as `pulumi preview --json` has it, which is what plans are read from. */
function stepOf(op: string, urn: string, newState: StepEventStateMetadata | undefined): object {
  return { op, urn, newState };
}

function read(steps: readonly object[]): PlanFile {
  return readPlanFile("the preview", JSON.stringify({ steps }));
}

/** The engine tells what is not there as null; its types say that it is left out. */
function present(state: StepEventStateMetadata | null | undefined): state is StepEventStateMetadata {
  return state !== null && state !== undefined;
}

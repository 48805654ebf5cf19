import { MisconfiguredError } from "../core/problems";
import { placeOf } from "../catalog/place";
import type { Scope } from "../core/scope";
import { record } from "../preview/record";
import type { PlannedResource } from "../core/planned-resource";
import type { RecordedPlan } from "../preview/recorded-plan";

/** Scope that component tests put their resources in. */
export const scope = {
  resourceGroupName: "rg-test",
  location: "eastus",
  names: { workload: "gpu", environment: "dev", location: "eastus", suffix: "0a1b2c3d" },
  tags: { owner: "ml-platform" },
} satisfies Scope;

/** The place of the scope, with a day for the versions. */
export const place = placeOf(scope, "2026-11-21");

/** ID of a resource in the scope's group, as the recorder makes it. */
export function idOf(path: string): string {
  return `/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-test/providers/${path}`;
}

/** ID of a resource that a user names, in a subscription of their own. */
export function ownId(path: string): string {
  return `/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-own/providers/${path}`;
}

/** Records what a program makes in stack `dev`. */
export async function recorded(program: () => unknown): Promise<RecordedPlan> {
  return record({
    stack: "dev",
    program: () => {
      program();
      return Promise.resolve();
    },
  });
}

/** Runs a program that must be refused. Returns what was wrong and what was registered all the same. */
export async function refused(
  program: () => unknown,
): Promise<{ readonly problems: string[]; readonly made: string[] }> {
  let problems: string[] = [];
  const plan = await recorded(() => {
    problems = problemsOf(program);
  });
  return { problems, made: labels(plan).filter((it) => !it.startsWith("pulumi:pulumi:Stack ")) };
}

/** The problems that a decision is refused for, one line each. */
export function problemsOf(decide: () => unknown): string[] {
  try {
    decide();
  } catch (error) {
    if (!(error instanceof MisconfiguredError)) throw error;
    return error.message
      .split("\n")
      .slice(1)
      .map((line) => line.trim());
  }
  throw new Error("nothing was refused");
}

/** The one resource of a type, or of a type and name. */
export function only(plan: RecordedPlan, type: string, name?: string): PlannedResource {
  const found = allOf(plan, type).filter((it) => name === undefined || it.name === name);
  const [first] = found;
  if (first === undefined || found.length > 1) {
    throw new Error(`${found.length} of ${type} ${name ?? ""} in: ${labels(plan).join(", ")}`);
  }
  return first;
}

/** All resources of a type, in the order in which they were registered. */
export function allOf({ resources }: RecordedPlan, type: string): PlannedResource[] {
  return resources.filter((it) => it.type === type);
}

/** Type and name of every resource but the stack, each below its parent: `Type name < Parent name`. */
export function tree(plan: RecordedPlan): string[] {
  return plan.resources
    .filter((it) => it.type !== "pulumi:pulumi:Stack")
    .map((it) =>
      it.parent.includes("::pulumi:pulumi:Stack::") ? label(it.urn) : `${label(it.urn)} < ${label(it.parent)}`,
    );
}

/** `Type name` of a URN, the type without what comes before its last colon. */
export function label(urn: string): string {
  const [, , chain = "", name = ""] = urn.split("::");
  return `${chain.split("$").at(-1)?.split(":").at(-1) ?? ""} ${name}`;
}

function labels({ resources }: RecordedPlan): string[] {
  return resources.map((it) => `${it.type} ${it.name}`);
}

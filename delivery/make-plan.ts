import { readFileSync } from "node:fs";
import path from "node:path";
import type { EngineEvent, Stack } from "@pulumi/pulumi/automation";
import { MisconfiguredError } from "../core/problems";
import { subscriptionOf } from "../stacks/provider-keys";
import { readStackFile } from "../stacks/stack-file";
import type { CommitHere } from "./commit-here";
import { hashOf } from "./hash-of";
import { findingsOf, stepsOf } from "./plan-steps";
import { type SavedPlan, sealPlan } from "./saved-plan";
import { stateHash } from "./state-hash";

/** What is asked of a stack to plan it. */
export type PlannableStack = Pick<Stack, "exportStack" | "preview"> & {
  readonly workspace: { readonly pulumiVersion: string };
};

/** What a plan is made of beside the stack. */
export interface PlanInputs {
  /** Path of the stack file. */
  readonly file: string;
  readonly kind: "dev" | "staging" | "prod";
  readonly here: CommitHere;
  /** Whether files may differ from the commit. */
  readonly allowDirty: boolean;
  /** Subscription that the credentials of this run are for, `undefined` where nothing says it. */
  readonly subscriptionId: string | undefined;
  readonly signal?: AbortSignal;
}

/**
 * Makes a plan by the engine's preview, with the policy pack of this commit. Nothing is changed.
 * @throws MisconfiguredError when the files are not those of a commit, or the credentials are for another subscription
 */
export async function makePlan(stack: PlannableStack, inputs: PlanInputs): Promise<SavedPlan> {
  const { file, kind, here, signal } = inputs;
  const { stack: name, values } = readStackFile(file);
  checkPlace(file, inputs, subscriptionOf(values));
  const events: EngineEvent[] = [];
  let failure: Error | undefined;
  try {
    await stack.preview({
      ...policiesOf(kind),
      color: "never",
      onEvent: (event) => void events.push(event),
      ...(signal !== undefined && { signal }),
    });
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
  }
  const findings = findingsOf(events);
  // A mandatory finding ends the preview; then the findings are what there is to tell. Every other failure is told as it is.
  if (failure !== undefined && !findings.some(({ level }) => level === "mandatory")) throw failure;
  const deployment: unknown = (await stack.exportStack()).deployment;
  return sealPlan({
    version: 1,
    stack: name,
    commit: here.commit,
    dirty: here.dirty,
    pulumi: stack.workspace.pulumiVersion,
    files: filesHash(file, kind),
    state: stateHash(deployment),
    steps: stepsOf(events),
    findings,
  });
}

/** The policy pack of this commit with the levels of a kind of environment: plan and `up` are judged alike. */
export function policiesOf(kind: PlanInputs["kind"]): {
  readonly policyPacks: string[];
  readonly policyPackConfigs: string[];
} {
  const pack = path.join(root, "policies");
  return { policyPacks: [pack], policyPackConfigs: [path.join(pack, "config", `${kind}.json`)] };
}

function checkPlace(file: string, { here, allowDirty, subscriptionId }: PlanInputs, named: string | undefined): void {
  const problems = [
    ...(here.dirty && !allowDirty
      ? [
          {
            path: "commit",
            rule: "must be all that is planned: files differ from it",
            remedy: "Commit them, or write --dirty",
          },
        ]
      : []),
    ...(subscriptionId !== undefined && named !== undefined && subscriptionId.toLowerCase() !== named.toLowerCase()
      ? [
          {
            path: "azure-native:subscriptionId",
            rule: `must be the subscription that ARM_SUBSCRIPTION_ID is for, ${subscriptionId}`,
            got: JSON.stringify(named),
            remedy: "Plan it with the identity of its own environment",
          },
        ]
      : []),
  ];
  if (problems.length > 0) throw new MisconfiguredError(file, problems);
}

function filesHash(file: string, kind: string): string {
  const files = [file, path.join(root, "policies", "config", `${kind}.json`), path.join(root, "package-lock.json")];
  return hashOf(files.map((it) => readFileSync(it, "utf8")));
}

const root = path.join(__dirname, "..");

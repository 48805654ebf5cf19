import { readFileSync } from "node:fs";
import path from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { z } from "zod";
import type { VersionLock } from "../catalog/version-locks";
import { engineMessage } from "../core/engine-message";
import { MisconfiguredError } from "../core/problems";
import { readConfiguration } from "../policies/engine/configuration";
import { type ExpectedPack, packDidNotRun, unknownOnMust } from "../policies/engine/gates";
import { packName } from "../policies/engine/pack";
import type { EnvironmentKind } from "../stacks/environment";
import { readStackFile } from "../stacks/stack-file";
import { checkPlace } from "./check-place";
import type { DeliveredStack } from "./delivered-stack";
import { hashOf } from "./hash-of";
import { lastApply } from "./last-apply";
import { lockBefore } from "./lock-before";
import { pendingOperations } from "./pending-operations";
import { figuresOf } from "./plan-figures";
import { findingsOf, sortedFindings, stepsOf } from "./plan-steps";
import type { Repository } from "./repository";
import { type PlanFinding, type SavedPlan, sealPlan } from "./saved-plan";
import { unfinishedProblems } from "./unfinished-problems";
import { versionMoves } from "./version-moves";

/** What a plan is made of beside the stack. */
export interface PlanInputs {
  /** Path of the stack file. */
  readonly file: string;
  readonly kind: EnvironmentKind;
  /** Lock of versions that the stack file names. */
  readonly lock: VersionLock;
  readonly repository: Repository;
  /** Whether files may differ from the commit. */
  readonly allowDirty: boolean;
  /** Who started this run, as the forge knows them. */
  readonly actors: readonly string[];
  /** Variables that the provider and the backend read their credentials by. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
}

/**
 * Makes a plan by the engine's preview, with the policy pack of this commit. Nothing is changed.
 * @throws MisconfiguredError when the files are not those of a commit, the credentials are for another subscription, an update left something
 * unfinished, or somebody else changed the stack meanwhile
 */
export async function makePlan(stack: DeliveredStack, inputs: PlanInputs): Promise<SavedPlan> {
  const { file, kind, lock, repository, signal } = inputs;
  const { stack: name, values } = readStackFile(file);
  const subscriptionId = checkPlace(file, inputs, values);
  const pack = expectedPack(kind);
  const [start, base] = await Promise.all([stack.state(), stack.lastApplied()]);
  await refuseUnfinished(name, stack, start);
  const state = hashOf(start);
  const makers = [...new Set([...(await repository.makersSince(base)), ...inputs.actors])].sort();
  const events: EngineEvent[] = [];
  let failure: string | undefined;
  try {
    await stack.preview({
      ...policiesOf(kind),
      color: "never",
      onEvent: (event) => void events.push(event),
      configFile: path.resolve(file),
      ...(signal !== undefined && { signal }),
    });
  } catch (error) {
    failure = engineMessage(error);
  }
  const said = findingsOf(events);
  // A mandatory finding ends the preview; then the findings are what there is to tell.
  if (failure !== undefined && !said.some(isMandatory))
    throw new MisconfiguredError(file, [{ path: "preview", rule: `must go well: ${failure}` }]);
  const gates = [
    ...unknownOnMust(events, pack, kind),
    // What ended early did not get as far as every rule.
    ...(failure === undefined ? packDidNotRun(events, pack) : []),
  ];
  // The engine's own note of a rule that could not run says no more than the gate does.
  const told = said.filter(({ rule, urn }) => !gates.some((it) => it.path === rule && it.urn === urn));
  const findings = sortedFindings([...told, ...gates]);
  const forbidden = findings.some(isMandatory);
  const after = hashOf(await stack.state());
  if (after !== state)
    throw new MisconfiguredError(file, [
      {
        path: "state",
        rule: "must stand still while it is planned: somebody else changed the stack meanwhile",
        remedy: "Wait until their update has ended, and plan again",
      },
    ]);
  return sealPlan({
    version: 1,
    stack: name,
    commit: repository.commit,
    dirty: repository.differing.length > 0,
    makers,
    subscriptionId,
    pulumi: stack.pulumiVersion,
    files: filesHash(file, kind),
    state,
    steps: stepsOf(events),
    findings,
    versions: {
      lock: lock.name,
      retiredOn: lock.retiredOn,
      before: base === undefined ? null : lockBefore(file, await repository.fileAt(base, inRepository(file))),
      moves: versionMoves(events),
    },
    // Of a preview that the policies ended, nobody knows what would have come after.
    ...(forbidden ? { bill: null, quota: [] } : figuresOf(events, values["azure-native:location"] ?? "")),
  });
}

/** @throws MisconfiguredError where an update left operations that never ended: what they made, the engine would make again */
async function refuseUnfinished(name: string, stack: DeliveredStack, state: unknown): Promise<void> {
  const pending = pendingOperations(state);
  if (pending.length === 0) return;
  const [locks, notes] = await Promise.all([
    // An identity that only reads cannot ask.
    stack.locks().catch(() => null),
    stack.notes(),
  ]);
  const problems = unfinishedProblems(name, { locks, pending, last: lastApply(notes) });
  throw new MisconfiguredError(`The stack ${name}`, problems);
}

function isMandatory({ level }: PlanFinding): boolean {
  return level === "mandatory";
}

/**
 * The pack that has to judge a plan, with the configuration that the engine is given.
 * @throws MisconfiguredError for a configuration with unknown rules or settings: the engine would take them for nothing
 */
function expectedPack(kind: PlanInputs["kind"]): ExpectedPack {
  const {
    policyPacks: [folder = ""],
    policyPackConfigs: [file = ""],
  } = policiesOf(kind);
  const manifest: unknown = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  const { version } = z.object({ version: z.string() }).parse(manifest);
  const today = new Date().toISOString().slice(0, 10);
  const configuration = readConfiguration(path.relative(root, file), readFileSync(file, "utf8"), today);
  return { name: packName, version, configuration, today };
}

/** The policy pack of this commit with the levels of a kind of environment: plan and `up` are judged alike. */
export function policiesOf(kind: PlanInputs["kind"]): {
  readonly policyPacks: string[];
  readonly policyPackConfigs: string[];
} {
  const pack = path.join(root, "policies");
  return { policyPacks: [pack], policyPackConfigs: [path.join(pack, "config", `${kind}.json`)] };
}

function filesHash(file: string, kind: string): string {
  const files = [file, path.join(root, "policies", "config", `${kind}.json`), path.join(root, "package-lock.json")];
  return hashOf(files.map((it) => readFileSync(it, "utf8")));
}

const root = path.join(__dirname, "..");

/** As git names files, also on Windows. */
function inRepository(file: string): string {
  return path.relative(root, path.resolve(file)).split(path.sep).join("/");
}

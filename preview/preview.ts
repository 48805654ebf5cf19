import { existsSync } from "node:fs";
import path from "node:path";
import type { Store } from "../azure/arm-row";
import { MisconfiguredError, show, showKey } from "../core/problems";
import { judge, type Finding } from "../policies/engine/judge";
import { type CheckpointEstimate, checkpointEstimates } from "../stacks/checkpoint-estimates";
import { deploy, platformOf } from "../stacks/deploy";
import type { Environment } from "../stacks/environment";
import { handovers } from "../stacks/handover";
import { inFile, loadEnvironment } from "../stacks/load-environment";
import { subscriptionOf } from "../stacks/provider-keys";
import { notes } from "./notes";
import { record } from "./record";
import type { RecordedPlan } from "./recorded-plan";
import { judgeOptions } from "./judge-options";
import type { StackFile } from "../stacks/stack-file";
import { teamNamespaces } from "../stacks/team-namespaces";
import { checkCost } from "./check-cost";
import { costNotes } from "./cost-notes";
import { summarise, type Summary } from "./summary/summary";
import { teamCosts, type TeamCosts } from "./summary/team-costs";

/** One stack file, planned, counted and judged. */
export interface Preview {
  readonly file: string;
  readonly environment: Environment;
  /** The plan of the stack that made the other layers, `null` where this one makes them or nothing is below. */
  readonly reads: Preview | null;
  readonly plan: RecordedPlan;
  readonly summary: Summary;
  /** Stores of this stack and of the one that it reads. */
  readonly stores: readonly Store[];
  readonly findings: readonly Finding[];
  /** What a person should know before `up` and no rule forbids. */
  readonly notes: readonly string[];
  /** Charts and images of the add-ons, and where the cluster looks for them. */
  readonly fetches: Fetches;
  /** How often the jobs of teams had best save. */
  readonly checkpoints: readonly CheckpointEstimate[];
}

type Fetches = ReturnType<typeof platformOf>["fetches"];

/** What the world outside the file looks like. */
export interface PreviewWorld {
  /** ISO date that versions are judged on. */
  readonly today: string;
}

/**
 * Plans a stack file without engine and cloud.
 * @throws MisconfiguredError with every problem of the file, each with its line
 */
export function preview(file: string, world: PreviewWorld): Promise<Preview> {
  return previewAlong([], file, world);
}

/** Most stacks that read one from the other: three layers need two. */
const longestChain = 3;

/** @param trail Stacks that are being planned and wait for the handover of this one. */
async function previewAlong(trail: readonly string[], file: string, world: PreviewWorld): Promise<Preview> {
  const { stackFile, environment } = loadEnvironment(file, world.today);
  const { stack, values } = stackFile;
  const other = await otherStack(environment, stackFile, [...trail, stack], file, world);
  const stackOutputs = other === null ? {} : { [environment.handover ?? ""]: other.plan.outputs };
  const subscriptionId = subscriptionOf(values);
  const plan = await record({
    stack,
    program: () => deploy(environment),
    stackOutputs,
    ...(subscriptionId !== undefined && { subscriptionId }),
  }).catch((error: unknown) =>
    // Teams of a split stack meet the pools of the other one only as the program runs.
    inFile(stackFile, () => {
      throw error;
    }),
  );
  const made = plan.resources.filter((it) => it.custom);
  const infra = plan.outputs["infra"] ?? stackOutputs[environment.handover ?? ""]?.["infra"];
  const counted = summarise(made, environment.location, environment.expectedUse);
  const byTeam = costsByTeam(environment, infra, counted, other);
  const summary = { ...counted, cost: { ...counted.cost, byTeam } };
  inFile(stackFile, () => checkCost(environment, summary.cost));
  const stores = [...summary.stores, ...(other?.stores ?? [])];
  return {
    file: stackFile.file,
    environment,
    reads: other,
    plan,
    summary,
    stores,
    findings: judge(plan.resources, environment.kind, judgeOptions(environment, world.today)),
    notes: [
      ...notes({ environment, resources: plan.resources, handedOver: stackOutputs, values, today: world.today }),
      ...costNotes(environment, summary.cost, world.today),
    ],
    fetches: fetchesOf(environment, infra),
    checkpoints: checkpointsOf(environment, infra, stores),
  };
}

/** Costs by team, of pools that this stack makes or the one that it reads. */
function costsByTeam(
  environment: Environment,
  infra: unknown,
  { cost }: Summary,
  other: Preview | null,
): TeamCosts | null {
  if (!environment.layers.includes("tenants")) return null;
  const { gpuPools } = handovers.shape.infra.parse(infra);
  const ours = environment.layers.includes("infra");
  const byPool = [...cost.byPool, ...(ours ? [] : (other?.summary.cost.byPool ?? []))];
  return teamCosts(teamNamespaces(environment), gpuPools, byPool, ours ? cost : null);
}

/**
 * The stack that made the other layers: planned from its own file, which stands beside this one.
 * @throws MisconfiguredError when there is no such file
 */
async function otherStack(
  { handover, stack }: Environment,
  stackFile: StackFile,
  trail: readonly string[],
  file: string,
  world: PreviewWorld,
): Promise<Preview | null> {
  if (handover === null) return null;
  const name = handover.split("/").at(-1) ?? "";
  const beside = path.join(path.dirname(file), `Pulumi.${name}.yaml`);
  const fail = (rule: string, remedy: string): never =>
    inFile(stackFile, () => {
      throw new MisconfiguredError(`Stack '${stack}'`, [{ path: "handover", rule, got: show(handover), remedy }]);
    });
  if (name === stack) fail("must name another stack", "Name the stack that makes the other layers");
  if (trail.includes(name)) {
    const circle = [...trail.slice(trail.indexOf(name)), name].join(" reads ");
    fail(`must not close a circle: ${circle}`, "Let the stack that makes infra read none");
  }
  if (trail.length >= longestChain)
    fail(
      `must not be the end of a chain of more than ${longestChain} stacks: ${trail.join(" reads ")}`,
      "Read the stack that makes infra",
    );
  if (!existsSync(beside)) {
    const rule = `cannot be planned: Pulumi.${showKey(name)}.yaml does not stand beside this file`;
    fail(rule, "Put the file of that stack beside this one");
  }
  return previewAlong(trail, beside, world);
}

/** What the add-ons of a stack fetch, none where another stack makes them. */
function fetchesOf(environment: Environment, infra: unknown): Fetches {
  if (!environment.layers.includes("platform")) return [];
  return platformOf(environment, handovers.shape.infra.parse(infra)).fetches;
}

/** Estimates for teams that have a store to save to. */
function checkpointsOf(
  { layers, teams }: Environment,
  infra: unknown,
  stores: readonly Store[],
): readonly CheckpointEstimate[] {
  if (!layers.includes("tenants")) return [];
  const handed = handovers.shape.infra.parse(infra);
  const bought = stores.find((it) => it.kind === "Managed Lustre");
  return checkpointEstimates(teams, handed, bought?.throughputMBps ?? null);
}

import { randomInt } from "node:crypto";
import { stringify } from "yaml";
import { closestNames } from "../core/closest-names";
import { MisconfiguredError } from "../core/problems";
import { preview } from "../preview/preview";
import type { Environment } from "../stacks/environment";
import { type Handovers, handovers } from "../stacks/handover";
import { stacksOf } from "../stacks/stacks-of";
import type { Check } from "../verification/check";
import { ClusterClient } from "../verification/cluster-client";
import { type CheckResult, exitCodeOf } from "../verification/judge-check";
import { acceptance, objectsOf, placeOf } from "../verification/place";
import { planVerification, type Skipped, type VerificationPlan } from "../verification/plan-verification";
import { runChecks, type RunResult } from "../verification/run-checks";
import { RehearsalProgress } from "./rehearsal-progress";
import { renderVerification } from "./render-verification";
import { stopOnSignal } from "./stop-on-signal";
import { paintFor } from "./terminal";

/** What `npm run verify` is asked for. */
export interface VerifyCommand {
  readonly environment: string;
  readonly only: readonly string[];
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
  readonly waitMinutes: number;
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** What is measured of an environment, and the cluster that has it. */
export interface StackVerification extends VerificationPlan {
  readonly clusterName: string;
}

/**
 * Measures the cluster of an environment and prints how it did.
 * @returns The exit code.
 */
export async function verifyStack(file: string, command: VerifyCommand): Promise<number> {
  const planned = await planStack(file, new Date().toISOString().slice(0, 10));
  const checks = chosen(planned.checks, command.only);
  const skipped = command.only.length === 0 ? planned.skipped : [];
  const run = `verify-${randomName()}`;
  if (command.dryRun) {
    process.stdout.write(manifests(run, checks));
    return 0;
  }
  const { kubeconfig, context } = command;
  const cluster = await ClusterClient.open({ kubeconfig, context, expected: planned.clusterName });
  const place = placeOf(run, await cluster.hasNamespace(acceptance.namespace));
  const progress = new RehearsalProgress(process.stderr, command.json);
  const stop = stopOnSignal(() => progress.note("stopping; what was made is deleted"));
  const signal = stop.signal;
  progress.note(`${checks.length} ${checks.length === 1 ? "check" : "checks"} in namespace ${place.namespace}`);
  let result: RunResult;
  try {
    result = await runChecks(cluster, place, checks, {
      waitMinutes: command.waitMinutes,
      signal,
      onProgress: (check, state) => progress.note(`${check.name}: ${state}`),
      onResult: (it) => progress.note(`${it.name}: ${it.verdict}`),
    });
  } finally {
    progress.done();
  }
  print({ ...result, environment: command.environment, run }, skipped, command);
  return stop.exitCode() ?? exitCodeOf(result.results);
}

/**
 * Plans what is measured of an environment from its stack files: of all its stacks, because one may make the pools and another the
 * storage classes.
 * @throws MisconfiguredError when a stack file does not plan
 */
export async function planStack(file: string, today: string): Promise<StackVerification> {
  let infra: Handovers["infra"] | undefined;
  let scratchClass: string | undefined;
  let scratchPools: readonly string[] | null = null;
  for (const it of stacksOf(file)) {
    const { plan, environment } = await preview(it, { today });
    const { infra: made, platform } = plan.outputs;
    if (made !== undefined) infra = handovers.shape.infra.parse(made);
    if (platform !== undefined) {
      scratchClass = handovers.shape.platform.parse(platform).scratchStorageClass;
      scratchPools = scratchPoolsOf(environment);
    }
  }
  if (infra === undefined)
    throw new MisconfiguredError("The command", [
      {
        path: "environment",
        rule: "must have a stack that makes a cluster, in its file or in one that lies beside it",
        remedy: "Name a stack with the layer infra, or one that reads it",
      },
    ]);
  const scratch = scratchClass === undefined ? null : { storageClass: scratchClass, pools: scratchPools };
  return { ...planVerification({ pools: infra.gpuPools, scratch }), clusterName: infra.cluster.name };
}

function scratchPoolsOf({ platform }: Environment): readonly string[] | null {
  const { scratchDisks } = platform;
  return typeof scratchDisks === "object" ? (scratchDisks.pools ?? null) : null;
}

/** @throws MisconfiguredError for a name that no check has */
function chosen(checks: readonly Check[], only: readonly string[]): readonly Check[] {
  const names = checks.map((it) => it.name);
  const unknown = only.filter((it) => !names.includes(it));
  if (unknown.length > 0)
    throw new MisconfiguredError(
      "The command",
      unknown.map((it) => ({
        path: "--only",
        rule: "must be the name of a check",
        got: it,
        remedy: `Known: ${closestNames(it, names, names.length).join(", ") || names.join(", ")}`,
      })),
    );
  return only.length === 0 ? checks : checks.filter((it) => only.includes(it.name));
}

function manifests(run: string, checks: readonly Check[]): string {
  return objectsOf(placeOf(run, false), checks)
    .map((it) => stringify(it, { aliasDuplicateObjects: false, lineWidth: 0 }))
    .join("---\n");
}

/** Lowercase letters and digits, so that two runs at once do not meet. */
function randomName(): string {
  return Array.from({ length: 6 }, () => randomInt(36).toString(36)).join("");
}

/** What is printed of a run. */
export interface Verification extends RunResult {
  readonly environment: string;
  readonly run: string;
  readonly results: readonly CheckResult[];
}

function print(verification: Verification, skipped: readonly Skipped[], { json }: VerifyCommand): void {
  process.stdout.write(
    json
      ? `${JSON.stringify({ ...verification, skipped }, null, 2)}\n`
      : renderVerification(verification, skipped, paintFor(process.stdout)),
  );
}

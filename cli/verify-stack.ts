import { randomInt } from "node:crypto";
import path from "node:path";
import { stringify } from "yaml";
import { closestNames } from "../core/closest-names";
import { MisconfiguredError } from "../core/problems";
import { openRepository } from "../delivery/repository";
import type { Check } from "../verification/check";
import { ClusterClient } from "../verification/cluster-client";
import { compareRuns, readEarlierRun } from "../verification/compare-runs";
import { exitCodeOf } from "../verification/judge-check";
import { acceptance, objectsOf, placeOf } from "../verification/place";
import { planVerification } from "../verification/plan-verification";
import { runChecks, type RunResult } from "../verification/run-checks";
import type { VerificationPlan } from "../verification/verification-plan";
import type { EnvironmentKind } from "../stacks/environment";
import { clusterFacts } from "./cluster-facts";
import { fileContent } from "./file-content";
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
  /** An earlier run to compare with, null for none. */
  readonly compare: { readonly file: string; readonly tolerancePercent: number } | null;
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** What is measured of an environment, and the cluster that has it. */
export interface StackVerification extends VerificationPlan {
  readonly clusterName: string;
  readonly kind: EnvironmentKind;
}

/**
 * Measures the cluster of an environment and prints how it did.
 * @returns The exit code.
 */
export async function verifyStack(file: string, command: VerifyCommand): Promise<number> {
  const planned = await planStack(file, new Date().toISOString().slice(0, 10));
  const checks = chosen(planned.checks, command.only);
  const earlier =
    command.compare && readEarlierRun(fileContent("--compare", command.compare.file), command.compare.file);
  const skipped = command.only.length === 0 ? planned.skipped : [];
  const run = `verify-${randomName()}`;
  if (command.dryRun) {
    process.stdout.write(manifests(run, checks));
    return 0;
  }
  const { kubeconfig, context } = command;
  const cluster = ClusterClient.open({ kubeconfig, context, expected: planned.clusterName });
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
  const compared = earlier && compareRuns(result.results, earlier, command.compare.tolerancePercent);
  const exitCode = stop.exitCode() ?? exitCodeOf(result.results, compared);
  const told = { ...result, environment: command.environment, run, ...(compared && { compared }) };
  // What a promotion asks: of which commit, of which kind of environment, when, and whether all of it.
  const promotes = async (): Promise<object> => ({
    kind: planned.kind,
    commit: await commitHere(file),
    ended: new Date().toISOString(),
    whole: command.only.length === 0,
    exitCode,
  });
  process.stdout.write(
    command.json
      ? `${JSON.stringify({ ...told, skipped, ...(await promotes()) }, null, 2)}\n`
      : renderVerification(told, skipped, paintFor(process.stdout)),
  );
  return exitCode;
}

/**
 * Plans what is measured of an environment.
 * @throws MisconfiguredError when a stack file does not plan
 */
export async function planStack(file: string, today: string): Promise<StackVerification> {
  const { clusterName, kind, ...facts } = await clusterFacts(file, today);
  return { ...planVerification(facts), clusterName, kind };
}

/** Commit that the environment was measured by; `null` where files differ from it, or there is none. */
async function commitHere(file: string): Promise<string | null> {
  const repository = await openRepository(path.join(__dirname, ".."), [file]).catch(() => undefined);
  return repository?.differing.length === 0 ? repository.commit : null;
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

import { labels } from "../catalog/scheduling";
import { MisconfiguredError } from "../core/problems";
import { list } from "../core/property-tree";
import { machineOf } from "../replacement/machine";
import { planReplacement } from "../replacement/plan-replacement";
import type { ReplacementFacts } from "../replacement/replacement-facts";
import { ReplacementLog } from "../replacement/replacement-log";
import { type ReplacementResult, runReplacement } from "../replacement/run-replacement";
import { ClusterClient } from "../verification/cluster-client";
import { clusterFacts } from "./cluster-facts";
import { RehearsalProgress } from "./rehearsal-progress";
import { historyJson, planJson, renderHistory, renderPlan, renderResults, resultsJson } from "./render-replacement";
import { stopOnSignal } from "./stop-on-signal";
import { paintFor } from "./terminal";

/** What `npm run replace` is asked for. */
export interface ReplaceCommand {
  readonly environment: string;
  /** Nodes by name; none: whatever is due. */
  readonly nodes: readonly string[];
  /** Whether it is done, and not only told. */
  readonly yes: boolean;
  /** Whether only the record is shown. */
  readonly history: boolean;
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
  readonly waitMinutes: number;
  readonly json: boolean;
}

/**
 * Replaces machines of an environment, or says what it would do.
 * @returns The exit code.
 */
export async function replaceStack(file: string, command: ReplaceCommand): Promise<number> {
  const { environment, kubeconfig, context } = command;
  const facts = await replacementFacts(file, new Date().toISOString().slice(0, 10));
  const cluster = ClusterClient.open({ kubeconfig, context, expected: facts.clusterName });
  const log = await ReplacementLog.read(cluster, facts.namespace);
  const tell = (json: object, words: string): void =>
    void process.stdout.write(command.json ? `${JSON.stringify({ environment, ...json }, null, 2)}\n` : words);
  const paint = paintFor(process.stdout);
  if (command.history) {
    tell(historyJson(log.record), renderHistory(environment, log.record));
    return 0;
  }
  const nodes = await cluster.read(`/api/v1/nodes?labelSelector=${encodeURIComponent(labels.pool)}`);
  const machines = list(nodes, "items").map(machineOf);
  const plan = planReplacement({ machines, named: command.nodes, record: log.record, now: Date.now() }, facts);
  if (!command.yes) {
    tell(planJson(plan, facts), renderPlan(environment, plan, facts, paint));
    return 0;
  }
  const { results, code } = await replaceAll(command, { facts, cluster, log, plan });
  tell(resultsJson(results, plan), renderResults(environment, results, plan, paint));
  const held = plan.heldBack.some(({ due }) => due) || results.some(({ outcome }) => outcome !== "replaced");
  return code ?? (held ? 1 : 0);
}

/** Does it, and tells what goes on. */
async function replaceAll(
  { json, waitMinutes }: ReplaceCommand,
  {
    plan,
    ...world
  }: {
    readonly facts: ReplacementFacts;
    readonly cluster: ClusterClient;
    readonly log: ReplacementLog;
    readonly plan: ReturnType<typeof planReplacement>;
  },
): Promise<{ readonly results: readonly ReplacementResult[]; readonly code: number | undefined }> {
  const progress = new RehearsalProgress(process.stderr, json);
  let owed: string | null = null;
  // A second Ctrl-C ends the process at once, and then nobody else knows.
  const tellOwed = (): void => {
    if (owed !== null) process.stderr.write(`A machine is being deleted. Once it is gone, run by hand: ${owed}\n`);
  };
  process.on("exit", tellOwed);
  const stop = stopOnSignal(() =>
    progress.note(
      owed === null
        ? "stopping; no other machine is deleted"
        : "stopping, once the pool of the last machine has its node",
    ),
  );
  try {
    const results = await runReplacement(
      {
        ...world,
        waitMinutes,
        signal: stop.signal,
        onProgress: (line) => progress.note(line),
        onOwed: (it) => {
          owed = it;
        },
      },
      plan.replace,
    );
    return { results, code: stop.exitCode() };
  } finally {
    progress.done();
    process.off("exit", tellOwed);
  }
}

/**
 * Reads what the stack files of an environment say.
 * @throws MisconfiguredError for one whose nodes nobody checks
 */
async function replacementFacts(file: string, today: string): Promise<ReplacementFacts> {
  const { clusterName, resourceGroupName, agentPools, nodeHealth } = await clusterFacts(file, today);
  if (nodeHealth === null)
    throw new MisconfiguredError("The command", [
      {
        path: "environment",
        rule: "must have the add-on nodeHealth: without it nobody says which nodes have failed",
        remedy: "Leave nodeHealth: false out of its platform, or name the environment whose stack installs it",
      },
    ]);
  const { namespace, maxClosedPercent, coolDownMinutes } = nodeHealth;
  return { clusterName, resourceGroupName, agentPools, namespace, maxClosedPercent, coolDownMinutes };
}

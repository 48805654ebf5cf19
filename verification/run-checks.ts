import type { KubernetesObject } from "../components/platform/add-on";
import type { Check, PodMessages, Reading, RunPlace } from "./check";
import { textOf } from "./api-answer";
import { ClusterError } from "./cluster-choice";
import type { ClusterClient, Pod } from "./cluster-client";
import { checkLabel, runLabel } from "./job";
import { type CheckResult, judgeCheck } from "./judge-check";
import { namespaceOf, placeOfCheck } from "./place";
import { nothing } from "./read-section";

/** How a run is watched and stopped. */
export interface RunOptions {
  /** Minutes that a check may wait for nodes, queue and images. */
  readonly waitMinutes: number;
  readonly signal: AbortSignal;
  readonly onProgress: (check: Check, state: string) => void;
  readonly onResult: (result: CheckResult) => void;
}

/** What a run came to. */
export interface RunResult {
  /** Results of the checks that ended: all of them, unless the run was stopped. */
  readonly results: readonly CheckResult[];
  /** Objects that could not be deleted, and why. */
  readonly left: readonly string[];
}

/**
 * Runs checks and deletes what it made, however it ends. Those of one pool run one after the other, since each takes whole nodes;
 * pools run side by side.
 * @throws ClusterError when there is no place to run in
 */
export async function runChecks(
  cluster: ClusterClient,
  place: RunPlace,
  checks: readonly Check[],
  options: RunOptions,
): Promise<RunResult> {
  const made = new Map<string, KubernetesObject[]>();
  const results = new Map<string, CheckResult>();
  const left: string[] = [];
  const create = async (owner: string, object: KubernetesObject): Promise<void> => {
    // Noted before it is there: what is being made as the run is stopped must go, too.
    made.set(owner, [...(made.get(owner) ?? []), object]);
    await cluster.create(object);
  };
  const removeOf = async (owner: string): Promise<void> => {
    for (const object of made.get(owner) ?? []) {
      try {
        await cluster.remove(object);
      } catch (error) {
        left.push(`${object.kind} ${object.metadata.name}: ${textOf(error)}`);
      }
    }
    made.delete(owner);
  };
  const runPool = async (pool: string): Promise<void> => {
    for (const check of checks.filter((it) => it.pool === pool)) {
      if (isStopped(options.signal)) return;
      const at = placeOfCheck(place, check);
      const reading = await measure(cluster, at, check, options, (it) => create(check.name, it));
      if (isStopped(options.signal)) return;
      const result = judgeCheck(check, reading);
      results.set(check.name, result);
      options.onResult(result);
      // The next check needs the nodes.
      await removeOf(check.name);
    }
  };
  const namespace = namespaceOf(
    place,
    checks.flatMap((it) => it.objects(placeOfCheck(place, it))),
  );
  try {
    if (place.own) {
      await create(namespace.kind, namespace).catch((error: unknown) => {
        throw new ClusterError(`The namespace ${place.namespace} cannot be made: ${textOf(error)}`);
      });
    }
    await Promise.all([...new Set(checks.map((it) => it.pool))].map(runPool));
  } finally {
    for (const it of [...made.keys()].reverse()) await removeOf(it);
  }
  return { results: checks.flatMap((it) => results.get(it.name) ?? []), left };
}

/** A function, because the compiler takes the signal's state of before an `await` for the one after it. */
function isStopped(signal: AbortSignal): boolean {
  return signal.aborted;
}

async function measure(
  cluster: ClusterClient,
  place: RunPlace,
  check: Check,
  { waitMinutes, signal, onProgress }: RunOptions,
  create: (object: KubernetesObject) => Promise<void>,
): Promise<Reading> {
  onProgress(check, "waits for nodes");
  try {
    for (const it of check.objects(place)) await create(it);
  } catch (error) {
    return nothing(`the cluster refuses it: ${textOf(error)}`);
  }
  const minutes = waitMinutes + check.minutes;
  const selector = `${runLabel}=${place.run},${checkLabel}=${check.name}`;
  let pods: readonly Pod[];
  // A timer holds its controller. What AbortSignal.timeout gives, nothing holds once it is in AbortSignal.any: Node 20
  // collects it as garbage, and the wait never ends.
  const late = new AbortController();
  const timer = setTimeout(() => {
    late.abort();
  }, minutes * 60_000);
  try {
    pods = await cluster.follow(place.namespace, selector, {
      signal: AbortSignal.any([signal, late.signal]),
      until: (all) => {
        onProgress(check, stateOf(all));
        const ended = all.filter((it) => it.status?.phase === "Succeeded").length;
        return ended >= check.pods || all.some((it) => it.status?.phase === "Failed");
      },
    });
  } catch (error) {
    return nothing(`the cluster was lost: ${textOf(error)}`);
  } finally {
    clearTimeout(timer);
  }
  const failed = pods.find((it) => it.status?.phase === "Failed");
  const ended = pods.filter((it) => it.status?.phase === "Succeeded");
  const reading = check.read(messagesOf(pods, check.pods));
  // A pod that failed may still say what it found to be bad, and never that all is well.
  if (failed !== undefined && reading.kind !== "wrong") {
    const more = reading.kind === "no-evidence" ? `; ${reading.because}` : "";
    return nothing(`a pod failed: ${failureOf(failed)}${more}`);
  }
  if (ended.length < check.pods) return nothing(`not done within ${minutes} minutes: ${stateOf(pods)}`);
  return reading;
}

/** Messages of the pods of a check by the indexes that their job gave them. */
function messagesOf(pods: readonly Pod[], count: number): readonly PodMessages[] {
  const messages: PodMessages[] = Array.from({ length: count }, () => ({}));
  for (const pod of pods) {
    const index = Number(pod.metadata?.annotations?.["batch.kubernetes.io/job-completion-index"]);
    if (!(index in messages)) continue;
    const statuses = pod.status?.containerStatuses ?? [];
    messages[index] = Object.fromEntries(statuses.map((it) => [it.name, it.state?.terminated?.message ?? ""]));
  }
  return messages;
}

function failureOf({ status }: Pod): string {
  const ended = status?.containerStatuses?.find((it) => it.state?.terminated !== undefined)?.state?.terminated;
  if (ended !== undefined) return `${ended.reason ?? "Error"}, exit code ${ended.exitCode}`;
  return [status?.reason, status?.message].filter((it) => it !== undefined).join(": ") || "it does not say why";
}

/** What the pods of a check do, in a few words: the state of the one that is furthest from its end. */
export function stateOf(pods: readonly Pod[]): string {
  const waiting =
    pods.find((it) => it.status?.phase === "Pending") ?? pods.find((it) => it.status?.phase === "Running");
  if (waiting === undefined) return pods.length === 0 ? "it has no pods yet" : "its pods have ended";
  if (waiting.status?.phase === "Running") return "runs";
  const scheduled = waiting.status?.conditions?.find((it) => it.type === "PodScheduled");
  if (scheduled?.status === "False") return `waits for a node: ${scheduled.message ?? scheduled.reason ?? ""}`;
  const container = waiting.status?.containerStatuses?.find((it) => it.state?.waiting !== undefined)?.state?.waiting;
  if (container === undefined) return "waits for a node";
  return [container.reason, container.message].filter((it) => it !== undefined).join(": ");
}

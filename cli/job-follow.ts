import { list, record, text } from "../core/property-tree";
import type { Props } from "../core/property-value";
import type { TeamJobs } from "./job-cluster";
import type { JobState } from "./job-state";
import { progressOf } from "./job-render";

/** Where a follower tells what it sees. */
export interface FollowOutput {
  /** A change of the job. */
  readonly note: (line: string) => void;
  /** What the first process of the job says. */
  readonly log: (text: string) => void;
}

/** Milliseconds that the end of a log may take after the job has ended. */
const lastWordsMs = 10_000;

/**
 * Tells each change of a job as it comes, and what its first process says, until the job ends or the signal comes.
 * @returns The last that was seen of it; null when the signal came first
 */
export async function followJob(
  jobs: Pick<TeamJobs, "follow" | "log">,
  job: { readonly kind: string; readonly name: string },
  output: FollowOutput,
  signal: AbortSignal,
): Promise<JobState | null> {
  let told = "";
  let last: JobState | null = null;
  const logs = new Map<string, Promise<void>>();
  const silence = new AbortController();
  const silent = (): void => silence.abort();
  signal.addEventListener("abort", silent);
  await jobs.follow(job, signal, (state, pods) => {
    last = state;
    const line = progressOf(state);
    if (line !== told) output.note(line);
    told = line;
    const first = firstPod(pods);
    if (first !== undefined && !logs.has(first.uid)) {
      logs.set(
        first.uid,
        jobs.log(first.pod, first.container, output.log, silence.signal).catch((error: unknown) => {
          output.note(
            `the log of ${first.pod} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
          );
        }),
      );
    }
    return hasEnded(state);
  });
  const timer = setTimeout(silent, lastWordsMs);
  await Promise.all(logs.values());
  clearTimeout(timer);
  signal.removeEventListener("abort", silent);
  return signal.aborted ? null : last;
}

/** Whether nothing of a job comes any more. */
export function hasEnded({ phase }: Pick<JobState, "phase">): boolean {
  return phase === "succeeded" || phase === "failed" || phase === "put aside";
}

/**
 * The pod of a job that speaks for it, once it has something to say: the launcher where there is one, else the first of the first job.
 * Sources: kubernetes-sigs/jobset:api/jobset/v1alpha2/jobset_types.go (v0.12.0);
 * https://kubernetes.io/docs/reference/labels-annotations-taints/
 */
function firstPod(
  pods: readonly Props[],
): { readonly uid: string; readonly pod: string; readonly container: string } | undefined {
  const speaks = (pod: Props): boolean => {
    const labels = record(pod, "metadata.labels");
    const isFirst = ["jobset.sigs.k8s.io/job-index", "batch.kubernetes.io/job-completion-index"].every(
      (it) => (labels[it] ?? "0") === "0",
    );
    return (
      isFirst &&
      list(pod, "status.containerStatuses").some((it) => Object.keys(record(it, "state.waiting")).length === 0)
    );
  };
  const isLauncher = (pod: Props): boolean => {
    const labels = record(pod, "metadata.labels");
    return [labels["training.kubeflow.org/job-role"], labels["jobset.sigs.k8s.io/replicatedjob-name"]].includes(
      "launcher",
    );
  };
  const launchers = pods.filter(isLauncher);
  // The one that was made last: of a job that started anew the others are over.
  const pod = (launchers.length > 0 ? launchers : pods)
    .filter(speaks)
    .sort((a, b) => created(b).localeCompare(created(a)))[0];
  if (pod === undefined) return undefined;
  const of = (path: string): string => text(pod, path) ?? "";
  return { uid: of("metadata.uid"), pod: of("metadata.name"), container: of("spec.containers[0].name") };
}

function created(pod: Props): string {
  return text(pod, "metadata.creationTimestamp") ?? "";
}

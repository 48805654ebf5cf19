import { expect, test } from "vitest";
import type { TeamJobs } from "../../cli/job-cluster";
import { followJob } from "../../cli/job-follow";
import type { JobPhase, JobState } from "../../cli/job-state";
import type { Props } from "../../core/property-value";

function state(phase: JobPhase, ready = 0): JobState {
  return {
    name: "night",
    apiVersion: "",
    kind: "TrainJob",
    phase,
    priority: null,
    reasons: [],
    place: null,
    submitted: "",
    waitedSeconds: 0,
    nodes: 2,
    gpus: 16,
    pods: { ready, ended: 0, all: 2 },
    domains: [],
    nodeNames: [],
    exitCode: null,
  };
}

function pod(name: string, index: string, labels: Props = {}, started = true): Props {
  return {
    metadata: {
      uid: `uid-of-${name}`,
      name,
      creationTimestamp: "2026-11-21T08:00:00Z",
      labels: { "batch.kubernetes.io/job-completion-index": index, "jobset.sigs.k8s.io/job-index": "0", ...labels },
    },
    spec: { containers: [{ name: "node" }] },
    status: {
      containerStatuses: [{ state: started ? { running: {} } : { waiting: { reason: "ContainerCreating" } } }],
    },
  };
}

type Step = readonly [JobState, readonly Props[]];

/** Follows a job that goes through some steps, and says what was told and whose log was read. */
async function follow(
  steps: readonly Step[],
  log: TeamJobs["log"] = (name, container, onText) => {
    onText(`${name}/${container}\n`);
    return Promise.resolve();
  },
): Promise<{ readonly notes: readonly string[]; readonly logged: string; readonly last: JobState | null }> {
  const notes: string[] = [];
  let logged = "";
  const jobs: Pick<TeamJobs, "follow" | "log"> = {
    follow: (_job, _signal, onChange) => {
      steps.some(([it, pods]) => onChange(it, pods));
      return Promise.resolve();
    },
    log,
  };
  const output = { note: (line: string) => void notes.push(line), log: (text: string) => void (logged += text) };
  const last = await followJob(jobs, { kind: "TrainJob", name: "night" }, output, new AbortController().signal);
  return { notes, logged, last };
}

test("each change is told once, and the end ends it", async () => {
  const { notes, last } = await follow([
    [state("waits"), []],
    [state("waits"), []],
    [state("starts"), []],
    [state("starts", 1), []],
    [state("runs", 2), []],
    [state("succeeded"), []],
    [state("runs", 2), []],
  ]);
  expect(notes).toEqual([
    "waits for 2 nodes, 16 GPUs",
    "starts: 0 of 2 pods",
    "starts: 1 of 2 pods",
    "runs on 2 nodes",
    "has ended well",
  ]);
  expect(last?.phase).toBe("succeeded");
});

test("the log is that of the first pod, once it has started, and of the one that comes in its place", async () => {
  const again = {
    ...pod("first-again", "0"),
    metadata: { ...(pod("first-again", "0")["metadata"] as Props), creationTimestamp: "2026-11-21T09:00:00Z" },
  };
  const { logged } = await follow([
    [state("starts"), [pod("second", "1"), pod("first", "0", {}, false)]],
    [state("runs", 2), [pod("second", "1"), pod("first", "0")]],
    [state("runs", 2), [pod("second", "1"), pod("first", "0")]],
    [state("runs", 2), [pod("second", "1"), pod("first", "0"), again]],
    [state("failed"), [pod("first", "0"), again]],
  ]);
  expect(logged).toBe("first/node\nfirst-again/node\n");
});

test("a launcher speaks for its workers", async () => {
  const launcher = pod("launcher", "0", { "training.kubeflow.org/job-role": "launcher" });
  const { logged } = await follow([
    [state("runs", 2), [pod("worker", "0"), launcher]],
    [state("succeeded"), []],
  ]);
  expect(logged).toBe("launcher/node\n");
});

test("a log that cannot be read is told, and the job is followed on", async () => {
  const { notes } = await follow(
    [
      [state("runs", 2), [pod("first", "0")]],
      [state("succeeded"), []],
    ],
    () => Promise.reject(new Error("no kubelet")),
  );
  expect(notes).toEqual(["runs on 2 nodes", "has ended well", "the log of first cannot be read: no kubelet"]);
});

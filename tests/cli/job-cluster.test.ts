import { setImmediate } from "node:timers/promises";
import { afterEach, expect, test, vi } from "vitest";
import { TeamJobs } from "../../cli/job-cluster";
import { jobTeam } from "../../cli/job-team";
import type { KubernetesObject } from "../../core/kubernetes-object";
import type { Props } from "../../core/property-value";
import { ClusterError } from "../../verification/cluster-choice";
import { plainStacks, today } from "../stack-files";

type Cluster = ConstructorParameters<typeof TeamJobs>[0];

const team = jobTeam(plainStacks.dev, "vision", today);
const files: KubernetesObject = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "night-files" } };
const job: KubernetesObject = {
  apiVersion: "trainer.kubeflow.org/v1alpha1",
  kind: "TrainJob",
  metadata: { name: "night" },
};

const notes: string[] = [];
const note = (line: string): void => void notes.push(line);
afterEach(() => {
  notes.length = 0;
  vi.useRealTimers();
});

/** A cluster that writes down what is done to it. It has what a path, from its end on, is said to have. */
function cluster(more: Partial<Cluster> = {}, has: Readonly<Record<string, readonly Props[]>> = {}) {
  const done: string[] = [];
  const fake: Cluster = {
    prepare: () => Promise.resolve(),
    create: ({ kind }) => {
      done.push(`create ${kind}`);
      return Promise.resolve(`uid of ${kind}`);
    },
    merge: ({ kind }, patch) => {
      done.push(`merge ${kind} ${JSON.stringify(patch)}`);
      return Promise.resolve();
    },
    remove: ({ kind, metadata }) => {
      done.push(`remove ${kind} ${metadata.name}`);
      return Promise.resolve();
    },
    read: (path) => {
      const items = Object.entries(has).find(([end]) => path.endsWith(`/${end}`))?.[1];
      return Promise.resolve(items === undefined ? undefined : { items });
    },
    observe: () => Promise.resolve(),
    log: () => Promise.resolve(),
    ...more,
  };
  return { done, jobs: new TeamJobs(fake, team) };
}

function workload(name: string, created: string, finished = false): Props {
  return {
    metadata: {
      name: `trainjob-${name}-${created}`,
      creationTimestamp: created,
      ownerReferences: [{ apiVersion: "trainer.kubeflow.org/v1alpha1", kind: "TrainJob", name }],
    },
    status: { conditions: finished ? [{ type: "Finished", status: "True", reason: "Succeeded" }] : [] },
  };
}

test("what is made for a job goes with it", async () => {
  const { done, jobs } = cluster();
  await jobs.submit([files, job], { note });
  const owner = { apiVersion: job.apiVersion, kind: "TrainJob", name: "night", uid: "uid of TrainJob" };
  expect(done).toEqual([
    "create ConfigMap",
    "create TrainJob",
    `merge ConfigMap ${JSON.stringify({ metadata: { ownerReferences: [owner] } })}`,
  ]);
});

test("of a job that is refused nothing is left, and the server's words are told", async () => {
  const { done, jobs } = cluster({
    create: ({ kind }) =>
      kind === "TrainJob"
        ? Promise.reject(Object.assign(new Error("HTTP-Code: 403"), { body: { message: "no such runtime" } }))
        : Promise.resolve(""),
  });
  await expect(jobs.submit([files, job], { note })).rejects.toEqual(
    new ClusterError("The cluster does not take TrainJob night: no such runtime"),
  );
  expect(done).toEqual(["remove ConfigMap night-files"]);
});

test("a job whose runtime is new is made once the runtime has been seen, and what it waits for is told", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "Date"] });
  let tries = 0;
  const message = "admission webhook \"vtrainjob.kb.io\" denied the request: runtime 'night' not found";
  const { done, jobs } = cluster({
    create: ({ kind }) => {
      if (kind === "TrainJob" && ++tries < 3)
        return Promise.reject(Object.assign(new Error("HTTP status 403"), { body: { message } }));
      return Promise.resolve(`uid of ${kind}`);
    },
  });
  const made = jobs.submit([files, job], { note });
  await vi.advanceTimersByTimeAsync(500);
  await made;
  expect([tries, notes]).toEqual([3, ["waits: Kueue has not seen its runtime yet"]]);
  expect(done).toEqual([expect.stringMatching(/^merge ConfigMap .*"uid of TrainJob"/)]);
});

test("a job whose runtime never comes leaves nothing, after a wait", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "Date"] });
  const message = "specified trainingRuntime must be created before the TrainJob is created";
  const { done, jobs } = cluster({
    create: ({ kind }) =>
      kind === "TrainJob"
        ? Promise.reject(Object.assign(new Error("HTTP status 403"), { body: { message } }))
        : Promise.resolve(""),
  });
  const end = jobs.submit([files, job], { note }).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(await end).toEqual(new ClusterError(`The cluster does not take TrainJob night: ${message}`));
  expect(done).toEqual(["remove ConfigMap night-files"]);
});

test("what a refusal means stands before the server's words", async () => {
  const said =
    'configmaps "night-files" is forbidden: status unknown for quota: team, resources: count/configmaps,count/secrets';
  const { jobs } = cluster({
    create: () => Promise.reject(Object.assign(new Error("403"), { body: { message: said } })),
  });
  await expect(jobs.submit([files, job], { note })).rejects.toEqual(
    new ClusterError(
      `The cluster does not take ConfigMap night-files: the quota of the namespace has not counted count/configmaps,count/secrets yet, as in the minutes after a kind or a namespace is new: try again in a moment\n  (${said})`,
    ),
  );
});

test("what will not go with its job is told", async () => {
  const { jobs } = cluster({ merge: () => Promise.reject(new Error("gone")) });
  await expect(jobs.submit([files, job], { note })).rejects.toEqual(
    new ClusterError("night is submitted, but ConfigMap night-files will not go with it: gone"),
  );
});

test("who may not list is told of the jobs, whatever else is refused before", async () => {
  const { jobs } = cluster({
    read: async (path) => {
      // All is asked at once, and the jobs are refused last.
      if (path.endsWith("/trainjobs")) await setImmediate();
      throw new ClusterError(path);
    },
  });
  await expect(jobs.all()).rejects.toThrow(/\/(trainjobs|jobsets)$/);
});

test("jobs are listed in the order of their submission, each with its own pods", async () => {
  const pod = (name: string, label: string): Props => ({
    metadata: { name, labels: { [label]: "early" } },
    spec: { nodeName: `aks-h100d1-10000000-vmss00000${name}` },
  });
  const { jobs } = cluster(
    {},
    {
      workloads: [workload("late", "2026-11-21T09:00:00Z"), workload("early", "2026-11-21T08:00:00Z")],
      pods: [pod("1", "jobset.sigs.k8s.io/jobset-name"), pod("2", "training.kubeflow.org/job-name")],
      pendingworkloads: [{ metadata: { name: "trainjob-late-2026-11-21T09:00:00Z" }, positionInLocalQueue: 0 }],
    },
  );
  expect((await jobs.all()).map(({ name, nodeNames, place }) => [name, nodeNames, place])).toEqual([
    ["early", ["aks-h100d1-10000000-vmss000001"], null],
    ["late", [], { at: 1, of: 1 }],
  ]);
});

const submitted = "2026-11-21T10:00:00Z";
const queued = { "kueue.x-k8s.io/queue-name": "default" };
const trainJob = (name: string, more: Props = {}): Props => ({
  metadata: { name, creationTimestamp: submitted, labels: { ...queued, "kueue.x-k8s.io/priority-class": "idle" } },
  spec: { trainer: { numNodes: 2 } },
  ...more,
});
const over = (type: string): Props => ({ status: { conditions: [{ type, status: "True" }] } });

test("a job that Kueue has not seen yet is shown, whole, and can be cancelled", async () => {
  const { done, jobs } = cluster({}, { workloads: [], trainjobs: [trainJob("night")] });
  const { waitedSeconds, ...state } = await jobs.one("night");
  expect(waitedSeconds).toBeGreaterThan(0);
  expect(state).toEqual({
    name: "night",
    apiVersion: "trainer.kubeflow.org/v1alpha1",
    kind: "TrainJob",
    phase: "submitted",
    priority: "idle",
    reasons: [],
    place: null,
    submitted,
    nodes: 2,
    gpus: 16,
    pods: { ready: 0, ended: 0, all: 2 },
    domains: [],
    nodeNames: [],
    exitCode: null,
  });
  await jobs.cancel("night");
  expect(done).toEqual(["remove TrainJob night"]);
});

test("a JobSet that Kueue has not seen yet has the nodes and pods of its jobs", async () => {
  const limits = { "nvidia.com/gpu": "8" };
  const job = (parallelism: number, container: Props): Props => ({
    template: { spec: { parallelism, template: { spec: { containers: [container] } } } },
  });
  const jobSet = {
    metadata: { name: "rays", creationTimestamp: submitted, labels: queued },
    spec: { replicatedJobs: [job(1, {}), job(2, { resources: { limits } })] },
  };
  const { jobs } = cluster({}, { workloads: [], jobsets: [jobSet] });
  expect(await jobs.all()).toMatchObject([
    { name: "rays", kind: "JobSet", phase: "submitted", priority: null, nodes: 2, gpus: 16, pods: { all: 3 } },
  ]);
});

test("a copy that Kueue has not seen yet has pods and no nodes", async () => {
  const copy = {
    metadata: { name: "copy-data", creationTimestamp: submitted, labels: queued },
    spec: { parallelism: 3, template: { spec: { containers: [{}] } } },
  };
  const { jobs } = cluster({}, { workloads: [], jobs: [copy] });
  expect(await jobs.all()).toMatchObject([{ name: "copy-data", kind: "Job", nodes: 0, gpus: 0, pods: { all: 3 } }]);
});

test("a job is shown once, and neither what it is made of nor what is over without a Workload", async () => {
  const owner = { apiVersion: "trainer.kubeflow.org/v1alpha1", kind: "TrainJob", name: "night" };
  const { jobs } = cluster(
    {},
    {
      workloads: [workload("night", "2026-11-21T08:00:00Z")],
      trainjobs: [trainJob("night"), trainJob("old", over("Complete")), trainJob("bad", over("Failed"))],
      jobsets: [
        { metadata: { name: "night", labels: queued, ownerReferences: [owner] } },
        { metadata: { name: "older", labels: queued }, ...over("Completed") },
      ],
      // Somebody's own, which never comes to the queue.
      jobs: [{ metadata: { name: "report" }, spec: { parallelism: 1, template: {} } }],
    },
  );
  expect((await jobs.all()).map(({ name, phase }) => [name, phase])).toEqual([["night", "waits"]]);
});

test("of several jobs of one name the one that goes on is meant", async () => {
  const [first, second] = ["2026-11-21T08:00:00Z", "2026-11-21T09:00:00Z"];
  const { done, jobs } = cluster({}, { workloads: [workload("night", first), workload("night", second, true)] });
  expect((await jobs.one("night")).submitted).toBe(first);
  await jobs.cancel("night");
  expect(done).toEqual(["remove TrainJob night"]);
});

test("a name that no job has is told with what was meant, and nothing is deleted", async () => {
  const { done, jobs } = cluster({}, { workloads: [workload("night", "2026-11-21T08:00:00Z")] });
  await expect(jobs.cancel("nigth")).rejects.toThrow("NAME: must be a job of the team; got nigth. Closest: night");
  expect(done).toEqual([]);
  await expect(cluster({}, { workloads: [] }).jobs.one("night")).rejects.toThrow("The team has none");
});

test("a cluster without Kueue is told", async () => {
  await expect(cluster().jobs.all()).rejects.toEqual(
    new ClusterError("The cluster has no queue: its add-on kueue is not installed, or is starting"),
  );
});

import { expect, test } from "vitest";
import { type JobObjects, type JobState, jobState } from "../../cli/job-state";
import type { Props } from "../../core/property-value";

const submitted = "2026-11-21T08:00:00Z";
const now = Date.parse("2026-11-21T09:30:00Z");

const condition = (type: string, holds: boolean, message: string, reason = "Any"): Props => ({
  type,
  status: holds ? "True" : "False",
  reason,
  message,
  lastTransitionTime: "2026-11-21T08:10:00Z",
});

const container = { name: "node", resources: { limits: { cpu: "90", "nvidia.com/gpu": "8", "rdma/ib": "8" } } };

/** A Workload of a TrainJob of two nodes, with what happened to it. */
function workload(conditions: readonly Props[], more: Props = {}, spec: Props = {}): Props {
  return {
    metadata: {
      name: "trainjob-night-1a2b3",
      creationTimestamp: submitted,
      ownerReferences: [{ apiVersion: "trainer.kubeflow.org/v1alpha1", kind: "TrainJob", name: "night" }],
    },
    spec: { podSets: [{ name: "node", count: 2, template: { spec: { containers: [container] } } }], ...spec },
    status: { conditions, ...more },
  };
}

const admitted = [
  condition("QuotaReserved", true, "Quota reserved in ClusterQueue train-vision"),
  condition("Admitted", true, "The workload is admitted"),
];

function pod(at: number, status: Props, node = `aks-h100d2-10000000-vmss00000${at}`): Props {
  return { metadata: { name: `night-node-0-${at}-x` }, spec: { nodeName: node }, status };
}
const ready = { phase: "Running", conditions: [{ type: "Ready", status: "True" }] };
const ended = (exitCode: number): Props => ({
  phase: exitCode === 0 ? "Succeeded" : "Failed",
  containerStatuses: [{ name: "node", state: { terminated: { exitCode } } }],
});

const state = (objects: Partial<JobObjects>): JobState =>
  jobState({ workload: workload([]), pods: [], events: [], pending: null, ...objects }, ["h100d1", "h100d2"], now);

/** Phase of a job, and why it is in it. */
const told = (objects: Partial<JobObjects>): readonly string[] => {
  const { phase, reasons } = state(objects);
  return [phase, ...reasons.map(({ plain }) => plain)];
};

test("a job that waits, whole", () => {
  const message =
    "couldn't assign flavors to pod set node: insufficient unused quota for nvidia.com/gpu in flavor h100, 8 more needed";
  const priority = { priorityClassRef: { kind: "WorkloadPriorityClass", name: "idle" } };
  const position = (name: string, at: number): Props => ({ metadata: { name }, positionInLocalQueue: at });
  const objects = {
    workload: workload([condition("QuotaReserved", false, message)], {}, priority),
    pending: [position("other", 0), position("trainjob-night-1a2b3", 1), position("third", 2)],
  };
  expect(state(objects)).toEqual({
    name: "night",
    apiVersion: "trainer.kubeflow.org/v1alpha1",
    kind: "TrainJob",
    phase: "waits",
    priority: "idle",
    reasons: [{ plain: "8 GPUs more must become free for the team in pool h100: other jobs have them", said: message }],
    place: { at: 2, of: 3 },
    submitted,
    waitedSeconds: 5400,
    nodes: 2,
    gpus: 16,
    pods: { ready: 0, ended: 0, all: 2 },
    domains: [],
    nodeNames: [],
    exitCode: null,
  });
});

test("a job that runs, whole: it waited until it was admitted", () => {
  expect(state({ workload: workload(admitted), pods: [pod(1, ready), pod(0, ready)], pending: [] })).toEqual({
    name: "night",
    apiVersion: "trainer.kubeflow.org/v1alpha1",
    kind: "TrainJob",
    phase: "runs",
    priority: null,
    reasons: [],
    place: null,
    submitted,
    waitedSeconds: 600,
    nodes: 2,
    gpus: 16,
    pods: { ready: 2, ended: 0, all: 2 },
    domains: ["h100d2"],
    nodeNames: ["aks-h100d2-10000000-vmss000000", "aks-h100d2-10000000-vmss000001"],
    exitCode: null,
  });
});

test("a launcher is a pod, and no node", () => {
  const launcher = { name: "launcher", count: 1, template: { spec: { containers: [{ name: "main" }] } } };
  const workers = { name: "worker", count: 4, template: { spec: { containers: [container] } } };
  const { nodes, gpus, pods } = state({ workload: workload([], {}, { podSets: [launcher, workers] }) });
  expect({ nodes, gpus, all: pods.all }).toEqual({ nodes: 4, gpus: 32, all: 5 });
});

test.each<[what: string, objects: Partial<JobObjects>, told: readonly string[]]>([
  ["nobody has said anything of", {}, ["waits"]],
  [
    "was stopped and waits anew",
    {
      workload: workload([
        condition(
          "Evicted",
          true,
          "Preempted to accommodate a workload (UID: 1, JobUID: 2) due to prioritization in the ClusterQueue; preemptor path: /c/a; preemptee path: /c/a",
        ),
        condition("QuotaReserved", false, "Workload is pending evaluation in the scheduling queue"),
        condition("Admitted", false, "The workload has no reservation"),
      ]),
    },
    [
      "waits",
      "it was stopped for a job of the team with a higher priority, and queues anew",
      "Kueue has not looked at it yet",
    ],
  ],
  [
    "waits for nodes of Azure",
    {
      workload: workload([condition("QuotaReserved", true, "Quota reserved in ClusterQueue train-vision")], {
        admissionChecks: [{ name: "scale-up", state: "Pending", message: "Waiting" }],
      }),
    },
    ["waits", "its nodes are asked for in Azure, and are not there yet"],
  ],
  [
    "did not start in time and is tried again",
    {
      workload: workload(
        [condition("Evicted", true, "Exceeded the PodsReady timeout train-vision/trainjob-night-1a2b3")],
        { requeueState: { count: 2, requeueAt: "2026-11-21T09:40:00Z" } },
      ),
    },
    [
      "waits",
      "not all of its pods were ready in time: it gave its nodes back, and queues anew",
      "it is tried again at 2026-11-21T09:40:00Z, after 2 tries",
    ],
  ],
  [
    "never started",
    {
      workload: workload(
        [
          condition(
            "Evicted",
            true,
            "The workload is deactivated due to exceeding the maximum number of re-queuing retries",
          ),
        ],
        {},
        { active: false },
      ),
    },
    ["put aside", "it never got all of its pods ready and was put aside: cancel it, and submit it when that is mended"],
  ],
  [
    "has nodes, and pods that cannot start: told once",
    {
      workload: workload(admitted),
      pods: [0, 1].map((at) =>
        pod(at, {
          phase: "Pending",
          containerStatuses: [{ state: { waiting: { reason: "ErrImagePull", message: 'pulling image "a:1"' } } }],
        }),
      ),
    },
    ["starts", "the image a:1 cannot be pulled: look at its name, its tag and who may read it"],
  ],
  [
    "has nodes, and pulls its image",
    {
      workload: workload(admitted),
      pods: [pod(0, { containerStatuses: [{ state: { waiting: { reason: "ContainerCreating" } } }] }), pod(1, ready)],
    },
    ["starts"],
  ],
  [
    "has a pod that no node takes",
    {
      workload: workload(admitted),
      pods: [
        pod(0, {
          conditions: [
            {
              type: "PodScheduled",
              status: "False",
              message: "0/8 nodes are available: 8 Insufficient rdma/ib. preemption: no.",
            },
          ],
        }),
      ],
    },
    ["starts", "no node takes the pod, 0 of 8: 8 Insufficient rdma/ib"],
  ],
  [
    "gets no pods; what is said of other jobs is not its own",
    {
      workload: workload(admitted),
      events: [
        {
          reason: "FailedCreate",
          message:
            "pods \"night-node-0-\" is forbidden: ValidatingAdmissionPolicy 'a' with binding 'b' denied request: No. (rule c)",
          involvedObject: { kind: "Job", name: "night-node-0" },
        },
        {
          reason: "FailedCreate",
          message: "pods is forbidden: exceeded quota: team, requested: a=1, used: a=1, limited: a=1",
          involvedObject: { kind: "Job", name: "nightly" },
        },
        { reason: "Started", message: "any", involvedObject: { kind: "Job", name: "night-node-0" } },
      ],
    },
    ["starts", "the fence around the team refuses its pods: No. (rule c)"],
  ],
  [
    "has one pod that ended before the others",
    { workload: workload(admitted), pods: [pod(0, ready), pod(1, ended(0))] },
    ["runs"],
  ],
  [
    "ended well",
    { workload: workload([...admitted, condition("Finished", true, "jobset completed", "Succeeded")]) },
    ["succeeded"],
  ],
  [
    "failed",
    { workload: workload([...admitted, condition("Finished", true, "jobset failed due to one job", "Failed")]) },
    ["failed", "jobset failed due to one job"],
  ],
])("why a job that %s", (_, objects, all) => {
  expect(told(objects)).toEqual(all);
});

test("the exit code is that of what failed, else of what ended", () => {
  const codes = (...all: readonly number[]): number | null =>
    state({ pods: all.map((code, at) => pod(at, ended(code))) }).exitCode;
  expect([codes(), codes(0, 0), codes(0, 137, 0)]).toEqual([null, 0, 137]);
});

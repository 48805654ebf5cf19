import { expect, test } from "vitest";
import { type Gang, gangJob, podTemplate } from "../../../../simulator/kubernetes/scheduling/gang";

const resources = { cpu: "90", "nvidia.com/gpu": "8" };
const gang: Gang = { name: "g", namespace: "team", nodes: 8, resources, queue: "default", priority: "production" };
const metadata = {
  name: "g",
  namespace: "team",
  labels: { "kueue.x-k8s.io/queue-name": "default", "kueue.x-k8s.io/priority-class": "production" },
};
/** A Job whose pods may lose their nodes and nothing else. */
const jobOf = (pods: number): object => ({
  completionMode: "Indexed",
  parallelism: pods,
  completions: pods,
  backoffLimit: 0,
  podFailurePolicy: {
    rules: [{ action: "Ignore", onPodConditions: [{ type: "DisruptionTarget", status: "True" }] }],
  },
  template: podTemplate(gang, "Never"),
});

test.each<[Gang["as"], object]>([
  [undefined, { apiVersion: "batch/v1", kind: "Job", spec: jobOf(8) }],
  [
    { kind: "JobSet", jobs: 4 },
    {
      apiVersion: "jobset.x-k8s.io/v1alpha2",
      kind: "JobSet",
      spec: { replicatedJobs: [{ name: "workers", replicas: 4, template: { spec: jobOf(2) } }] },
    },
  ],
  [
    { kind: "TrainJob", runtime: "torch" },
    {
      apiVersion: "trainer.kubeflow.org/v1alpha1",
      kind: "TrainJob",
      spec: {
        runtimeRef: { kind: "TrainingRuntime", name: "torch" },
        trainer: { numNodes: 8, resourcesPerNode: { limits: resources, requests: resources } },
      },
    },
  ],
  [
    { kind: "LeaderWorkerSet", groups: 2 },
    {
      apiVersion: "leaderworkerset.x-k8s.io/v1",
      kind: "LeaderWorkerSet",
      spec: { replicas: 2, leaderWorkerTemplate: { size: 4, workerTemplate: podTemplate(gang, "Always") } },
    },
  ],
])("eight nodes as %j", (as, job) => {
  expect(gangJob({ ...gang, ...(as !== undefined && { as }) })).toEqual({ ...job, metadata });
});

test("pods ask for whole nodes, for a place near each other, and for what the queue would give them where there is none", () => {
  const tolerations = [{ key: "nvidia.com/gpu", operator: "Exists", effect: "NoSchedule" }];
  const nodeSelector = { pool: "h100" };
  const near = { label: "domain", how: "preferred" } as const;
  expect(podTemplate({ ...gang, near, nodeSelector, tolerations }, "Always")).toEqual({
    metadata: { annotations: { "kueue.x-k8s.io/podset-preferred-topology": "domain" } },
    spec: {
      restartPolicy: "Always",
      automountServiceAccountToken: false,
      nodeSelector,
      tolerations,
      securityContext: { runAsNonRoot: true, runAsUser: 65534, seccompProfile: { type: "RuntimeDefault" } },
      containers: [
        {
          name: "node",
          image: "registry.k8s.io/pause:3.10",
          resources: { limits: resources, requests: resources },
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ["ALL"] },
          },
        },
      ],
    },
  });
});

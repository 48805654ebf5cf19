import { labels } from "../../../catalog/scheduling";
import { listOf } from "./cel";
import type { FencePolicy, FenceRule } from "./fence-policy";

/** What controllers of the control plane call themselves where each has no account of its own. */
const controlPlane = "system:kube-controller-manager";

/**
 * Who makes pods of jobs that queue. Everybody else's pods never were in the queue: those that people make, and those of operators
 * whose jobs it does not know, such as MPIJob. Whether a job is in the queue no rule has to ask: one without the label gets
 * the queue `default` of its namespace, and one with the name of no queue waits.
 */
const makers = [controlPlane, "system:serviceaccount:kube-system:job-controller"];

/**
 * Who makes pods of further kinds that the queue knows, where their add-on is: of a LeaderWorkerSet, and of Ray.
 * Source of the account: ray-project/kuberay:helm-chart/kuberay-operator/values.yaml (v1.6.2, serviceAccount.name)
 */
const makersOf = {
  groups: "system:serviceaccount:kube-system:statefulset-controller",
  ray: "system:serviceaccount:kuberay-system:kuberay-operator",
} as const;

/** A kind of job that queues only where its add-on is. */
export type OptionalQueued = keyof typeof makersOf;

/**
 * Keeps pods with devices to those whose job was let go by the queue. `takesDevices` is a variable of the policy.
 * @param queued Kinds that queue beside jobs
 */
export function queuedPodRule(queued: readonly OptionalQueued[]): FenceRule {
  const all = [...makers, ...queued.map((it) => makersOf[it])];
  return {
    name: "queued-pods",
    expression:
      "request.operation != 'CREATE' || !variables.takesDevices || " +
      `namespaceObject.metadata.labels[?'${labels.queue}'].orValue('') == '' || request.userInfo.username in ${listOf(all)}`,
    message:
      "Where jobs queue, a pod with GPUs or HCAs must be one of a Job, a JobSet or a TrainJob, which wait for their nodes in the queue: " +
      "made by hand, or by an operator whose jobs do not queue, it would take nodes that others wait for.",
  };
}

/** Kinds that the queue knows: those that are not in the cluster nobody makes. */
export const queuedKinds = {
  groups: ["batch", "jobset.x-k8s.io", "trainer.kubeflow.org", "leaderworkerset.x-k8s.io", "ray.io"],
  resources: ["jobs", "jobsets", "trainjobs", "leaderworkersets", "rayjobs", "rayclusters", "rayservices"],
} as const;

/**
 * Keeps people from handing a job to an owner. The queue takes a job with a controller for a part of that one, and lets it go when it
 * let go its owner: one small job in the queue would be the ticket for any number behind it.
 * Source: kubernetes-sigs/kueue:pkg/controller/jobframework/reconciler.go (v0.19.2, FindAncestorJobManagedByKueue, which leaves this open)
 */
export const jobRules: FencePolicy = {
  apis: { groups: queuedKinds.groups, versions: ["*"] },
  resources: queuedKinds.resources,
  operations: ["CREATE", "UPDATE"],
  appliesTo: "request.operation == 'CREATE' || object.metadata.?ownerReferences != oldObject.metadata.?ownerReferences",
  namespaces: [
    { key: labels.tenant, operator: "Exists" },
    { key: labels.queue, operator: "Exists" },
  ],
  variables: {
    // Accounts of the own namespace are the team's.
    byController:
      `request.userInfo.username == '${controlPlane}' || ` +
      "(request.userInfo.username.startsWith('system:serviceaccount:') && " +
      "!request.userInfo.username.startsWith('system:serviceaccount:' + request.namespace + ':'))",
  },
  rules: [
    {
      name: "job-owners",
      expression:
        "variables.byController || object.metadata.?ownerReferences.orValue([]).all(it, !it.?controller.orValue(false))",
      message:
        "A job that somebody makes by hand must have no controller among its ownerReferences: with one it would start without its place in the queue.",
    },
  ],
};

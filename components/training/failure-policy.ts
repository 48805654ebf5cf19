/**
 * Exit codes of a program that was never there or was called wrongly: `python` and `torchrun` say 2 for a file or an argument that they
 * do not know, a shell 126 and 127, the container runtime 128. No restart helps.
 */
const hopelessExitCodes = [2, 126, 127, 128];

/**
 * What of a pod's end is the program's fault. The loss of a node, a drain and the queue are not: the pod comes back, on another node.
 * Source: https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-failure-policy
 */
export const podFailurePolicy = {
  rules: [
    { action: "Ignore", onPodConditions: [{ type: "DisruptionTarget", status: "True" }] },
    { action: "FailJob", onExitCodes: { operator: "In", values: hopelessExitCodes } },
  ],
} as const;

/** Restarts of a job unless it says otherwise: a fault of hardware each day or two, for weeks. */
export const defaultMaxRestarts = 10;

/**
 * When a set of jobs starts anew: all of it, once its old pods are gone, because each of them holds a node whole.
 * Source: kubernetes-sigs/jobset:api/jobset/v1alpha2/jobset_types.go (v0.12.0, FailurePolicy)
 */
export function jobSetFailurePolicy(maxRestarts: number): Readonly<Record<string, unknown>> {
  return {
    maxRestarts,
    restartStrategy: "BlockingRecreate",
    rules: [{ name: "hopeless", action: "FailJobSet", onJobFailureReasons: ["PodFailurePolicy"] }],
  };
}

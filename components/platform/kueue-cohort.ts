import type { KubernetesObjects } from "./add-on";

/** Name of the cohort of all queues. */
export const cohortName = "cluster";

/** The one cohort of a cluster: its queues lend each other what is idle. It has nothing of its own, since all nodes are somebody's. */
export function kueueCohort(): KubernetesObjects {
  return {
    "kueue-cohort": {
      apiVersion: "kueue.x-k8s.io/v1beta2",
      kind: "Cohort",
      metadata: { name: cohortName },
      spec: {},
    },
  };
}

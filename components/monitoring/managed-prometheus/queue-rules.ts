import type { RuleGroup } from "./rule-group";

/** Of several replicas of Kueue the one that decides. */
const leader = 'replica_role!="follower"';

/** Jobs that wait, for how long, and jobs that failed. */
export const queueGroup: RuleGroup = {
  name: "gpu-queues",
  description: "Queues: jobs that wait, for how long, and jobs that failed",
  every: "PT1M",
  rules: [
    {
      record: "cluster_queue_status:kueue_pending_workloads:sum",
      expression: `sum by (cluster, cluster_queue, status) (kueue_pending_workloads{${leader}})`,
    },
    {
      record: "cluster_queue:kueue_admitted_active_workloads:sum",
      expression: `sum by (cluster, cluster_queue) (kueue_admitted_active_workloads{${leader}})`,
    },
    ...[0.5, 0.95].map((share) => ({
      record: `cluster_queue:kueue_admission_wait_time_seconds:p${share * 100}_6h`,
      expression:
        `histogram_quantile(${share}, sum by (cluster, cluster_queue, le) ` +
        `(rate(kueue_admission_wait_time_seconds_bucket{${leader}}[6h])))`,
    })),
    {
      record: "namespace:jobset_failed:increase1h",
      expression: "sum by (cluster, namespace) (increase(jobset_failed_total[1h]))",
    },
  ],
};

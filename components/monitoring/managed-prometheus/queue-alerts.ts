import { budgetQuota } from "../../../catalog/budget-quota";
import { alertRows } from "../alert-rows";
import type { MeteredPool } from "./metered-pool";
import { counted, leader } from "./queue-rules";
import { nodeOfPool, onPod, records } from "./records";
import type { AlertRule } from "./rule-group";

/** Alerts on queues and on jobs that have left them. */
export function queueAlerts(pools: readonly MeteredPool[]): AlertRule[] {
  const full = pools.flatMap(({ key, growsTo }) =>
    growsTo === null ? [] : [`count by (cluster, pool) (${nodeOfPool(key)}) >= ${growsTo}`],
  );
  return [
    { alert: "JobCannotStart", expression: `${records.pendingJobs}{status="inadmissible"} > 0` },
    {
      alert: "JobsWaitLong",
      expression: `cluster_queue:kueue_admission_wait_time_seconds:p95_6h > ${alertRows.JobsWaitLong.threshold}`,
    },
    {
      alert: "QueueStopped",
      expression: `max by (cluster, cluster_queue) (kueue_cluster_queue_status{status="active", ${leader}}) == 0`,
    },
    {
      alert: "JobDidNotBecomeReady",
      expression: `sum by (cluster, cluster_queue) (${counted("kueue_evicted_workloads_total", ["cluster_queue", "underlying_cause", "priority_class"], `reason="PodsReadyTimeout"`, `, ${leader}`)}) > 0`,
    },
    { alert: "JobsFail", expression: `${records.jobsFailed} >= ${alertRows.JobsFail.threshold}` },
    {
      alert: "PodRestartsAgain",
      expression:
        "max by (cluster, namespace, pod) (increase(kube_pod_container_status_restarts_total[1h])) " +
        `>= ${alertRows.PodRestartsAgain.threshold} and ${onPod} max by (cluster, namespace, pod) (${records.allocated})`,
    },
    ...(full.length === 0
      ? []
      : [
          {
            alert: "PoolAtItsMaximum",
            expression: `(${full.join(" or ")}) and on (cluster) (sum by (cluster) (${records.pendingJobs}) > 0)`,
          } as const,
        ]),
  ];
}

/** What a team cost within 30 days, beside what it may cost in a month: a number of its namespace. */
export const budgetAlerts: readonly AlertRule[] = [
  {
    alert: "TeamBudgetUsed",
    expression:
      "sum_over_time(namespace:cost_usd:sum1h[30d]) >= on (cluster, namespace) " +
      `max by (cluster, namespace) (kube_resourcequota{resource="${budgetQuota}", type="hard"})`,
  },
];

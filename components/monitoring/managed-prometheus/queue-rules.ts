import { records } from "./records";
import type { RuleGroup } from "./rule-group";

/** Of several replicas of Kueue the one that decides. */
export const leader = 'replica_role!="follower"';

/**
 * What a counter counted in the last hour, where a series begins with what it counts: nothing of it is there before, so that its increase
 * misses the first. The series of an hour ago is looked for whatever `now` says beside it, since a replica that leads anew brings back all
 * that it counted before.
 * @param labels Those that tell its series apart, beside the cluster and who told it.
 * @param both Matchers of now and of an hour ago.
 * @param now Further matchers of now, after a comma.
 */
export function counted(metric: string, labels: readonly string[], both: string, now = ""): string {
  const selected = `${metric}{${both}${now}}`;
  const series = ["cluster", "instance", ...labels].join(", ");
  return `(increase(${selected}[1h]) > 0) or (${selected} unless on (${series}) ${metric}{${both}} offset 1h)`;
}

/** Jobs that wait, for how long, and jobs that failed. */
export const queueGroup: RuleGroup = {
  name: "gpu-queues",
  description: "Queues: jobs that wait, for how long, and jobs that failed",
  every: "PT1M",
  rules: [
    {
      record: records.pendingJobs,
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
      record: records.jobsFailed,
      expression: `sum by (cluster, namespace) (${counted("jobset_failed_total", ["namespace", "jobset_name"], 'namespace!=""')})`,
    },
  ],
};

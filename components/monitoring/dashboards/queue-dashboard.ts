import { leader } from "../managed-prometheus/queue-rules";
import { records } from "../managed-prometheus/records";
import { type Dashboard, of, panel } from "./panel";

/** Queues: who waits, for how long, and what became of jobs. */
export const queueDashboard: Dashboard = {
  key: "queue",
  title: "Queues",
  description: "Jobs that wait, for how long, and jobs that failed",
  ofOneTeam: false,
  rows: [
    {
      title: "Now",
      panels: [
        panel("stat", "Jobs that wait", "In all queues.", "short", 6, [[`sum(${of(records.pendingJobs)})`, "waiting"]]),
        panel(
          "stat",
          "Jobs that do not fit",
          "Into what their queue may have now.",
          "short",
          6,
          [[`sum(${of(records.pendingJobs, 'status="inadmissible"')}) or vector(0)`, "inadmissible"]],
          [1, 5],
        ),
        panel("stat", "Jobs that run", "Admitted, in all queues.", "short", 6, [
          [`sum(${of("cluster_queue:kueue_admitted_active_workloads:sum")})`, "running"],
        ]),
        panel(
          "stat",
          "Queues that take no jobs",
          "Stopped, or something that they name is missing.",
          "short",
          6,
          [
            [
              `count(max by (cluster_queue) (${of("kueue_cluster_queue_status", `status="active", ${leader}`)}) == 0) or vector(0)`,
              "queues",
            ],
          ],
          [1, 1],
        ),
      ],
    },
    {
      title: "Waiting",
      panels: [
        panel(
          "timeseries",
          "Jobs that wait, by queue",
          "Active: they are next when there is room. Inadmissible: they do not fit now.",
          "short",
          12,
          [[of(records.pendingJobs), "{{cluster_queue}} {{status}}"]],
        ),
        panel("timeseries", "Jobs that run, by queue", "Admitted and not done.", "short", 12, [
          [of("cluster_queue:kueue_admitted_active_workloads:sum"), "{{cluster_queue}}"],
        ]),
        panel(
          "timeseries",
          "How long half of the jobs waited at most",
          "Of those that were admitted within six hours.",
          "s",
          12,
          [[of("cluster_queue:kueue_admission_wait_time_seconds:p50_6h"), "{{cluster_queue}}"]],
        ),
        panel(
          "timeseries",
          "How long one in twenty waited at least",
          "Of those that were admitted within six hours.",
          "s",
          12,
          [[of("cluster_queue:kueue_admission_wait_time_seconds:p95_6h"), "{{cluster_queue}}"]],
        ),
      ],
    },
    {
      title: "What became of jobs",
      panels: [
        panel(
          "timeseries",
          "Jobs that lost their nodes, by reason",
          "Evictions an hour: PodsReadyTimeout is a gang that did not start, Preempted gave way to others.",
          "short",
          12,
          [
            [
              `sum by (cluster_queue, reason) (increase(${of("kueue_evicted_workloads_total", leader)}[1h]))`,
              "{{cluster_queue}} {{reason}}",
            ],
          ],
        ),
        panel(
          "timeseries",
          "JobSets that failed within an hour, by team",
          "Several at once: look for a node, an image or a store.",
          "short",
          12,
          [[of(records.jobsFailed), "{{namespace}}"]],
        ),
      ],
    },
  ],
};

import { records } from "../managed-prometheus/records";
import { type Dashboard, of, panel } from "./panel";

const ready = of("kube_node_status_condition", 'condition="Ready", status="true"');

/** Nodes, what runs on them, and models: what an administrator opens first. */
export const clusterDashboard: Dashboard = {
  key: "cluster",
  title: "Cluster",
  description: "Nodes, GPUs that are free, what does not run, and requests to models",
  ofOneTeam: false,
  rows: [
    {
      title: "Now",
      panels: [
        panel("stat", "Nodes ready", "Nodes of every pool that report to Kubernetes.", "short", 4, [
          [`sum(${ready})`, "ready"],
        ]),
        panel(
          "stat",
          "Nodes not ready",
          "What ran there is lost in minutes.",
          "short",
          4,
          [[`count(${ready} == 0) or vector(0)`, "not ready"]],
          [1, 2],
        ),
        panel("stat", "GPUs", "GPUs, or instances of MIG, that nodes offer.", "short", 4, [
          [`sum(${of(records.allocatable)})`, "GPUs"],
        ]),
        panel("stat", "GPUs that nobody has", "What a job could get now.", "short", 4, [
          [`sum(${of("pool:gpus_unallocated:sum")})`, "free"],
        ]),
        panel("stat", "Jobs that wait", "In all queues.", "short", 4, [[`sum(${of(records.pendingJobs)})`, "waiting"]]),
        panel("stat", "List price an hour", "Of the GPUs that somebody has.", "currencyUSD", 4, [
          [`sum(${of("namespace:cost_usd_per_hour:sum")})`, "USD/h"],
        ]),
      ],
    },
    {
      title: "Nodes",
      panels: [
        panel("timeseries", "Nodes by pool", "What the autoscaler bought and gave back.", "short", 12, [
          [`count by (pool) (${of(records.nodePool)})`, "{{pool}}"],
        ]),
        panel("timeseries", "GPUs that nobody has, by pool", "They cost like the others.", "short", 12, [
          [of("pool:gpus_unallocated:sum"), "{{pool}}"],
        ]),
        panel(
          "timeseries",
          "Nodes by the verdict of their checks",
          "Not true: such a node takes no jobs.",
          "short",
          12,
          [[of("pool_status:nodes_gpu_healthy:sum"), "{{pool}}: healthy {{status}}"]],
        ),
        panel(
          "timeseries",
          "How far above their floors checks are",
          "The worst node of a pool in each check: at 1 it is at its floor, and below it fails.",
          "short",
          12,
          [[of("pool_check:gpu_node_check_over_floor:min"), "{{pool}} {{check}}"]],
        ),
      ],
    },
    {
      title: "What does not run",
      panels: [
        panel(
          "timeseries",
          "Pods by phase",
          "Pending for long: look at the queue, then at images and volumes.",
          "short",
          12,
          [[`sum by (phase) (${of("kube_pod_status_phase")})`, "{{phase}}"]],
        ),
        panel("timeseries", "Restarts an hour", "The five pods that restart most.", "short", 12, [
          [
            `topk(5, sum by (namespace, pod) (increase(${of("kube_pod_container_status_restarts_total")}[1h])))`,
            "{{namespace}}/{{pod}}",
          ],
        ]),
        panel(
          "table",
          "DaemonSets that miss nodes",
          "Nothing here is good: a row is a DaemonSet with the nodes that it does not run on.",
          "short",
          12,
          [
            [
              `sum by (namespace, daemonset) (${of("kube_daemonset_status_desired_number_scheduled")} - ${of("kube_daemonset_status_number_ready")}) > 0`,
              "nodes that miss it",
            ],
          ],
        ),
        panel("table", "Deployments of which nothing runs", "Nothing here is good.", "short", 12, [
          [
            `sum by (namespace, deployment) (${of("kube_deployment_spec_replicas")}) > 0 unless on (namespace, deployment) (sum by (namespace, deployment) (${of("kube_deployment_status_replicas_available")}) > 0)`,
            "replicas wanted",
          ],
        ]),
      ],
    },
    {
      title: "Models",
      panels: [
        panel("timeseries", "Requests", "By the route of each model.", "reqps", 8, [
          [of(records.requests), "{{route}}"],
        ]),
        panel("timeseries", "Requests that fail in the cluster", "The part of all requests.", "percentunit", 8, [
          [of(records.failedRequests), "{{route}}"],
        ]),
        panel("timeseries", "Time of a request", "19 in 20 take less.", "s", 8, [
          [of(records.requestSeconds), "{{route}}"],
        ]),
      ],
    },
  ],
};

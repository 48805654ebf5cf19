import { labels } from "../../../catalog/scheduling";
import { jobLabels, metricLabel } from "../../../catalog/reported-labels";
import { overGpus } from "./gpu-metrics";
import type { MeteredPool } from "./metered-pool";
import { oneOf, onNode, onPod, records } from "./records";
import type { RuleGroup } from "./rule-group";

/** Whole GPUs and instances of MIG, as kube-state-metrics writes the names of resources. */
const devices = 'resource=~"nvidia_com_gpu|nvidia_com_mig_.+|amd_com_gpu"';
const poolLabel = metricLabel(labels.pool);
const payerLabel = metricLabel(labels.costCenter);
/** Who pays for each namespace. */
const payer = `max by (cluster, namespace, cost_center) (label_replace(kube_namespace_labels{${payerLabel}!=""}, "cost_center", "$1", "${payerLabel}", "(.+)"))`;

/** Share of the time below which a GPU that somebody has counts as idle, and how long it must be so. */
const idle = { below: 0.05, range: "[15m]" } as const;

/** What GPUs do, for whom and for how much, in groups that build on one another. */
export function gpuGroups(pools: readonly MeteredPool[]): RuleGroup[] {
  return [nodes(pools), pods(pools), teamsAndJobs, hourly(pools)];
}

function nodes(pools: readonly MeteredPool[]): RuleGroup {
  const priced = pools.filter(({ usdPerHour }) => usdPerHour !== null);
  const used = `(sum by (cluster, node) (${records.allocated}) or ${onNode} ${records.allocatable} * 0)`;
  const ofPool = `${onNode} group_left (pool) ${records.nodePool}`;
  return {
    name: "gpu-nodes",
    description: "GPU nodes: their pool, price and health, and what of them nobody has",
    every: "PT1M",
    rules: [
      {
        record: records.nodePool,
        expression: `max by (cluster, node, pool) (label_replace(kube_node_labels{${poolLabel}=~"${oneOf(pools)}"}, "pool", "$1", "${poolLabel}", "(.+)"))`,
      },
      ...(priced.length === 0
        ? []
        : [
            {
              record: records.nodePrice,
              expression: priced
                .map(
                  ({ key, usdPerHour }) =>
                    `max by (cluster, node) (${records.nodePool}{pool="${key}"}) * ${usdPerHour ?? 0}`,
                )
                .join(" or "),
            },
          ]),
      { record: records.allocatable, expression: `sum by (cluster, node) (kube_node_status_allocatable{${devices}})` },
      {
        record: records.allocated,
        // A pod that still pulls its image has its GPUs already, and one that is done has them no more.
        expression:
          `sum by (cluster, namespace, pod, node) (kube_pod_container_resource_requests{${devices}, node!=""})` +
          ` * ${onPod} group_left () (max by (cluster, namespace, pod) (kube_pod_status_phase{phase=~"Pending|Running"}) == 1)`,
      },
      {
        record: records.podCost,
        // A pod pays the share of its node that it has.
        expression:
          `${records.allocated} / ${onNode} group_left () ${records.allocatable}` +
          ` * ${onNode} group_left () ${records.nodePrice}`,
      },
      {
        record: "pool:gpus_unallocated:sum",
        expression: `sum by (cluster, pool) ((${records.allocatable} - ${onNode} ${used}) * ${ofPool})`,
      },
      {
        record: "pool_status:nodes_gpu_healthy:sum",
        expression: `sum by (cluster, pool, status) (kube_node_status_condition{condition="GpuHealthy"} * ${ofPool})`,
      },
      {
        // 1 is a node at its floor, below which it would not work.
        record: "pool_check:gpu_node_check_over_floor:min",
        expression:
          "min by (cluster, pool, check) (gpu_node_check_value / on (cluster, pool, check, unit) group_left () " +
          "max by (cluster, pool, check, unit) (gpu_node_check_floor))",
      },
    ],
  };
}

function pods(pools: readonly MeteredPool[]): RuleGroup {
  const activity = overGpus(pools, (it) => it.activity(idle.range));
  // The first label that a pod has wins.
  const names = jobLabels.map((key) => {
    const label = metricLabel(key);
    return `max by (cluster, namespace, pod, workload) (label_replace(kube_pod_labels{${label}!=""}, "workload", "$1", "${label}", "(.+)"))`;
  });
  return {
    name: "gpu-pods",
    description: "Pods with GPUs: their job, and what their GPUs do",
    every: "PT1M",
    rules: [
      { record: records.workload, expression: names.join(` or ${onPod} `) },
      {
        record: records.podWatts,
        expression: `sum by (cluster, namespace, pod) (${overGpus(pools, (it) => it.watts)})`,
      },
      {
        record: records.podIdle,
        expression: `count by (cluster, namespace, pod) ((${activity}) < ${idle.below})`,
      },
      {
        record: "namespace:gpu_activity:avg",
        expression: `avg by (cluster, namespace) (${overGpus(pools, (it) => it.activity(""))})`,
      },
      {
        record: "namespace:gpu_tensor_activity:avg",
        expression: 'avg by (cluster, namespace) (DCGM_FI_PROF_PIPE_TENSOR_ACTIVE{pod!=""})',
      },
    ],
  };
}

/** What is summed over the pods of a team, which is its namespace, and over those of a job. */
const sums = [
  ["gpus_allocated", records.allocated],
  ["cost_usd_per_hour", records.podCost],
  ["gpu_power_watts", records.podWatts],
  ["gpus_idle", records.podIdle],
] as const;

const teamsAndJobs: RuleGroup = {
  name: "gpu-teams-and-jobs",
  description: "GPUs, cost, power and idle GPUs of each team and of each job",
  every: "PT1M",
  rules: sums.flatMap(([metric, ofPods]) => [
    { record: `namespace:${metric}:sum`, expression: `sum by (cluster, namespace) (${ofPods})` },
    {
      record: `namespace_workload:${metric}:sum`,
      expression: `sum by (cluster, namespace, workload) (${ofPods} * ${onPod} group_left (workload) ${records.workload})`,
    },
  ]),
};

/** Amounts of the hour that is over, one sample an hour: their sum over days is what was used in these days. */
function hourly(pools: readonly MeteredPool[]): RuleGroup {
  const energy = `sum by (cluster, namespace, pod) (${overGpus(pools, (it) => it.kilowattHours("[1h]"))})`;
  // A job that ended within the hour has no pods any more.
  const workload = `max_over_time(${records.workload}[1h])`;
  const overTheHour = (rate: string): string => `sum_over_time(${rate}:sum[1h:1m]) / 60`;
  const amounts = [
    ["gpu_hours", "gpus_allocated"],
    ["gpu_idle_hours", "gpus_idle"],
    ["cost_usd", "cost_usd_per_hour"],
  ] as const;
  return {
    name: "gpu-hours",
    description:
      "GPU-hours, idle GPU-hours, cost and energy of each team and of each job in the last hour, and the cost of each cost center",
    every: "PT1H",
    rules: [
      ...(["namespace", "namespace_workload"] as const).flatMap((level) =>
        amounts.map(([amount, rate]) => ({
          record: `${level}:${amount}:sum1h`,
          expression: overTheHour(`${level}:${rate}`),
        })),
      ),
      {
        record: "cost_center:cost_usd:sum1h",
        expression:
          `sum by (cluster, cost_center) (${overTheHour("namespace:cost_usd_per_hour")}` +
          ` * on (cluster, namespace) group_left (cost_center) ${payer})`,
      },
      { record: "namespace:gpu_energy_kwh:increase1h", expression: `sum by (cluster, namespace) (${energy})` },
      {
        record: "namespace_workload:gpu_energy_kwh:increase1h",
        expression: `sum by (cluster, namespace, workload) (${energy} * ${onPod} group_left (workload) ${workload})`,
      },
    ],
  };
}

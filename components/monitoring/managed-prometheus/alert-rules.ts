import { linkFlaps } from "../../../catalog/link-flaps";
import { faultyXids } from "../../../catalog/driver-faults";
import { overGpus } from "./gpu-metrics";
import type { MeteredPool } from "./metered-pool";
import { records } from "./records";
import type { AlertRule, RuleGroup } from "./rule-group";

/**
 * Alerts on GPUs, their links and queues. None of them goes anywhere by itself: they stand in Azure Monitor, and an alert processing rule
 * of yours may send them on. What has floors or numbers of the catalogue takes them from there.
 */
export function alertGroups(pools: readonly MeteredPool[]): RuleGroup[] {
  const nvidia = pools.some(({ vendor }) => vendor === "nvidia");
  const fabric = pools.filter(({ infiniband }) => infiniband !== null);
  return [
    {
      name: "gpu-alerts",
      description: "Alerts on GPUs and their nodes",
      every: "PT1M",
      rules: [...(nvidia ? ofNvidia : []), ...ofNodes(pools)],
    },
    { name: "queue-alerts", description: "Alerts on queues", every: "PT1M", rules: ofQueues },
    ...(fabric.length === 0
      ? []
      : [
          {
            name: "infiniband-alerts",
            description: "Alerts on InfiniBand",
            every: "PT1M",
            rules: ofLinks(fabric),
          } as const,
        ]),
  ];
}

const ofNvidia: readonly AlertRule[] = [
  {
    alert: "GpuFault",
    expression: `max by (cluster, node, UUID, xid) (DCGM_EXP_XID_ERRORS_COUNT{xid=~"${faultyXids.join("|")}"}) > 0`,
    for: "PT1M",
    severity: 1,
    description:
      "The driver reports an error that means that a GPU, its memory or its links are at fault. Cordon the node and drain it.",
  },
  {
    alert: "GpuMemoryWithoutSpareRows",
    expression: "max by (cluster, node, UUID) (DCGM_FI_DEV_ROW_REMAP_FAILURE) > 0",
    for: "PT1M",
    severity: 1,
    description: "The memory of a GPU has no spare rows left for its errors. Cordon the node and have it replaced.",
  },
  {
    alert: "GpuNvlinkRecovers",
    expression: "max by (cluster, node, UUID) (increase(DCGM_FI_DEV_NVLINK_RECOVERY_ERROR_COUNT_TOTAL[1h])) > 0",
    for: "PT5M",
    severity: 3,
    description: "An NVLink of a GPU failed and came back. If it does so again, drain the node and have it checked.",
  },
  {
    alert: "GpuTooHotOrShortOfPower",
    expression:
      'max by (cluster, node, UUID, clock_event) (DCGM_EXP_CLOCK_EVENTS_COUNT{clock_event=~"hw_thermal|sw_thermal|hw_power_brake"}) > 0',
    for: "PT10M",
    severity: 3,
    description: "A GPU lowers its clocks because of heat or power. A job waits for its slowest GPU: look at the node.",
  },
];

/** Nodes of which Kubernetes says that they are ready. */
const ready = 'and on (cluster, node) (kube_node_status_condition{condition="Ready", status="true"} == 1)';

function ofNodes(pools: readonly MeteredPool[]): AlertRule[] {
  const missing = pools
    .map(
      ({ key, devices }) =>
        `${records.allocatable} < ${devices} and on (cluster, node) ${records.nodePool}{pool="${key}"}`,
    )
    .join(" or ");
  return [
    {
      alert: "GpuMemoryError",
      expression: `max by (cluster, node) (${overGpus(pools, (it) => it.memoryErrors("[10m]"))}) > 0`,
      for: "PT1M",
      severity: 1,
      description: "A GPU had a memory error that could not be corrected. What ran on it is lost: cordon the node.",
    },
    {
      alert: "GpuMissing",
      expression: `(${missing}) ${ready}`,
      for: "PT30M",
      severity: 2,
      description: "A node that is ready offers fewer GPUs than its size has. Cordon it and have it replaced.",
    },
    {
      alert: "GpuNodeUnhealthy",
      expression: 'max by (cluster, node) (kube_node_status_condition{condition="GpuHealthy", status="false"}) == 1',
      for: "PT15M",
      severity: 2,
      description: "The checks of a node failed. Its condition GpuHealthy says what: docs/runbooks/bad-gpu-node.md.",
    },
    {
      alert: "GpuNodesStayClosed",
      expression: "max by (cluster, pool) (gpu_nodes_closed) > 0",
      for: "PT2H",
      severity: 3,
      description:
        "Nodes of a pool bill and take no pods: kubectl get nodes --label-columns azure-gpu-cluster/gpu-health.",
    },
    {
      alert: "GpuNotMeasured",
      expression: `${records.allocatable} > 0 unless on (cluster, node) (${overGpus(pools, (it) => it.anything)})`,
      for: "PT30M",
      severity: 3,
      description: "A node offers GPUs that nothing measures: their faults, power and use are not seen.",
    },
    {
      alert: "GpusIdle",
      expression: "namespace_workload:gpus_idle:sum > 0",
      for: "PT1H",
      severity: 4,
      description: "A job has had GPUs for an hour that do nothing. It costs like one that works.",
    },
  ];
}

const ofQueues: readonly AlertRule[] = [
  {
    alert: "JobCannotStart",
    expression: 'cluster_queue_status:kueue_pending_workloads:sum{status="inadmissible"} > 0',
    for: "PT2H",
    severity: 3,
    description: "A job has waited for two hours because it does not fit into what its queue may have now.",
  },
  {
    alert: "JobDidNotBecomeReady",
    expression:
      'sum by (cluster, cluster_queue) (increase(kueue_evicted_workloads_total{reason="PodsReadyTimeout", replica_role!="follower"}[1h])) > 0',
    for: "PT1M",
    severity: 2,
    description:
      "A job got its nodes, and its pods did not all become ready in time. It lost its nodes and queues anew.",
  },
];

function ofLinks(pools: readonly MeteredPool[]): AlertRule[] {
  const down = pools
    .map(
      ({ key, infiniband }) =>
        `${records.portsActive} < ${infiniband?.hcas ?? 0} and on (cluster, node) ${records.nodePool}{pool="${key}"}`,
    )
    .join(" or ");
  return [
    {
      alert: "InfinibandPortDown",
      expression: `(${down}) ${ready}`,
      for: "PT15M",
      severity: 1,
      description: "A node has fewer InfiniBand ports at full speed than its size has. Cordon it: a job would hang.",
    },
    {
      alert: "InfinibandLinkFlaps",
      expression: `node:infiniband_link_downed:increase1d > ${linkFlaps}`,
      for: "PT1M",
      severity: 2,
      description: "An InfiniBand link went down again and again within a day. Cordon the node and have it replaced.",
    },
  ];
}

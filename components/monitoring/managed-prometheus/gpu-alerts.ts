import { faultyXids } from "../../../catalog/driver-faults";
import { overGpus } from "./gpu-metrics";
import type { MeteredPool } from "./metered-pool";
import { nodeOfPool, onPod, readyNode, records } from "./records";
import type { AlertRule } from "./rule-group";

/** Alerts on GPUs and their nodes. */
export function gpuAlerts(pools: readonly MeteredPool[]): AlertRule[] {
  const nvidia = pools.some(({ vendor }) => vendor === "nvidia");
  return [...(nvidia ? ofNvidia : []), ...ofNodes(pools)];
}

const ofNvidia: readonly AlertRule[] = [
  {
    alert: "GpuFault",
    expression: `max by (cluster, node, UUID, xid) (DCGM_EXP_XID_ERRORS_COUNT{xid=~"${faultyXids.join("|")}"}) > 0`,
  },
  {
    alert: "GpuMemoryWithoutSpareRows",
    expression: "max by (cluster, node, UUID) (DCGM_FI_DEV_ROW_REMAP_FAILURE) > 0",
  },
  {
    alert: "GpuNvlinkRecovers",
    expression: "max by (cluster, node, UUID) (increase(DCGM_FI_DEV_NVLINK_RECOVERY_ERROR_COUNT_TOTAL[1h])) > 0",
  },
  {
    alert: "GpuTooHotOrShortOfPower",
    expression:
      'max by (cluster, node, UUID, clock_event) (DCGM_EXP_CLOCK_EVENTS_COUNT{clock_event=~"hw_thermal|sw_thermal|hw_power_brake"}) > 0',
  },
];

function ofNodes(pools: readonly MeteredPool[]): AlertRule[] {
  const missing = pools.map(
    ({ key, devices }) => `${records.allocatable} < ${devices} and on (cluster, node) ${nodeOfPool(key)}`,
  );
  return [
    {
      alert: "GpuMemoryError",
      expression: `max by (cluster, node) (${overGpus(pools, (it) => it.memoryErrors("[10m]"))}) > 0`,
    },
    { alert: "GpuMissing", expression: `(${missing.join(" or ")}) ${readyNode}` },
    {
      alert: "GpuNodeUnhealthy",
      expression: 'max by (cluster, node) (kube_node_status_condition{condition="GpuHealthy", status="false"}) == 1',
    },
    { alert: "GpuNodesStayClosed", expression: "max by (cluster, pool) (gpu_nodes_closed) > 0" },
    {
      alert: "GpuNotMeasured",
      expression: `${records.allocatable} > 0 unless on (cluster, node) (${overGpus(pools, (it) => it.anything)})`,
    },
    { alert: "GpusIdle", expression: "namespace_workload:gpus_idle:sum > 0" },
    {
      alert: "GpusHeldByStartingPod",
      expression:
        `max by (cluster, namespace, pod) (${records.allocated}) > 0 and ${onPod} ` +
        '(max by (cluster, namespace, pod) (kube_pod_status_phase{phase="Pending"}) == 1)',
    },
  ];
}

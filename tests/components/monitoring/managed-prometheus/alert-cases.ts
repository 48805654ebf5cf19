import { budgetQuota } from "../../../../catalog/budget-quota";
import { labels } from "../../../../catalog/scheduling";
import { metricLabel } from "../../../../catalog/reported-labels";
import type { AlertName } from "../../../../components/monitoring/alert-rows";
import { conditionType } from "../../../../components/platform/node-health/controller-config";
import { sampleCluster } from "../sample-cluster";

/** How an alert is tried: series that are bad for a while, or good. All else follows from its rule. */
export interface AlertCase {
  /** Series that the fault shows in, without values. */
  readonly shows: readonly string[];
  /**
   * Values of each while the fault is there, and while it is not: one for all samples, or a number that it grows by with each, from the one
   * that it begins with.
   */
  readonly bad: number | { readonly by: number; readonly from?: number };
  readonly good: number | { readonly by: number };
  /** Series that hold all the while, with one value each. */
  readonly beside?: Readonly<Record<string, number>>;
  /** Labels of the alert beside the cluster. */
  readonly labels: Readonly<Record<string, string>>;
  /** Between two samples, in seconds. @default 60 */
  readonly interval?: number;
  /** Seconds after the fault began before an expression over a range can see it. @default 0 */
  readonly seenAfter?: number;
  /** Seconds that an expression looks back, so that it sees a fault that is over. @default 0 */
  readonly looksBack?: number;
}

/** A series with labels, as a rule finds it. */
function s(metric: string, own: Readonly<Record<string, string>>): string {
  const all = Object.entries({ cluster: sampleCluster, ...own }).map(([name, value]) => `${name}="${value}"`);
  return `${metric}{${all.join(", ")}}`;
}

const node = { node: "h1" };
const gpu = { ...node, gpu: "0", UUID: "GPU-1" };
const pod = { namespace: "train-vision", pod: "p" };
const isReady = { [s("kube_node_status_condition", { ...node, condition: "Ready", status: "true" })]: 1 };
const inPool = { [s("kube_node_labels", { ...node, [metricLabel(labels.pool)]: "h200" })]: 1 };
const hour = 3600;

/** Seven ports of eight: the one that is left over. */
const ports = Array.from({ length: 8 }, (_, at) => ({ instance: "h1", device: `mlx5_${at}`, port: "1" }));
const portsBeside = Object.fromEntries([
  ...ports.map((it) => [s("node_infiniband_rate_bytes_per_second", it), 50e9] as const),
  ...ports.slice(1).map((it) => [s("node_infiniband_state_id", it), 4] as const),
]);

/** Every alert. One that has no case here fails a test. */
export const alertCases: Readonly<Record<AlertName, AlertCase>> = {
  GpuFault: {
    shows: [s("DCGM_EXP_XID_ERRORS_COUNT", { ...gpu, xid: "79" })],
    bad: 1,
    good: 0,
    // An error of the program is none of the machine.
    beside: { [s("DCGM_EXP_XID_ERRORS_COUNT", { ...gpu, xid: "31" })]: 5 },
    labels: { ...node, UUID: "GPU-1", xid: "79" },
  },
  GpuMemoryWithoutSpareRows: {
    shows: [s("DCGM_FI_DEV_ROW_REMAP_FAILURE", gpu)],
    bad: 1,
    good: 0,
    labels: { ...node, UUID: "GPU-1" },
  },
  GpuMemoryError: {
    shows: [s("DCGM_FI_DEV_ECC_DBE_VOL_TOTAL", gpu)],
    bad: { by: 1 },
    good: 0,
    labels: node,
    seenAfter: 60,
    looksBack: 600,
  },
  GpuMissing: {
    shows: [s("kube_node_status_allocatable", { ...node, resource: "nvidia_com_gpu" })],
    bad: 7,
    good: 8,
    beside: { ...isReady, ...inPool },
    labels: node,
  },
  GpuNodeUnhealthy: {
    shows: [s("kube_node_status_condition", { ...node, condition: conditionType, status: "false" })],
    bad: 1,
    good: 0,
    labels: node,
  },
  GpuTooHotOrShortOfPower: {
    shows: [s("DCGM_EXP_CLOCK_EVENTS_COUNT", { ...gpu, clock_event: "hw_thermal" })],
    bad: 1,
    good: 0,
    // A cap of power is no fault.
    beside: { [s("DCGM_EXP_CLOCK_EVENTS_COUNT", { ...gpu, clock_event: "sw_power_cap" })]: 9 },
    labels: { ...node, UUID: "GPU-1", clock_event: "hw_thermal" },
  },
  GpuNvlinkRecovers: {
    shows: [s("DCGM_FI_DEV_NVLINK_RECOVERY_ERROR_COUNT_TOTAL", gpu)],
    bad: { by: 1 },
    good: 0,
    labels: { ...node, UUID: "GPU-1" },
    seenAfter: 60,
    looksBack: hour,
  },
  GpuNodesStayClosed: {
    shows: [s("gpu_nodes_closed", { pool: "h200", node: "any" })],
    bad: 1,
    good: 0,
    labels: { pool: "h200" },
  },
  GpuNotMeasured: {
    // Bad is a series that is not there.
    shows: [],
    bad: 0,
    good: 0,
    beside: { [s("kube_node_status_allocatable", { ...node, resource: "nvidia_com_gpu" })]: 8 },
    labels: node,
  },
  GpusIdle: {
    shows: [s("namespace_workload:gpus_idle:sum", { namespace: "train-vision", workload: "resnet" })],
    bad: 1,
    good: 0,
    labels: { namespace: "train-vision", workload: "resnet" },
  },
  GpusHeldByStartingPod: {
    shows: [s("kube_pod_status_phase", { ...pod, uid: "u", phase: "Pending" })],
    bad: 1,
    good: 0,
    beside: { [s("namespace_pod_node:gpus_allocated:sum", { ...pod, node: "h1" })]: 8 },
    labels: pod,
  },
  NodeNotReady: {
    shows: [s("kube_node_status_condition", { ...node, condition: "Ready", status: "true" })],
    bad: 0,
    good: 1,
    labels: node,
  },
  NodeUnderPressure: {
    shows: [s("kube_node_status_condition", { ...node, condition: "DiskPressure", status: "true" })],
    bad: 1,
    good: 0,
    labels: { ...node, condition: "DiskPressure" },
  },
  PoolAtItsMaximum: {
    shows: [s("kueue_pending_workloads", { cluster_queue: "train-vision", status: "active", replica_role: "leader" })],
    bad: 3,
    good: 0,
    beside: Object.fromEntries(
      ["h1", "h2", "h3", "h4"].map((it) => [s("node_pool:kube_node_labels:max", { node: it, pool: "h200" }), 1]),
    ),
    labels: { pool: "h200" },
  },
  JobCannotStart: {
    shows: [
      s("kueue_pending_workloads", { cluster_queue: "train-vision", status: "inadmissible", replica_role: "leader" }),
    ],
    bad: 1,
    good: 0,
    // What a replica that follows remembers does not count.
    beside: {
      [s("kueue_pending_workloads", { cluster_queue: "other", status: "inadmissible", replica_role: "follower" })]: 1,
    },
    labels: { cluster_queue: "train-vision", status: "inadmissible" },
  },
  JobsWaitLong: {
    shows: [s("cluster_queue:kueue_admission_wait_time_seconds:p95_6h", { cluster_queue: "train-vision" })],
    bad: 14_401,
    good: 14_400,
    labels: { cluster_queue: "train-vision" },
  },
  QueueStopped: {
    shows: [
      s("kueue_cluster_queue_status", { cluster_queue: "train-vision", status: "active", replica_role: "standalone" }),
    ],
    bad: 0,
    good: 1,
    labels: { cluster_queue: "train-vision" },
  },
  JobDidNotBecomeReady: {
    shows: [
      s("kueue_evicted_workloads_total", {
        cluster_queue: "train-vision",
        reason: "PodsReadyTimeout",
        replica_role: "leader",
        instance: "kueue-0",
      }),
    ],
    // The series is not there before it counts the first.
    bad: { by: 1, from: 1 },
    good: 0,
    // Gave way to others.
    beside: {
      [s("kueue_evicted_workloads_total", {
        cluster_queue: "train-vision",
        reason: "Preempted",
        replica_role: "leader",
      })]: 4,
    },
    labels: { cluster_queue: "train-vision" },
    looksBack: hour,
  },
  JobsFail: {
    shows: ["a", "b", "c"].map((it) =>
      s("jobset_failed_total", { namespace: "train-vision", jobset_name: it, instance: "jobset-0" }),
    ),
    bad: { by: 1, from: 1 },
    good: 0,
    labels: { namespace: "train-vision" },
    looksBack: hour,
  },
  PodRestartsAgain: {
    shows: [s("kube_pod_container_status_restarts_total", { ...pod, uid: "u", container: "main" })],
    bad: { by: 1 },
    good: 0,
    beside: { [s("namespace_pod_node:gpus_allocated:sum", { ...pod, node: "h1" })]: 8 },
    labels: pod,
    // Five restarts.
    seenAfter: 300,
    looksBack: hour,
  },
  DaemonSetIncomplete: {
    shows: [s("kube_daemonset_status_number_ready", { namespace: "gpu-operator", daemonset: "nvidia-driver" })],
    bad: 2,
    good: 3,
    beside: {
      [s("kube_daemonset_status_desired_number_scheduled", { namespace: "gpu-operator", daemonset: "nvidia-driver" })]:
        3,
    },
    labels: { namespace: "gpu-operator", daemonset: "nvidia-driver" },
  },
  DeploymentDown: {
    shows: [s("kube_deployment_status_replicas_available", { namespace: "infer-chat", deployment: "small" })],
    bad: 0,
    good: 1,
    beside: {
      [s("kube_deployment_spec_replicas", { namespace: "infer-chat", deployment: "small" })]: 2,
      // Parked on purpose.
      [s("kube_deployment_spec_replicas", { namespace: "infer-chat", deployment: "parked" })]: 0,
      [s("kube_deployment_status_replicas_available", { namespace: "infer-chat", deployment: "parked" })]: 0,
    },
    labels: { namespace: "infer-chat", deployment: "small" },
  },
  InfinibandPortDown: {
    shows: [s("node_infiniband_state_id", ports[0] ?? {})],
    bad: 1,
    good: 4,
    beside: { ...portsBeside, ...isReady, ...inPool },
    labels: node,
  },
  InfinibandLinkFlaps: {
    shows: [s("node_infiniband_link_downed_total", { instance: "h1", device: "mlx5_0" })],
    bad: { by: 1 },
    good: 0,
    labels: node,
    // More than four.
    seenAfter: 300,
    looksBack: 24 * hour,
  },
  InfinibandErrors: {
    shows: [s("node_infiniband_port_errors_received_total", { instance: "h1", device: "mlx5_0" })],
    bad: { by: 1 },
    good: 0,
    labels: node,
    interval: 120,
    seenAfter: 120,
    looksBack: hour,
  },
  VolumeAlmostFull: {
    shows: [s("kubelet_volume_stats_available_bytes", { namespace: "train-vision", persistentvolumeclaim: "lustre" })],
    bad: 99,
    good: 100,
    beside: {
      [s("kubelet_volume_stats_capacity_bytes", { namespace: "train-vision", persistentvolumeclaim: "lustre" })]: 1000,
    },
    labels: { namespace: "train-vision", persistentvolumeclaim: "lustre" },
  },
  CertificateExpires: {
    // The time of these worlds begins at zero.
    shows: [
      s("certmanager_certificate_expiration_timestamp_seconds", { namespace: "inference-gateway", name: "models" }),
    ],
    bad: 14 * 24 * hour - 1,
    good: 90 * 24 * hour,
    labels: { namespace: "inference-gateway", name: "models" },
  },
  ModelFails: {
    shows: [s("agentgateway_requests_total", { route: "infer-chat/small", status: "503" })],
    bad: { by: 6 },
    good: { by: 4 },
    // A hundred requests in each minute.
    beside: {},
    labels: { route: "infer-chat/small" },
    seenAfter: 60,
    looksBack: 300,
  },
  ModelSlow: {
    shows: [s("route:gateway_request_seconds:p95_5m", { route: "infer-chat/small" })],
    bad: 61,
    good: 60,
    labels: { route: "infer-chat/small" },
  },
  TeamBudgetUsed: {
    shows: [s("namespace:cost_usd:sum1h", { namespace: "train-vision" })],
    // 720 hours of as much.
    bad: 100,
    good: 1,
    beside: {
      [s("kube_resourcequota", { namespace: "train-vision", resourcequota: "q", resource: budgetQuota, type: "hard" })]:
        7200,
      [s("kube_resourcequota", { namespace: "train-vision", resourcequota: "q", resource: budgetQuota, type: "used" })]:
        0,
    },
    labels: { namespace: "train-vision" },
    interval: hour,
    // 72 hours cost as much as the budget: the first of them is counted at once.
    seenAfter: 71 * hour,
    looksBack: 30 * 24 * hour,
  },
};

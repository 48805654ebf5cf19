import { jobLabels, metricLabel } from "../../../catalog/reported-labels";
import { budgetQuota } from "../../../catalog/budget-quota";
import { labels } from "../../../catalog/scheduling";
import type { GpuPoolRef } from "../../../components/cluster/gpu-pool/gpu-pool-ref";
import { pool } from "../platform/facts";

/** Pools of the sample: two nodes with eight GPUs and InfiniBand, of which there can be four, and one with a GPU. */
export const samplePools: readonly GpuPoolRef[] = [
  { ...pool("h200", "Standard_ND96isr_H200_v5"), rdmaResource: "rdma/ib", autoscaled: true, maxNodes: 4 },
  { ...pool("a10", "Standard_NV36ads_A10_v5"), gpuStack: "aks-driver", gpusPerNode: 1, maxNodes: 1 },
];

/** Between two samples, and how long they go on, in seconds. */
export const sampleInterval = 60;
export const sampleEnd = 3 * 3600;
const steps = sampleEnd / sampleInterval;

/** Name of the cluster in every series. */
export const sampleCluster = "aks-gpu-prod-eastus2";

/**
 * One line in the notation of Prometheus' own tests: a series with its values.
 * @param values One value that holds, or a sequence in that notation.
 */
export function line(metric: string, own: Readonly<Record<string, string>>, values: number | string): string {
  const all = Object.entries({ cluster: sampleCluster, ...own }).map(([name, value]) => `${name}="${value}"`);
  return `${metric}{${all.join(", ")}} ${typeof values === "number" ? `${values}x${steps}` : values}`;
}

/** A counter that grows by as much with every sample. */
const grows = (by: number): string => `0+${by}x${steps}`;
/** Up for an hour and a half, and down again. */
const hill = (low: number, high: number): string => {
  const by = (high - low) / (steps / 2);
  return `${low}+${by}x${steps / 2 - 1} ${high}-${by}x${steps / 2}`;
};

const poolLabel = metricLabel(labels.pool);
const [jobSetLabel, , , , jobLabel] = jobLabels.map(metricLabel);

/** A pod with GPUs of a node: what each of them does. */
interface SamplePod {
  readonly namespace: string;
  readonly pod: string;
  readonly node: string;
  readonly workload: Readonly<Record<string, string>>;
  readonly gpus: readonly { readonly watts: number; readonly active: string | number }[];
}

const eight = Array.from({ length: 8 }, () => ({ watts: 600, active: hill(0.5, 0.9) }));
const pods: readonly SamplePod[] = [
  { namespace: "train-language", pod: "llm-0", node: "h1", workload: { [jobSetLabel ?? ""]: "llm" }, gpus: eight },
  {
    namespace: "train-vision",
    pod: "resnet-0",
    node: "h2",
    workload: { [jobLabel ?? ""]: "resnet" },
    gpus: [
      { watts: 400, active: 0.6 },
      { watts: 400, active: 0.6 },
      { watts: 400, active: 0.6 },
      { watts: 100, active: 0 },
    ],
  },
];

const node = (name: string, key: string, gpus: number): string[] => [
  line("kube_node_labels", { node: name, [poolLabel]: key }, 1),
  line("kube_node_status_allocatable", { node: name, resource: "nvidia_com_gpu", unit: "integer" }, gpus),
  line("kube_node_status_condition", { node: name, condition: "Ready", status: "true" }, 1),
  line("kube_node_status_condition", { node: name, condition: "GpuHealthy", status: "true" }, 1),
  line("kube_node_status_condition", { node: name, condition: "GpuHealthy", status: "false" }, 0),
];

const gpu = ({ namespace, pod, node }: SamplePod, at: number, watts: number, active: string | number): string[] => {
  const own = { node, namespace, pod, container: "main", gpu: String(at), UUID: `GPU-${node}-${at}` };
  return [
    line("DCGM_FI_DEV_POWER_USAGE", own, watts),
    line("DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION", own, grows(watts * 1000 * sampleInterval)),
    line("DCGM_FI_PROF_GR_ENGINE_ACTIVE", own, active),
    line("DCGM_FI_PROF_PIPE_TENSOR_ACTIVE", own, 0.25),
    line("DCGM_FI_DEV_ECC_DBE_VOL_TOTAL", own, 0),
    line("DCGM_FI_DEV_ROW_REMAP_FAILURE", own, 0),
    line("DCGM_FI_DEV_NVLINK_RECOVERY_ERROR_COUNT_TOTAL", own, at === 0 ? grows(1) : 0),
  ];
};

const ofPod = (it: SamplePod): string[] => {
  const { namespace, pod, node, workload, gpus } = it;
  const own = { namespace, pod, uid: pod };
  return [
    line(
      "kube_pod_container_resource_requests",
      { ...own, container: "main", node, resource: "nvidia_com_gpu", unit: "integer" },
      gpus.length,
    ),
    line("kube_pod_status_phase", { ...own, phase: "Running" }, 1),
    line("kube_pod_status_phase", { ...own, phase: "Pending" }, 0),
    line("kube_pod_labels", { ...own, ...workload }, 1),
    line("kube_pod_container_status_restarts_total", { ...own, container: "main" }, pod === "llm-0" ? 0 : grows(0.05)),
    ...gpus.flatMap(({ watts, active }, at) => gpu(it, at, watts, active)),
  ];
};

const adapters = (node: string, bytes: number): string[] =>
  Array.from({ length: 8 }, (_, at) => ({ instance: node, device: `mlx5_${at}`, port: "1" })).flatMap((own) => [
    line("node_infiniband_state_id", own, 4),
    line("node_infiniband_rate_bytes_per_second", own, 50e9),
    line("node_infiniband_port_data_received_bytes_total", own, grows(bytes * sampleInterval)),
    line("node_infiniband_port_data_transmitted_bytes_total", own, grows(bytes * sampleInterval)),
    line("node_infiniband_link_downed_total", own, 0),
    line("node_infiniband_symbol_error_total", own, own.device === "mlx5_3" && node === "h2" ? grows(1) : 0),
    line("node_infiniband_port_errors_received_total", own, 0),
  ]);

const queue = (name: string, active: number, inadmissible: number, running: number): string[] => {
  const own = { cluster_queue: name, replica_role: "leader", instance: "kueue-0" };
  // All jobs waited between one and two minutes.
  const waits = { ...own, priority_class: "" };
  return [
    line("kueue_cluster_queue_status", { ...own, status: "active" }, 1),
    line("kueue_pending_workloads", { ...own, status: "active" }, active),
    line("kueue_pending_workloads", { ...own, status: "inadmissible" }, inadmissible),
    line("kueue_pending_workloads", { ...own, status: "active", replica_role: "follower", instance: "kueue-1" }, 99),
    line("kueue_admitted_active_workloads", own, running),
    line("kueue_admission_wait_time_seconds_bucket", { ...waits, le: "60" }, 0),
    line("kueue_admission_wait_time_seconds_bucket", { ...waits, le: "120" }, grows(1)),
    line("kueue_admission_wait_time_seconds_bucket", { ...waits, le: "+Inf" }, grows(1)),
    line(
      "kueue_evicted_workloads_total",
      { ...own, reason: "Preempted", underlying_cause: "", priority_class: "" },
      grows(0.1),
    ),
  ];
};

const volume = (namespace: string, name: string, free: number): string[] => [
  line("kubelet_volume_stats_capacity_bytes", { namespace, persistentvolumeclaim: name, instance: "h1" }, 128e12),
  line(
    "kubelet_volume_stats_available_bytes",
    { namespace, persistentvolumeclaim: name, instance: "h1" },
    free * 128e12,
  ),
];

const route = (name: string, rate: number): string[] => {
  const own = { route: name, status: "200", gateway: "models", instance: "gateway-0" };
  const seconds = (le: string, share: number): string =>
    line("agentgateway_request_duration_seconds_bucket", { ...own, le }, grows(rate * sampleInterval * share));
  return [
    line("agentgateway_requests_total", own, grows(rate * sampleInterval * 0.99)),
    line("agentgateway_requests_total", { ...own, status: "503" }, grows(rate * sampleInterval * 0.01)),
    seconds("1", 0.5),
    seconds("10", 1),
    seconds("+Inf", 1),
  ];
};

/** What the exporters of a small cluster say for three hours. */
export const sampleSeries: readonly string[] = [
  ...node("h1", "h200", 8),
  ...node("h2", "h200", 8),
  ...node("a1", "a10", 1),
  ...pods.flatMap(ofPod),
  line("DCGM_EXP_XID_ERRORS_COUNT", { node: "h2", gpu: "3", UUID: "GPU-h2-3", xid: "31" }, 2),
  line("DCGM_EXP_CLOCK_EVENTS_COUNT", { node: "h1", gpu: "0", UUID: "GPU-h1-0", clock_event: "sw_power_cap" }, 3),
  line("DCGM_FI_DEV_ROW_REMAP_FAILURE", { node: "a1", gpu: "0", UUID: "GPU-a1-0" }, 1),
  ...adapters("h1", 20e9),
  ...adapters("h2", 10e9),
  ...["train-language", "train-vision"].flatMap((namespace, at) => [
    line("kube_namespace_labels", { namespace, [metricLabel(labels.costCenter)]: `cc-${at + 1}` }, 1),
    line("kube_resourcequota", { namespace, resourcequota: "team", resource: budgetQuota, type: "hard" }, 200_000),
    line("jobset_failed_total", { namespace, jobset_name: `old-${at}`, instance: "jobset-0" }, 1),
  ]),
  // Two more failed within the last hour.
  ...["a", "b"].map((name) =>
    line(
      "jobset_failed_total",
      { namespace: "train-vision", jobset_name: name, instance: "jobset-0" },
      `_x${steps - 30} 1x30`,
    ),
  ),
  ...queue("train-language", 2, 1, 1),
  ...queue("train-vision", 0, 0, 1),
  ...["power", "copy"].flatMap((check, at) => [
    line("gpu_node_check_value", { node: "h1", pool: "h200", check, unit: "GB/s" }, 360 + 20 * at),
    line("gpu_node_check_value", { node: "h2", pool: "h200", check, unit: "GB/s" }, 345),
    line("gpu_node_check_floor", { pool: "h200", check, unit: "GB/s", node: "h1" }, 300),
  ]),
  line("gpu_nodes_closed", { pool: "h200" }, 0),
  ...volume("train-language", "lustre", 0.4),
  ...volume("train-vision", "lustre", 0.4),
  ...volume("train-vision", "scratch", 0.08),
  ...route("infer-chat/small", 10),
  ...route("train-vision/judge", 2),
  line("kube_daemonset_status_desired_number_scheduled", { namespace: "gpu-operator", daemonset: "nvidia-driver" }, 3),
  line("kube_daemonset_status_number_ready", { namespace: "gpu-operator", daemonset: "nvidia-driver" }, 2),
  line("kube_deployment_spec_replicas", { namespace: "kueue-system", deployment: "kueue" }, 2),
  line("kube_deployment_status_replicas_available", { namespace: "kueue-system", deployment: "kueue" }, 2),
  line("kube_deployment_spec_replicas", { namespace: "infer-chat", deployment: "small" }, 1),
  line("kube_deployment_status_replicas_available", { namespace: "infer-chat", deployment: "small" }, 0),
  line("certmanager_certificate_expiration_timestamp_seconds", { namespace: "inference-gateway", name: "models" }, 5e6),
];

import { dcgmCounters } from "./dcgm-counters";
import { jobLabels, metricLabel, reportedLabels } from "./reported-labels";

/** Something that answers with metrics, and what of its answer is kept. */
export interface Exporter {
  /** Labels that each of its metrics has when it arrives. */
  readonly labels: readonly string[];
  /** Metrics that are kept, by name, with the labels that no other of them has. Each series of each bills by the sample. */
  readonly metrics: Readonly<Record<string, readonly string[]>>;
  readonly source: string;
}

/** Labels that every metric has: Azure adds the name of the cluster, and whoever scrapes says what and where. */
export const collectedLabels: readonly string[] = ["cluster", "job", "instance"];

/** Pod that has the GPU; absent while nobody has it. The node comes by the relabelling of our monitors. */
const gpuHolder = ["node", "namespace", "pod", "container"];

const counter = (name: string) => [name, [] as readonly string[]] as const;

/**
 * Every exporter whose metrics the rules of this project read, with the metrics that they read. What is not here does not exist for
 * them, and is not ingested where that can be chosen.
 */
export const exporters = {
  /** NVIDIA's GPUs. */
  dcgm: {
    labels: [...gpuHolder, "gpu", "UUID", "GPU_I_ID", "GPU_I_PROFILE"],
    metrics: Object.fromEntries(dcgmCounters.map(({ name, labels }) => [name, labels])),
    source:
      "NVIDIA/dcgm-exporter:internal/pkg/rendermetrics/render_metrics.go, internal/pkg/transformation/const.go (4.5.3-4.8.2)",
  },
  /** AMD's GPUs. Each of its metrics is a gauge for Prometheus. */
  amd: {
    labels: [...gpuHolder, "gpu_id", "gpu_partition_id"],
    metrics: Object.fromEntries(
      // Percent, W, uJ, and errors since the start.
      ["gpu_gfx_activity", "gpu_power_usage", "gpu_energy_consumed", "gpu_ecc_uncorrect_total"].map(counter),
    ),
    source: "ROCm/device-metrics-exporter:pkg/amdgpu/gpuagent/gpuagent_gpu_metrics.go (v1.5.1)",
  },
  /** Adapters, by the node exporter that is part of AKS's node image: its collector for InfiniBand is on by default. */
  infiniband: {
    labels: ["device", "port"],
    metrics: Object.fromEntries(
      [
        // 4 is active.
        "node_infiniband_state_id",
        "node_infiniband_rate_bytes_per_second",
        "node_infiniband_port_data_received_bytes_total",
        "node_infiniband_port_data_transmitted_bytes_total",
        "node_infiniband_link_downed_total",
        "node_infiniband_symbol_error_total",
        "node_infiniband_port_errors_received_total",
      ].map(counter),
    ),
    source:
      "prometheus/node_exporter:collector/infiniband_linux.go (v1.9.1); Azure/AgentBaker:parts/common/components.json and " +
      "parts/linux/cloud-init/artifacts/node-exporter/node-exporter-startup.sh (2026-08-21)",
  },
  /** Objects of Kubernetes, by the kube-state-metrics of AKS. */
  kubeState: {
    labels: [],
    metrics: {
      kube_daemonset_status_desired_number_scheduled: ["namespace", "daemonset"],
      kube_daemonset_status_number_ready: ["namespace", "daemonset"],
      kube_deployment_spec_replicas: ["namespace", "deployment"],
      kube_deployment_status_replicas_available: ["namespace", "deployment"],
      kube_namespace_labels: ["namespace", ...reportedLabels.namespaces.map(metricLabel)],
      kube_node_labels: ["node", ...reportedLabels.nodes.map(metricLabel)],
      kube_node_status_allocatable: ["node", "resource", "unit"],
      kube_node_status_condition: ["node", "condition", "status"],
      kube_pod_container_resource_requests: ["namespace", "pod", "uid", "container", "node", "resource", "unit"],
      kube_pod_container_status_restarts_total: ["namespace", "pod", "uid", "container"],
      kube_pod_labels: ["namespace", "pod", "uid", ...jobLabels.map(metricLabel)],
      kube_pod_status_phase: ["namespace", "pod", "uid", "phase"],
      kube_resourcequota: ["namespace", "resourcequota", "resource", "type"],
    },
    source:
      "kubernetes/kube-state-metrics:internal/store/{daemonset,deployment,namespace,node,pod,resourcequota}.go (v2.19.0); that Azure keeps " +
      "each: MicrosoftDocs/azure-monitor-docs:articles/azure-monitor/containers/prometheus-metrics-scrape-default.md (2025-09-10)",
  },
  /** Room of the volumes that pods have mounted, by the kubelet. Drivers of Lustre and Blob tell it. */
  kubelet: {
    labels: ["namespace", "persistentvolumeclaim"],
    metrics: Object.fromEntries(
      ["kubelet_volume_stats_available_bytes", "kubelet_volume_stats_capacity_bytes"].map(counter),
    ),
    source:
      "kubernetes/kubernetes:pkg/kubelet/metrics/collectors/volume_stats.go (v1.36.3); that Azure keeps them: as above; Lustre's driver: " +
      "kubernetes-sigs/azurelustre-csi-driver:pkg/azurelustre/nodeserver.go (26f6442, NodeGetVolumeStats)",
  },
  /** Queues. Replicas that do not decide say what they remember: `replica_role` tells them apart. */
  kueue: {
    labels: ["cluster_queue", "replica_role"],
    metrics: {
      // 1 for the one status that a queue has: `active`, `pending` where it is stopped or misses something, `terminating`.
      kueue_cluster_queue_status: ["status"],
      kueue_pending_workloads: ["status"],
      kueue_admitted_active_workloads: [],
      kueue_admission_wait_time_seconds_bucket: ["priority_class", "le"],
      kueue_evicted_workloads_total: ["reason", "underlying_cause", "priority_class"],
    },
    source: "kubernetes-sigs/kueue:pkg/metrics/metrics.go, pkg/util/roletracker/tracker.go (v0.19.2)",
  },
  /** What checks of GPU nodes found. */
  nodeHealth: {
    labels: ["node", "pool"],
    metrics: {
      gpu_node_check_value: ["check", "unit"],
      gpu_node_check_floor: ["check", "unit"],
      gpu_nodes_closed: [],
    },
    source: "components/platform/node-health/controller/metrics.ts of this project",
  },
  jobSet: {
    labels: ["namespace", "jobset_name"],
    // One series for each JobSet that failed: it is there from the first failure on, and not before.
    metrics: { jobset_failed_total: [] },
    source: "kubernetes-sigs/jobset:pkg/metrics/metrics.go (v0.12.0)",
  },
  /** Certificates that cert-manager keeps. */
  certManager: {
    labels: ["name", "namespace", "issuer_name", "issuer_kind", "issuer_group"],
    // Unix time; 0 while there is no certificate yet.
    metrics: { certmanager_certificate_expiration_timestamp_seconds: [] },
    source: "cert-manager/cert-manager:internal/collectors/certificate_collector.go (v1.21.1)",
  },
  /** Requests to models, by the gateway that all of them share. A route is written namespace/name. */
  gateway: {
    labels: ["backend", "protocol", "method", "status", "reason", "bind", "gateway", "listener", "route", "route_rule"],
    metrics: { agentgateway_requests_total: [], agentgateway_request_duration_seconds_bucket: ["le"] },
    source:
      "agentgateway/agentgateway:crates/agentgateway/src/telemetry/metrics.rs, crates/core/src/metrics.rs (v1.4.1)",
  },
} as const satisfies Readonly<Record<string, Exporter>>;

/** A pattern that takes the metrics of an exporter that are kept, and no other. */
export function keepPattern({ metrics }: Exporter): string {
  return Object.keys(metrics).join("|");
}

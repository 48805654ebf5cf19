/** Records that other rules or dashboards read, by the name that they have in Prometheus: `level:metric:operation`. */
export const records = {
  nodePool: "node_pool:kube_node_labels:max",
  nodePrice: "node:price_usd_per_hour:max",
  allocatable: "node:gpus_allocatable:sum",
  allocated: "namespace_pod_node:gpus_allocated:sum",
  podCost: "namespace_pod_node:cost_usd_per_hour:sum",
  podWatts: "namespace_pod:gpu_power_watts:sum",
  podIdle: "namespace_pod:gpus_idle:count",
  workload: "namespace_pod_workload:kube_pod_labels:max",
  portsActive: "node:infiniband_ports_active:sum",
  pendingJobs: "cluster_queue_status:kueue_pending_workloads:sum",
  jobsFailed: "namespace:jobset_failed:increase1h",
  requests: "route:gateway_requests:rate5m",
  failedRequests: "route:gateway_requests_failed:ratio_rate5m",
  requestSeconds: "route:gateway_request_seconds:p95_5m",
  volumeFree: "namespace_persistentvolumeclaim:volume_free:ratio",
} as const;

/** Matches the one series of a node. */
export const onNode = "on (cluster, node)";

/** Matches the one series of a pod. */
export const onPod = "on (cluster, namespace, pod)";

/** Leaves nodes of which Kubernetes says that they are ready. */
export const readyNode = `and ${onNode} (kube_node_status_condition{condition="Ready", status="true"} == 1)`;

/** Nodes of one pool. */
export function nodeOfPool(key: string): string {
  return `${records.nodePool}{pool="${key}"}`;
}

/** A pattern for the pools of these keys, which are lowercase letters, digits and nothing else. */
export function oneOf(pools: readonly { readonly key: string }[]): string {
  return pools.map(({ key }) => key).join("|");
}

import { describe, expect, it } from "vitest";
import type { GpuPoolRef } from "../../../../components/cluster/gpu-pool/gpu-pool-ref";
import { addOns, type PlatformShape } from "../../../../components/platform/add-ons";
import { type AddOnPlan, planPlatform } from "../../../../components/platform/plan-platform";
import { problemsOf } from "../../../recorded";
import { pool } from "../facts";

const h100 = { ...pool("h100"), rdmaResource: "rdma/ib" };
const mi300x: GpuPoolRef = { ...pool("mi300x", "Standard_ND96isr_MI300X_v5"), gpuStack: "amd-operator" };
const gb300: GpuPoolRef = { ...pool("gb300", "Standard_ND128isr_GB300_v6"), gpuStack: "gb-dra", gpusPerNode: 4 };

function planOf(
  pools: readonly GpuPoolRef[],
  { choices = {}, ...facts }: { choices?: PlatformShape; metrics?: boolean } = { metrics: true },
): AddOnPlan | undefined {
  const plan = planPlatform(addOns, choices, { kubernetesVersion: "1.36", pools, ...facts });
  return plan.addOns.find(({ key }) => key === "metrics");
}

const limits = { labelLimit: 63, labelNameLengthLimit: 511, labelValueLengthLimit: 1023 };
const relabelings = [
  { action: "labeldrop", regex: "namespace|pod|container|endpoint|service" },
  { sourceLabels: ["__meta_kubernetes_pod_node_name"], targetLabel: "node" },
];
const openTo = (namespace: string, port: number) => ({
  apiVersion: "networking.k8s.io/v1",
  kind: "NetworkPolicy",
  metadata: { name: "metrics", namespace },
  spec: {
    podSelector: {},
    policyTypes: ["Ingress"],
    ingress: [
      {
        from: [
          {
            namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
            podSelector: { matchLabels: { rsName: "ama-metrics" } },
          },
        ],
        ports: [{ protocol: "TCP", port }],
      },
    ],
  },
});

const serviceMonitor = (namespace: string, matchLabels: object, keep: string, labels: string) => ({
  apiVersion: "azmonitoring.coreos.com/v1",
  kind: "ServiceMonitor",
  metadata: { name: "metrics", namespace },
  spec: {
    ...limits,
    selector: { matchLabels },
    endpoints: [
      {
        path: "/metrics",
        interval: "30s",
        honorLabels: true,
        relabelings,
        metricRelabelings: [
          { action: "keep", sourceLabels: ["__name__"], regex: keep },
          { action: "labelkeep", regex: labels },
        ],
        targetPort: 8443,
        scheme: "https",
        bearerTokenFile: "/var/run/secrets/kubernetes.io/serviceaccount/token",
        tlsConfig: { insecureSkipVerify: true },
      },
    ],
  },
});

describe("the metrics", () => {
  it("are those of GPUs, queues and JobSets, from pods that are open to the agents of managed Prometheus alone", () => {
    expect(planOf([h100])?.objects).toEqual({
      "metrics-settings": {
        apiVersion: "v1",
        kind: "ConfigMap",
        metadata: { name: "ama-metrics-settings-configmap", namespace: "kube-system" },
        data: {
          "schema-version": "v2",
          "cluster-metrics":
            "default-targets-metrics-keep-list: |-\n" +
            '  nodeexporter = "node_infiniband_state_id|node_infiniband_rate_bytes_per_second|' +
            "node_infiniband_port_data_received_bytes_total|node_infiniband_port_data_transmitted_bytes_total|" +
            'node_infiniband_link_downed_total|node_infiniband_symbol_error_total|node_infiniband_port_errors_received_total"\n',
        },
      },
      "metrics-nvidia": {
        apiVersion: "azmonitoring.coreos.com/v1",
        kind: "PodMonitor",
        metadata: { name: "metrics", namespace: "gpu-operator" },
        spec: {
          ...limits,
          selector: { matchLabels: { app: "nvidia-dcgm-exporter" } },
          podMetricsEndpoints: [
            {
              path: "/metrics",
              interval: "30s",
              honorLabels: true,
              relabelings,
              metricRelabelings: [
                {
                  action: "keep",
                  sourceLabels: ["__name__"],
                  regex:
                    "DCGM_FI_PROF_GR_ENGINE_ACTIVE|DCGM_FI_DEV_GPU_UTIL|DCGM_FI_PROF_PIPE_TENSOR_ACTIVE|DCGM_FI_DEV_POWER_USAGE|" +
                    "DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION|DCGM_EXP_XID_ERRORS_COUNT|DCGM_EXP_CLOCK_EVENTS_COUNT|" +
                    "DCGM_FI_DEV_ECC_DBE_VOL_TOTAL|DCGM_FI_DEV_ROW_REMAP_FAILURE|DCGM_FI_DEV_NVLINK_RECOVERY_ERROR_COUNT_TOTAL",
                },
                {
                  action: "labelkeep",
                  regex:
                    "__name__|cluster|job|instance|node|namespace|pod|container|gpu|UUID|GPU_I_ID|GPU_I_PROFILE|xid|clock_event",
                },
              ],
              portNumber: 9400,
            },
          ],
        },
      },
      "metrics-nvidia-port": openTo("gpu-operator", 9400),
      "metrics-node-health": {
        apiVersion: "azmonitoring.coreos.com/v1",
        kind: "PodMonitor",
        metadata: { name: "metrics", namespace: "node-health" },
        spec: {
          ...limits,
          selector: { matchLabels: { app: "node-health" } },
          podMetricsEndpoints: [
            {
              path: "/metrics",
              interval: "30s",
              honorLabels: true,
              relabelings,
              metricRelabelings: [
                {
                  action: "keep",
                  sourceLabels: ["__name__"],
                  regex: "gpu_node_check_value|gpu_node_check_floor|gpu_nodes_closed",
                },
                { action: "labelkeep", regex: "__name__|cluster|job|instance|node|pool|check|unit" },
              ],
              portNumber: 8080,
            },
          ],
        },
      },
      "metrics-node-health-port": openTo("node-health", 8080),
      "metrics-kueue": serviceMonitor(
        "kueue-system",
        { "app.kubernetes.io/instance": "kueue", "app.kubernetes.io/component": "metrics-service" },
        "kueue_cluster_queue_status|kueue_pending_workloads|kueue_admitted_active_workloads|kueue_admission_wait_time_seconds_bucket|kueue_evicted_workloads_total",
        "__name__|cluster|job|instance|node|cluster_queue|replica_role|status|priority_class|le|reason|underlying_cause",
      ),
      "metrics-kueue-port": openTo("kueue-system", 8443),
      "metrics-job-set": serviceMonitor(
        "jobset-system",
        { "app.kubernetes.io/instance": "jobset", "app.kubernetes.io/component": "controller" },
        "jobset_failed_total",
        "__name__|cluster|job|instance|node|namespace|jobset_name",
      ),
      "metrics-job-set-port": openTo("jobset-system", 8443),
    });
  });

  it("come after the add-ons that they look at", () => {
    expect(planOf([h100, mi300x])?.after).toEqual(["gpuOperator", "amdGpuOperator", "nodeHealth", "kueue", "jobSet"]);
  });

  it("are not there without managed Prometheus", () => {
    expect(planOf([h100], {})).toBeUndefined();
    expect(planOf([h100], { metrics: true, choices: { metrics: false } })).toBeUndefined();
    expect(problemsOf(() => planOf([h100], { choices: { metrics: {} } }))).toEqual([
      "metrics: is not possible: the environment has no managed Prometheus. Add the section metrics to the stack that makes the cluster, or leave it out here",
    ]);
  });

  it("are also those of certificates and of requests to models, where something of both is there", () => {
    const inferenceGateway = { hostName: "*.models.example.com", tls: { issuer: "dns" } };
    const { objects = {} } = planOf([h100], { metrics: true, choices: { certManager: {}, inferenceGateway } }) ?? {};
    const spec = (key: string) => objects[key]?.["spec"];
    expect(spec("metrics-cert-manager")).toMatchObject({
      selector: {
        matchLabels: { "app.kubernetes.io/name": "cert-manager", "app.kubernetes.io/component": "controller" },
      },
      podMetricsEndpoints: [{ portNumber: 9402 }],
    });
    expect(spec("metrics-gateway")).toMatchObject({
      selector: { matchLabels: { "gateway.networking.k8s.io/gateway-name": "models" } },
      podMetricsEndpoints: [{ portNumber: 15020 }],
    });
    expect(objects["metrics-gateway-port"]).toEqual(openTo("inference-gateway", 15020));
    expect(objects["metrics-cert-manager-port"]).toEqual(openTo("cert-manager", 9402));
  });

  const noted = (pools: readonly GpuPoolRef[], choices: PlatformShape = {}) =>
    planOf(pools, { metrics: true, choices })?.objects["metrics-settings"]?.metadata.annotations;
  it.each([
    [[h100, mi300x], {}, undefined],
    [
      [h100, gb300],
      {},
      "gpuPools.gb300: power, energy, use and faults of its GPUs are not measured: gpuStack gb-dra brings no exporter",
    ],
    [
      [mi300x],
      { amdGpuOperator: false },
      "gpuPools.mi300x: power, energy, use and faults of its GPUs are not measured: amdGpuOperator is not installed",
    ],
  ] satisfies [GpuPoolRef[], PlatformShape, string | undefined][])(
    "say whose GPUs nobody measures",
    (pools, choices, note) => {
      expect(noted(pools, choices)).toEqual(note && { "azure-gpu-cluster/notes": note });
    },
  );
});

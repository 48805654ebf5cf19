import { type Exporter, exporters } from "../../../catalog/exported-metrics";
import { sharedGateway } from "../inference-gateway/shared-gateway";
import { metricsPort } from "../node-health/controller-config";

/** Pods whose metrics the agents of managed Prometheus fetch, as a row. */
export interface ScrapeTarget {
  /** Key of the add-on that brings the pods, whose namespace they are in. */
  readonly addOn: string;
  readonly exporter: Exporter;
  readonly namespace: string;
  readonly port: number;
  /** Labels of the pods, or of the service where the answer asks who is there. */
  readonly matchLabels: Readonly<Record<string, string>>;
  /**
   * `pod`: over HTTP, from whoever reaches the port. `service`: over TLS, with the token of the agents' service account, for which
   * whoever answers asks the API server. Monitors of pods cannot send one.
   */
  readonly by: "pod" | "service";
}

/** Every target, by the last part of its objects' names. */
export const scrapeTargets: Readonly<Record<string, ScrapeTarget>> = {
  // Source: NVIDIA/gpu-operator:assets/state-dcgm-exporter/0800_daemonset.yaml (06faaf0)
  nvidia: {
    addOn: "gpuOperator",
    exporter: exporters.dcgm,
    namespace: "gpu-operator",
    port: 9400,
    matchLabels: { app: "nvidia-dcgm-exporter" },
    by: "pod",
  },
  // Source: ROCm/gpu-operator:internal/metricsexporter/metricsexporter.go (051883b, servicePort and metricsExporterLabelPair)
  amd: {
    addOn: "amdGpuOperator",
    exporter: exporters.amd,
    namespace: "kube-amd-gpu",
    port: 5000,
    matchLabels: { "app.kubernetes.io/name": "metrics-exporter" },
    by: "pod",
  },
  "node-health": {
    addOn: "nodeHealth",
    exporter: exporters.nodeHealth,
    namespace: "node-health",
    port: metricsPort,
    matchLabels: { app: "node-health" },
    by: "pod",
  },
  // Source: kubernetes-sigs/kueue:charts/kueue/templates/manager/auth_proxy_service.yaml, values.yaml (v0.19.2)
  kueue: {
    addOn: "kueue",
    exporter: exporters.kueue,
    namespace: "kueue-system",
    port: 8443,
    matchLabels: { "app.kubernetes.io/instance": "kueue", "app.kubernetes.io/component": "metrics-service" },
    by: "service",
  },
  // Source: kubernetes-sigs/jobset:charts/jobset/templates/prometheus/manager_metrics_service.yaml (v0.12.0)
  "job-set": {
    addOn: "jobSet",
    exporter: exporters.jobSet,
    namespace: "jobset-system",
    port: 8443,
    matchLabels: { "app.kubernetes.io/instance": "jobset", "app.kubernetes.io/component": "controller" },
    by: "service",
  },
  // Source: cert-manager/cert-manager:deploy/charts/cert-manager/templates/deployment.yaml (v1.21.1)
  "cert-manager": {
    addOn: "certManager",
    exporter: exporters.certManager,
    namespace: "cert-manager",
    port: 9402,
    matchLabels: { "app.kubernetes.io/name": "cert-manager", "app.kubernetes.io/component": "controller" },
    by: "pod",
  },
  // Source: agentgateway/agentgateway:controller/pkg/helm/agentgateway/templates/_helpers.tpl (v1.4.1)
  gateway: {
    addOn: "inferenceGateway",
    exporter: exporters.gateway,
    namespace: sharedGateway.namespace,
    port: 15020,
    matchLabels: { "gateway.networking.k8s.io/gateway-name": sharedGateway.name },
    by: "pod",
  },
};

/** Azure's managed Prometheus, as far as others have to fit to it. */
export const managedPrometheus = {
  /** Seconds between two samples of one series: the default of every target. */
  scrapeSeconds: 30,
  /**
   * The pods that scrape what monitors select, for network policies.
   * Source: Azure/prometheus-collector:otelcollector/deploy/addon-chart/azure-monitor-metrics-addon/templates/ama-metrics-deployment.yaml
   * (7.1.1, 2026-07-21)
   */
  scraper: { namespace: "kube-system", podLabels: { rsName: "ama-metrics" } },
  /**
   * API version of the monitors that it reads; those of Prometheus's own operator have another group.
   * Source: Azure/prometheus-collector:.../templates/ama-metrics-podmonitor-crd.yaml (7.1.1)
   */
  monitors: "azmonitoring.coreos.com/v1",
  /**
   * Limits of labels that every scrape has to keep, or Azure drops all of it.
   * Source: Azure/prometheus-collector:otelcollector/configmapparser/default-prom-configs (7.1.1)
   */
  labelLimits: { labelLimit: 63, labelNameLengthLimit: 511, labelValueLengthLimit: 1023 },
  /**
   * ConfigMap by which users tell the agents what to keep.
   * Source: Azure/prometheus-collector:otelcollector/configmaps/ama-metrics-settings-configmap-v2.yaml (7.1.1)
   */
  settings: { name: "ama-metrics-settings-configmap", namespace: "kube-system", schemaVersion: "v2" },
} as const;

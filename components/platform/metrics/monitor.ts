import { collectedLabels, keepPattern } from "../../../catalog/exported-metrics";
import { managedPrometheus } from "../../../catalog/managed-prometheus";
import type { KubernetesObject } from "../add-on";
import type { ScrapeTarget } from "./scrape-targets";

/** Token of whoever scrapes, as every pod of a service account has it. */
const tokenFile = "/var/run/secrets/kubernetes.io/serviceaccount/token";

/** What tells the agents of managed Prometheus to fetch the metrics of a target, and which to keep. */
export function monitor({ exporter, namespace, port, matchLabels, by }: ScrapeTarget): KubernetesObject {
  const endpoint = {
    path: "/metrics",
    interval: `${managedPrometheus.scrapeSeconds}s`,
    // Whom a metric is about it says itself, pod and namespace of a GPU for example. What is said of the pod that answers would take that
    // name, and stand where a metric is about nobody.
    honorLabels: true,
    relabelings: [
      { action: "labeldrop", regex: "namespace|pod|container|endpoint|service" },
      { sourceLabels: ["__meta_kubernetes_pod_node_name"], targetLabel: "node" },
    ],
    metricRelabelings: [
      { action: "keep", sourceLabels: ["__name__"], regex: keepPattern(exporter) },
      { action: "labelkeep", regex: labelsToKeep(exporter).join("|") },
    ],
  };
  return {
    apiVersion: managedPrometheus.monitors,
    kind: by === "pod" ? "PodMonitor" : "ServiceMonitor",
    metadata: { name: "metrics", namespace },
    spec: {
      ...managedPrometheus.labelLimits,
      selector: { matchLabels },
      ...(by === "pod"
        ? { podMetricsEndpoints: [{ ...endpoint, portNumber: port }] }
        : {
            endpoints: [
              {
                ...endpoint,
                targetPort: port,
                scheme: "https",
                bearerTokenFile: tokenFile,
                // Whoever answers signed its certificate itself, so that only the network says who it is: the policy of its namespace
                // lets nobody else in, and the token opens nothing but metrics to read.
                tlsConfig: { insecureSkipVerify: true },
              },
            ],
          }),
    },
  };
}

/** Labels that arrive: those of the catalogue, and what Prometheus itself needs to tell series and targets apart. */
function labelsToKeep({ labels, metrics }: ScrapeTarget["exporter"]): string[] {
  return [...new Set(["__name__", ...collectedLabels, "node", ...labels, ...Object.values(metrics).flat()])];
}

/** Lets the agents of managed Prometheus, and nobody else, reach the port of a target. */
export function openPort({ namespace, port }: ScrapeTarget): KubernetesObject {
  const { namespace: from, podLabels } = managedPrometheus.scraper;
  return {
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
              namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": from } },
              podSelector: { matchLabels: podLabels },
            },
          ],
          ports: [{ protocol: "TCP", port }],
        },
      ],
    },
  };
}

import type { Props } from "../../core/property-value";

const text = { type: "string" };
const flag = { type: "boolean" };
const table = { type: "object", additionalProperties: text };
const list = (items: Props): Props => ({ type: "array", items });
const object = (properties: Props, ...required: string[]): Props => ({
  type: "object",
  properties,
  ...(required.length > 0 && { required }),
});

const actions = [
  "replace",
  "keep",
  "drop",
  "hashmod",
  "labelmap",
  "labeldrop",
  "labelkeep",
  "lowercase",
  "uppercase",
  "keepequal",
  "dropequal",
];

const relabelings = list(
  object({
    action: { ...text, default: "replace", enum: actions },
    regex: text,
    replacement: text,
    separator: text,
    sourceLabels: list({ ...text, pattern: "^[a-zA-Z_][a-zA-Z0-9_]*$" }),
    targetLabel: text,
  }),
);

const duration = "^(0|(([0-9]+)y)?(([0-9]+)w)?(([0-9]+)d)?(([0-9]+)h)?(([0-9]+)m)?(([0-9]+)s)?(([0-9]+)ms)?)$";

const selector = object({
  matchLabels: table,
  matchExpressions: list(object({ key: text, operator: text, values: list(text) }, "key", "operator")),
});

const namespaceSelector = object({ any: flag, matchNames: list(text) });

/** What both kinds say of an endpoint. */
const endpoint = {
  port: text,
  targetPort: { anyOf: [{ type: "integer" }, text], "x-kubernetes-int-or-string": true },
  path: text,
  scheme: { ...text, enum: ["http", "https"] },
  interval: { ...text, pattern: duration },
  scrapeTimeout: { ...text, pattern: duration },
  honorLabels: flag,
  honorTimestamps: flag,
  tlsConfig: object({ insecureSkipVerify: flag, serverName: text }),
  relabelings,
  metricRelabelings: relabelings,
};

/** One of both kinds: how it calls its endpoints, and what only those have. */
function monitorCrd(kind: "PodMonitor" | "ServiceMonitor", endpoints: string, ofItsOwn: Props): Props {
  const group = "azmonitoring.coreos.com";
  const singular = kind.toLowerCase();
  const limit = { type: "integer", format: "int64" };
  const spec = object(
    {
      jobLabel: text,
      labelLimit: limit,
      labelNameLengthLimit: limit,
      labelValueLengthLimit: limit,
      sampleLimit: limit,
      targetLimit: limit,
      namespaceSelector,
      selector,
      [endpoints]: list(object({ ...endpoint, ...ofItsOwn })),
    },
    "selector",
    ...(kind === "ServiceMonitor" ? [endpoints] : []),
  );
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${singular}s.${group}` },
    spec: {
      group,
      scope: "Namespaced",
      names: { kind, listKind: `${kind}List`, plural: `${singular}s`, singular },
      versions: [
        {
          name: "v1",
          served: true,
          storage: true,
          schema: {
            openAPIV3Schema: object({ apiVersion: text, kind: text, metadata: { type: "object" }, spec }, "spec"),
          },
        },
      ],
    },
  };
}

/**
 * CRDs of the monitors that tell the agents of Azure's managed Prometheus what to fetch. They lie in no Go module, so these are ours: the
 * fields of theirs that a monitor without secrets has, with their rules. A field that is not here is refused, like one that theirs lack.
 * Source: Azure/prometheus-collector:otelcollector/deploy/addon-chart/azure-monitor-metrics-addon/templates/
 * ama-metrics-{pod,service}monitor-crd.yaml (7.1.1, 2026-07-21)
 */
export const monitorCrds: readonly Props[] = [
  monitorCrd("PodMonitor", "podMetricsEndpoints", {
    portNumber: { type: "integer", format: "int32", minimum: 1, maximum: 65535 },
  }),
  monitorCrd("ServiceMonitor", "endpoints", { bearerTokenFile: { type: "string" } }),
];

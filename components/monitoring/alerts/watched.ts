import type { MetricAlertArgs } from "@pulumi/azure-native/monitor/metricAlert";
import type { Input } from "@pulumi/pulumi";
import { type MetricAggregation, platformMetrics } from "../../../catalog/platform-metrics";
import { metricAlertRows, runbookOf, type Severity } from "../alert-rows";

/** Name of an alert on a metric of Azure's own. */
type MetricAlertName = keyof typeof metricAlertRows;

/** What finds an alert among the metrics of a resource. */
interface MetricCondition<Metric extends string = string> {
  readonly metric: Metric;
  readonly operator: "GreaterThan" | "GreaterThanOrEqual" | "LessThan";
  readonly over: MetricAggregation;
  /** Values of one dimension that count. */
  readonly only?: { readonly dimension: string; readonly values: readonly string[] };
}

/** A kind of resource that has metrics of its own in Azure Monitor. */
interface WatchedKind {
  /** What is appended to the ARM ID: the part of the resource that has the metrics. */
  readonly child: string;
  readonly namespace: string;
  readonly alerts: { readonly [K in MetricAlertName]?: MetricCondition };
  readonly source: string;
}

const reference = "https://learn.microsoft.com/azure/azure-monitor/reference/supported-metrics";

/** The row of a kind of store, whose metrics the catalogue knows. */
function ofStore<K extends "lustre" | "blob">(
  kind: K,
  alerts: { readonly [A in MetricAlertName]?: MetricCondition<keyof (typeof platformMetrics)[K]["metrics"] & string> },
  source?: string,
): WatchedKind {
  const { namespace, child, source: known } = platformMetrics[kind];
  return { child, namespace, alerts, source: source === undefined ? known : `${known}; ${source}` };
}

/** Kinds of resources whose metrics are watched, where Prometheus has no series of them. */
export const watchedKinds = {
  cluster: {
    child: "",
    namespace: "Microsoft.ContainerService/managedClusters",
    alerts: {
      ApiServerBusy: { metric: "apiserver_cpu_usage_percentage", operator: "GreaterThan", over: "Average" },
      ApiServerShortOfMemory: { metric: "apiserver_memory_usage_percentage", operator: "GreaterThan", over: "Average" },
      EtcdHalfFull: { metric: "etcd_database_usage_percentage", operator: "GreaterThan", over: "Average" },
      AutoscalerStopped: {
        metric: "cluster_autoscaler_cluster_safe_to_autoscale",
        operator: "LessThan",
        over: "Average",
      },
    },
    source: `${reference}/microsoft-containerservice-managedclusters-metrics; MicrosoftDocs/azure-aks-docs:articles/aks/best-practices-performance-scale-large.md (2026-06-05)`,
  },
  lustre: ofStore("lustre", {
    // The least over all of its targets: one that is full fails, whatever the others have.
    LustreAlmostFull: { metric: "OSTBytesAvailable", operator: "LessThan", over: "Minimum" },
  }),
  blob: ofStore(
    "blob",
    {
      BlobThrottled: {
        metric: "Transactions",
        operator: "GreaterThan",
        over: "Total",
        only: {
          dimension: "ResponseType",
          values: [
            "ServerBusyError",
            "ClientThrottlingError",
            "ClientAccountRequestThrottlingError",
            "ClientAccountBandwidthThrottlingError",
          ],
        },
      },
      BlobUnavailable: { metric: "Availability", operator: "LessThan", over: "Average" },
    },
    "MicrosoftDocs/azure-docs:articles/storage/blobs/monitor-blob-storage-reference.md",
  ),
  natGateway: {
    child: "",
    namespace: "Microsoft.Network/natGateways",
    alerts: {
      NatPortsUsedUp: {
        metric: "SNATConnectionCount",
        operator: "GreaterThan",
        over: "Total",
        only: { dimension: "ConnectionState", values: ["Failed"] },
      },
      NatUnavailable: { metric: "DatapathAvailability", operator: "LessThan", over: "Average" },
    },
    source: `${reference}/microsoft-network-natgateways-metrics; MicrosoftDocs/azure-docs:articles/nat-gateway/nat-metrics.md (2024-01-30)`,
  },
} as const satisfies Readonly<Record<string, WatchedKind>>;

/** A resource whose metrics are watched, ours or somebody else's. */
export interface Watched {
  /** Name among all that are watched, part of URNs. Plain: it decides what exists. */
  readonly name: string;
  readonly kind: keyof typeof watchedKinds;
  /** ARM ID of the cluster, the file system, the storage account or the gateway. */
  readonly resourceId: Input<string>;
}

/** One alert on a metric, whole but for its place, its name, the tags, what it looks at and where it goes. */
export interface PlannedMetricAlert {
  readonly alert: MetricAlertName;
  readonly body: Omit<
    MetricAlertArgs,
    "resourceGroupName" | "tags" | "ruleName" | "scopes" | "actions" | "severity"
  > & {
    readonly severity: Severity;
  };
}

/** Every alert on the metrics of a kind. */
export function metricAlerts(kind: Watched["kind"]): PlannedMetricAlert[] {
  const { namespace, alerts }: WatchedKind = watchedKinds[kind];
  return (Object.entries(alerts) as [MetricAlertName, MetricCondition][]).map(([alert, condition]) => {
    const row = metricAlertRows[alert];
    return {
      alert,
      body: {
        // Where it says anything else Azure refuses it: these alerts are of no region.
        location: "Global",
        description: `${row.says} ${runbookOf(row)}`,
        enabled: true,
        severity: row.severity,
        autoMitigate: true,
        evaluationFrequency: row.for === "PT1H" ? "PT15M" : "PT5M",
        windowSize: row.for,
        criteria: {
          odataType: "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria",
          allOf: [
            {
              criterionType: "StaticThresholdCriterion",
              name: alert,
              metricNamespace: namespace,
              metricName: condition.metric,
              operator: condition.operator,
              threshold: row.threshold,
              timeAggregation: condition.over,
              dimensions:
                condition.only === undefined
                  ? []
                  : [{ name: condition.only.dimension, operator: "Include", values: [...condition.only.values] }],
              // A resource that is just made, or does not scale, has not said it yet.
              skipMetricValidation: true,
            },
          ],
        },
      },
    };
  });
}

/** How Azure Monitor sums up what it measured of a metric within a stretch of time. */
export type MetricAggregation = "Average" | "Maximum" | "Minimum" | "Total";

/** A metric that Azure keeps of a resource by itself, without an agent. */
export interface PlatformMetric {
  readonly unit: "Bytes" | "BytesPerSecond" | "Count" | "CountPerSecond" | "MilliSeconds" | "Percent";
  /** Ways of summing up that it has; Azure refuses any other. */
  readonly over: readonly MetricAggregation[];
  /** What it can be split by. */
  readonly dimensions: readonly string[];
}

/** A kind of resource that Azure keeps metrics of. */
export interface PlatformMetrics {
  /** ARM type of the resource, which is what Azure Monitor calls the namespace of its metrics. */
  readonly namespace: string;
  /** What is appended to the ARM ID of the whole: the part of the resource that has the metrics. */
  readonly child: string;
  /** Those that a dashboard shows or an alert watches, by name. */
  readonly metrics: Readonly<Record<string, PlatformMetric>>;
  readonly source: string;
}

const reference =
  "MicrosoftDocs/azure-monitor-docs:articles/azure-monitor/reference/supported-metrics/" +
  "{microsoft-storagecache-amlfilesystems,microsoft-storage-storageaccounts-blobservices}-metrics.md (2026-07-13)";

const span = ["Average", "Maximum", "Minimum"] as const;
const sum = [...span, "Total"] as const;

function metric<const D extends string>(
  unit: PlatformMetric["unit"],
  over: readonly MetricAggregation[],
  ...dimensions: readonly D[]
): PlatformMetric & { readonly dimensions: readonly D[] } {
  return { unit, over, dimensions };
}

const ofRequests = ["GeoType", "ApiName", "Authentication", "Tier"] as const;

/** Metrics of shared stores. Each kind has them in steps of five minutes, and NetApp Files in no shorter ones. */
export const platformMetrics = {
  /** Most are of one target, an OST or an MDT: their average over a whole file system is that of its targets, not their sum. */
  lustre: {
    namespace: "Microsoft.StorageCache/amlFilesystems",
    child: "",
    metrics: {
      ClientReadThroughput: metric("BytesPerSecond", span, "ostnum"),
      ClientWriteThroughput: metric("BytesPerSecond", span, "ostnum"),
      ClientReadOps: metric("Count", span, "ostnum"),
      ClientWriteOps: metric("Count", span, "ostnum"),
      MDTClientOps: metric("Count", span, "mdtnum", "operation"),
      OSTClientLatency: metric("MilliSeconds", span, "ostnum", "operation"),
      MDTClientLatency: metric("MilliSeconds", span, "mdtnum", "operation"),
      LustreClientEvictions: metric("Count", sum),
      HSMActionErrors: metric("Count", sum, "mdtnum"),
      OSTBytesAvailable: metric("Bytes", span, "ostnum"),
    },
    source: reference,
  },
  blob: {
    namespace: "Microsoft.Storage/storageAccounts/blobServices",
    child: "/blobServices/default",
    metrics: {
      Availability: metric("Percent", span, ...ofRequests),
      Transactions: metric("Count", ["Total"], "ResponseType", "TransactionType", ...ofRequests),
      Egress: metric("Bytes", sum, ...ofRequests),
      Ingress: metric("Bytes", sum, ...ofRequests),
      SuccessE2ELatency: metric("MilliSeconds", span, ...ofRequests),
      SuccessServerLatency: metric("MilliSeconds", span, ...ofRequests),
    },
    source: reference,
  },
  /** Of one volume. */
  netapp: {
    namespace: "Microsoft.NetApp/netAppAccounts/capacityPools/volumes",
    child: "",
    metrics: {
      ReadThroughput: metric("BytesPerSecond", ["Average"]),
      WriteThroughput: metric("BytesPerSecond", ["Average"]),
      OtherThroughput: metric("BytesPerSecond", ["Average"]),
      ReadIops: metric("CountPerSecond", ["Average"]),
      WriteIops: metric("CountPerSecond", ["Average"]),
      OtherIops: metric("CountPerSecond", ["Average"]),
      AverageReadLatency: metric("MilliSeconds", ["Average"]),
      AverageWriteLatency: metric("MilliSeconds", ["Average"]),
      // 1 where a volume was slowed down to what it may have, else 0.
      ThroughputLimitReached: metric("Count", ["Average"]),
    },
    source:
      "https://learn.microsoft.com/azure/azure-monitor/reference/supported-metrics/" +
      "microsoft-netapp-netappaccounts-capacitypools-volumes-metrics",
  },
} as const satisfies Readonly<Record<string, PlatformMetrics>>;

/** A kind of shared store that Azure keeps metrics of. */
export type MeasuredStore = keyof typeof platformMetrics;

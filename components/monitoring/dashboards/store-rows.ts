import { type MeasuredStore, type PlatformMetric, platformMetrics } from "../../../catalog/platform-metrics";
import type { Dashboard, Panel, ShownStore, StoreMetric, StorePanel } from "./panel";

type Row = Dashboard["rows"][number];

/** What a metric of a store is called, as the catalogue has it. */
type Metric<K extends MeasuredStore> = keyof (typeof platformMetrics)[K]["metrics"] & string;

type Line<K extends MeasuredStore> = readonly [metric: Metric<K>, over: StoreMetric["over"], legend: string];

/** What is drawn of a store of each kind. The metrics are Azure's own, so only a live environment has any. */
const panelsOf: Readonly<Record<MeasuredStore, (store: ShownStore) => StorePanel[]>> = {
  lustre: (store) => {
    const of = panelOf("lustre", store);
    const targets = { dimension: "ostnum", stacked: true } as const;
    return [
      of(
        "Read throughput",
        "A layer for each target: the upper edge is the whole file system.",
        12,
        [["ClientReadThroughput", "Average", "read"]],
        targets,
      ),
      of(
        "Write throughput",
        "A layer for each target. One that is missing takes no data.",
        12,
        [["ClientWriteThroughput", "Average", "written"]],
        targets,
      ),
      of(
        "Read operations",
        "Operations as Azure counts them, by target.",
        8,
        [["ClientReadOps", "Average", "reads"]],
        targets,
      ),
      of(
        "Write operations",
        "Operations as Azure counts them, by target.",
        8,
        [["ClientWriteOps", "Average", "writes"]],
        targets,
      ),
      of(
        "Operations on metadata",
        "By what they do: many that open or look up are a data set of small files.",
        8,
        [["MDTClientOps", "Average", "operations"]],
        { dimension: "operation", stacked: false },
      ),
      of("Latency", "Of data and of metadata: the mean of all targets, and the slowest.", 12, [
        ["OSTClientLatency", "Average", "data, mean"],
        ["OSTClientLatency", "Maximum", "data, slowest"],
        ["MDTClientLatency", "Average", "metadata, mean"],
        ["MDTClientLatency", "Maximum", "metadata, slowest"],
      ]),
      of("Errors", "Clients that were thrown out, and failures between Lustre and Blob.", 12, [
        ["LustreClientEvictions", "Total", "evicted clients"],
        // Whether it counts from the start or in each minute no page says: the largest is right for both.
        ["HSMActionErrors", "Maximum", "import and export"],
      ]),
    ];
  },
  blob: (store) => {
    const of = panelOf("blob", store);
    return [
      of("Traffic of five minutes", "Bytes out of the store and into it.", 12, [
        ["Egress", "Total", "read"],
        ["Ingress", "Total", "written"],
      ]),
      of(
        "Requests of five minutes",
        "By the answer: those with Throttling or ServerBusy in their name were refused, and came again.",
        12,
        [["Transactions", "Total", "requests"]],
        { dimension: "ResponseType", stacked: false },
      ),
      of("Latency", "Of requests that went well: as the client sees them, and what the store takes of it.", 12, [
        ["SuccessE2ELatency", "Average", "with the network"],
        ["SuccessServerLatency", "Average", "in the store"],
      ]),
      of("Availability", "The part of requests that Azure did not fail itself.", 12, [
        ["Availability", "Average", "available"],
      ]),
    ];
  },
  netapp: (store) => {
    const of = panelOf("netapp", store);
    return [
      of("Throughput", "Other is neither read nor written: metadata.", 12, [
        ["ReadThroughput", "Average", "read"],
        ["WriteThroughput", "Average", "written"],
        ["OtherThroughput", "Average", "other"],
      ]),
      of("Operations a second", "By what they do.", 12, [
        ["ReadIops", "Average", "reads"],
        ["WriteIops", "Average", "writes"],
        ["OtherIops", "Average", "other"],
      ]),
      of("Latency", "The mean of all operations.", 12, [
        ["AverageReadLatency", "Average", "reads"],
        ["AverageWriteLatency", "Average", "writes"],
      ]),
      of("Slowed down", "1 where the volume asked for more than it may have: give it more, or a larger size.", 12, [
        ["ThroughputLimitReached", "Average", "limit reached"],
      ]),
    ];
  },
};

const headings: Readonly<Record<MeasuredStore, (name: string) => string>> = {
  lustre: () => "Lustre",
  blob: (name) => `Blob: ${name}`,
  // Volumes come and go with teams, in a stack that may be another: the reader chooses one of those that are there.
  netapp: () => "NetApp Files: the volume above",
};

/** A row for each store: what it does, and what goes wrong in it. */
export function storeRows(stores: readonly ShownStore[]): Row[] {
  return stores.map((store) => ({ title: headings[store.kind](store.name), panels: panelsOf[store.kind](store) }));
}

/** What Azure Monitor measures in, in the words of Grafana. */
const unitOf: Readonly<Record<PlatformMetric["unit"], Panel["unit"]>> = {
  Bytes: "bytes",
  BytesPerSecond: "Bps",
  Count: "short",
  CountPerSecond: "iops",
  MilliSeconds: "ms",
  Percent: "percent",
};

/** Makes panels of one store, all of whose lines have the unit of the first. */
function panelOf<K extends MeasuredStore>(kind: K, store: ShownStore) {
  // TypeScript does not follow a table by its key.
  const metrics = platformMetrics[kind].metrics as { readonly [M in Metric<K>]: PlatformMetric };
  return (
    title: string,
    what: string,
    width: StorePanel["width"],
    lines: readonly [Line<K>, ...Line<K>[]],
    split: StorePanel["split"] = null,
  ): StorePanel => {
    for (const [metric, over] of lines) {
      const known = metrics[metric];
      // Azure answers such a question with an error, which the reader of the panel would be the first to see.
      if (!known.over.includes(over) || (split !== null && !known.dimensions.includes(split.dimension))) {
        throw new Error(`Azure has no ${over} of ${metric} by ${split?.dimension ?? "nothing"}.`);
      }
    }
    return {
      kind: "timeseries",
      store,
      title,
      what,
      unit: unitOf[metrics[lines[0][0]].unit],
      width,
      metrics: lines.map(([metric, over, legend]) => ({ metric, over, legend })),
      split,
    };
  };
}

import { beforeAll, describe, expect, it } from "vitest";
import { type Exporter, exporters } from "../../../../catalog/exported-metrics";
import { type MeasuredStore, type PlatformMetrics, platformMetrics } from "../../../../catalog/platform-metrics";
import { metricAlerts } from "../../../../components/monitoring/alerts/watched";
import { dashboards } from "../../../../components/monitoring/dashboards/dashboards";
import { grafanaJson } from "../../../../components/monitoring/dashboards/grafana-json";
import type { ShownStore } from "../../../../components/monitoring/dashboards/panel";
import { storageDashboard } from "../../../../components/monitoring/dashboards/storage-dashboard";
import { ruleGroups } from "../../../../components/monitoring/managed-prometheus/rule-group-body";
import { describeWithPromql } from "../../../simulator/engine/with-promql";
import { pool } from "../../platform/facts";
import { parsePromql, promqlFaults, type PromqlNode } from "../managed-prometheus/promql";
import { samplePools } from "../sample-cluster";
import { chosen, fillDashboards, type FilledPanel, sampleDashboards, sampleStores } from "./sample-dashboards";

const mi300x = { ...pool("mi300x", "Standard_ND96isr_MI300X_v5"), gpuStack: "amd-operator" } as const;
const everything = [
  ...sampleDashboards,
  ...dashboards([mi300x], "eastus", []).map((it) => ({ ...it, key: `${it.key} of AMD` })),
];

/** Metrics that an exporter has or a rule writes down. */
const known = new Set([
  ...Object.values<Exporter>(exporters).flatMap(({ metrics }) => Object.keys(metrics)),
  ...ruleGroups([...samplePools, mi300x], true, "eastus").flatMap(({ rules }) =>
    rules.flatMap((it) => ("record" in it ? [it.record] : [])),
  ),
]);

/** Selectors of series in an expression. */
function selectors(expression: string): string[] {
  const found: string[] = [];
  const walk = (node: PromqlNode): void => {
    if (node.name === "VectorSelector") found.push(expression.slice(node.from, node.to));
    for (let child = node.firstChild; child !== null; child = child.nextSibling) walk(child);
  };
  walk(parsePromql(expression));
  return found;
}

describe.each(everything.map((it) => [it.key, it] as const))("the dashboard %s", (_, dashboard) => {
  const expressions = dashboard.rows.flatMap(({ panels }) =>
    panels.flatMap((it) => ("store" in it ? [] : it.queries.map(({ expression }) => expression))),
  );

  it("asks what is right in syntax and types", () => {
    expect(expressions.flatMap((it) => promqlFaults(chosen(it)).map((fault) => `${fault}: ${it}`))).toEqual([]);
  });

  it("asks for metrics that somebody exports or a rule writes down, of its cluster alone", () => {
    const asked = expressions.flatMap(selectors);
    expect(asked.filter((it) => !known.has(/^[\w:]+/.exec(it)?.[0] ?? ""))).toEqual([]);
    expect(asked.filter((it) => !it.includes('cluster="$cluster"'))).toEqual([]);
  });

  it("says what each number is: a table in its heading, and money and energy over what time", () => {
    const panels = dashboard.rows.flatMap(({ title: row, panels }) => panels.map((it) => ({ ...it, row })));
    const ofPrometheus = panels.filter((it) => "queries" in it);
    expect(ofPrometheus.filter(({ queries }) => queries.some(({ legend }) => legend === ""))).toEqual([]);
    // A sum of 30 days beside a price of an hour is read as one of the two.
    const wrong = ofPrometheus.filter(
      ({ row, queries }) => queries.some(({ expression }) => expression.includes("[30d]")) !== /30 days/.test(row),
    );
    expect(wrong.filter(({ row, title }) => !(row.includes("30 days") && title === "Budget"))).toEqual([]);
    const anHour = ofPrometheus.filter(({ queries }) =>
      queries.some(({ expression }) => expression.includes("usd_per_hour")),
    );
    expect(anHour.filter(({ title }) => !title.includes("an hour"))).toEqual([]);
  });

  it("asks for a team exactly where one is chosen", () => {
    expect(expressions.some((it) => it.includes("$namespace"))).toBe(dashboard.ofOneTeam);
  });

  it("is a dashboard of Grafana, with panels that have ids of their own and do not lie on one another", () => {
    const place = { uid: "dash-gpu-dev-x", environment: "dev", clusterName: "aks", stores: {} };
    const json = grafanaJson(dashboard, place) as {
      readonly uid: string;
      readonly panels: readonly {
        readonly id: number;
        readonly type: string;
        readonly gridPos: Readonly<Record<"x" | "y" | "w" | "h", number>>;
      }[];
    };
    expect(json.uid).toBe("dash-gpu-dev-x");
    expect(json).toMatchObject({ schemaVersion: 39, title: `${dashboard.title} (dev)` });
    const ids = json.panels.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const cells = json.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, at) => `${x + (at % w)},${y + Math.floor(at / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(json.panels.filter(({ gridPos: { x, w } }) => x + w > 24)).toEqual([]);
    expect(json.panels.filter(({ type }) => type !== "row")).toHaveLength(
      dashboard.rows.flatMap(({ panels }) => panels).length,
    );
  });
});

describe("the dashboards", () => {
  it("are those that the pools of a cluster call for", () => {
    const keys = (pools: Parameters<typeof dashboards>[0]) => dashboards(pools, "eastus", []).map(({ key }) => key);
    expect(keys(samplePools)).toEqual(["cluster", "gpu", "fabric", "storage", "queue", "cost", "team"]);
    expect(keys([pool("a10", "Standard_NV36ads_A10_v5")])).toEqual([
      "cluster",
      "gpu",
      "storage",
      "queue",
      "cost",
      "team",
    ]);
    expect(keys([])).toEqual([]);
  });

  it("leave out of GPUs of AMD what only NVIDIA's tell", () => {
    const text = JSON.stringify(dashboards([mi300x], "eastus", []));
    expect(text).not.toContain("DCGM");
    expect(text).toContain("gpu_ecc_uncorrect_total");
  });
});

it("a panel writes what Grafana draws", () => {
  const [stat] = sampleDashboards[0]?.rows[0]?.panels ?? [];
  const json = grafanaJson(
    {
      key: "x",
      title: "X",
      description: "Y",
      ofOneTeam: true,
      rows: [
        {
          title: "Row",
          panels: stat === undefined || "store" in stat ? [] : [{ ...stat, limits: [0.2, 0.1], unit: "percentunit" }],
        },
      ],
    },
    { uid: "u", environment: "dev", clusterName: "aks", stores: {} },
  );
  expect(json).toEqual({
    uid: "u",
    title: "X (dev)",
    description: "Y",
    tags: ["azure-gpu-cluster"],
    timezone: "browser",
    schemaVersion: 39,
    editable: true,
    refresh: "1m",
    time: { from: "now-6h", to: "now" },
    templating: {
      list: [
        { name: "datasource", label: "Data source", type: "datasource", query: "prometheus" },
        { name: "cluster", type: "constant", query: "aks", hide: 2 },
        {
          name: "namespace",
          label: "Team",
          type: "query",
          datasource: { type: "prometheus", uid: "${datasource}" },
          query: { query: 'label_values(namespace:gpus_allocated:sum{cluster="$cluster"}, namespace)', refId: "teams" },
          refresh: 2,
          sort: 1,
        },
      ],
    },
    panels: [
      {
        id: 1,
        type: "row",
        title: "Row",
        collapsed: false,
        panels: [],
        gridPos: { x: 0, y: 0, w: 24, h: 1 },
      },
      {
        id: 2,
        type: "stat",
        title: "Nodes ready",
        description: "Nodes of every pool that report to Kubernetes.",
        datasource: { type: "prometheus", uid: "${datasource}" },
        targets: [
          {
            refId: "A",
            datasource: { type: "prometheus", uid: "${datasource}" },
            expr: 'sum(kube_node_status_condition{cluster="$cluster", condition="Ready", status="true"})',
            legendFormat: "ready",
            instant: true,
            range: false,
          },
        ],
        fieldConfig: {
          defaults: {
            unit: "percentunit",
            thresholds: {
              mode: "absolute",
              steps: [
                { color: "red", value: null },
                { color: "orange", value: 0.1 },
                { color: "green", value: 0.2 },
              ],
            },
            color: { mode: "thresholds" },
            min: 0,
            max: 1,
          },
          overrides: [],
        },
        options: {
          reduceOptions: { calcs: ["lastNotNull"], fields: "", values: false },
          colorMode: "value",
          graphMode: "none",
          textMode: "value",
        },
        gridPos: { x: 0, y: 1, w: 4, h: 4 },
      },
    ],
  });
});

describe("panels of stores", () => {
  const id = (rest: string) => `/subscriptions/s/resourceGroups/rg/providers/${rest}`;
  const place = {
    uid: "u",
    environment: "dev",
    clusterName: "aks",
    stores: {
      lustre: id("Microsoft.StorageCache/amlFilesystems/amlfs"),
      data: id("Microsoft.Storage/storageAccounts/stdata"),
      homes: id("Microsoft.NetApp/netAppAccounts/anf"),
    },
  };
  const all = storageDashboard(sampleStores).rows.flatMap(({ panels }) => panels.filter((it) => "store" in it));

  it("are there for the stores that there are, a row for each", () => {
    const rows = (stores: readonly ShownStore[]) => storageDashboard(stores).rows.map(({ title }) => title);
    expect(rows([])).toEqual(["Volumes"]);
    expect(rows(sampleStores)).toEqual(["Volumes", "Lustre", "Blob: data", "NetApp Files: the volume above"]);
    expect(rows([{ name: "archive", kind: "blob" }])).toEqual(["Volumes", "Blob: archive"]);
    expect(
      sampleDashboards
        .filter(({ rows: its }) => its.some(({ panels }) => panels.some((it) => "store" in it)))
        .map(({ key }) => key),
    ).toEqual(["storage"]);
  });

  it.each(all.map((it) => [`${it.store.kind}: ${it.title}`, it] as const))(
    "%s asks for metrics that Azure has, as it sums and splits them, all in one unit",
    (_, { store, metrics, split, unit }) => {
      const { metrics: known }: PlatformMetrics = platformMetrics[store.kind];
      const rows = metrics.map(({ metric }) => known[metric]);
      expect(metrics.filter(({ over }, at) => rows[at]?.over.includes(over) !== true)).toEqual([]);
      expect(rows.filter((it) => split !== null && it?.dimensions.includes(split.dimension) !== true)).toEqual([]);
      expect(new Set(rows.map((it) => it?.unit)).size).toBe(1);
      expect(unit).toBe(
        {
          Bytes: "bytes",
          BytesPerSecond: "Bps",
          Count: "short",
          CountPerSecond: "iops",
          MilliSeconds: "ms",
          Percent: "percent",
        }[rows[0]?.unit ?? "Count"],
      );
      // The name of a part leaves no room for that of the metric.
      expect(split === null || metrics.length === 1).toBe(true);
      // Two lines of one name are one to a reader.
      expect(new Set(metrics.map(({ legend }) => legend)).size).toBe(metrics.length);
    },
  );

  it("show throughput, operations and latency of each store, and each metric of the catalogue is shown or watched", () => {
    const units = (kind: MeasuredStore) =>
      new Set(all.filter(({ store }) => store.kind === kind).map(({ unit }) => unit));
    expect(units("lustre")).toEqual(new Set(["Bps", "short", "ms"]));
    expect(units("blob")).toEqual(new Set(["bytes", "short", "ms", "percent"]));
    expect(units("netapp")).toEqual(new Set(["Bps", "iops", "ms", "short"]));
    const asked = new Set([
      ...all.flatMap(({ store, metrics }) => metrics.map(({ metric }) => `${store.kind} ${metric}`)),
      ...(["lustre", "blob"] as const).flatMap((kind) =>
        metricAlerts(kind).flatMap(({ body }) =>
          (body.criteria as { allOf: readonly { metricName: string }[] }).allOf.map(
            ({ metricName }) => `${kind} ${metricName}`,
          ),
        ),
      ),
    ]);
    expect(asked).toEqual(
      new Set(
        Object.entries(platformMetrics).flatMap(([kind, { metrics }]) =>
          Object.keys(metrics).map((it) => `${kind} ${it}`),
        ),
      ),
    );
  });

  it("are written as Grafana's own data source of Azure Monitor reads them, each of one resource", () => {
    const json = grafanaJson(storageDashboard(sampleStores), place) as {
      readonly templating: { readonly list: readonly { readonly name: string }[] };
      readonly panels: readonly { readonly title: string; readonly targets?: readonly object[] }[];
    };
    const azureMonitor = { type: "grafana-azure-monitor-datasource", uid: "${azureMonitor}" };
    expect(json.templating.list).toEqual([
      { name: "datasource", label: "Data source", type: "datasource", query: "prometheus" },
      { name: "azureMonitor", label: "Azure Monitor", type: "datasource", query: "grafana-azure-monitor-datasource" },
      { name: "cluster", type: "constant", query: "aks", hide: 2 },
      {
        name: "volume",
        label: "Volume of NetApp Files",
        type: "query",
        datasource: azureMonitor,
        query: {
          refId: "volumes",
          queryType: "Azure Resource Names",
          subscription: "s",
          resourceGroup: "rg",
          namespace: "Microsoft.NetApp/netAppAccounts/capacityPools/volumes",
        },
        refresh: 1,
        sort: 1,
      },
    ]);
    expect(json.panels.find(({ title }) => title === "Write throughput")).toEqual({
      id: 9,
      type: "timeseries",
      title: "Write throughput",
      description: "A layer for each target. One that is missing takes no data.",
      datasource: azureMonitor,
      targets: [
        {
          refId: "A",
          datasource: azureMonitor,
          queryType: "Azure Monitor",
          subscription: "s",
          azureMonitor: {
            resources: [
              {
                subscription: "s",
                resourceGroup: "rg",
                resourceName: "amlfs",
                metricNamespace: "Microsoft.StorageCache/amlFilesystems",
              },
            ],
            metricNamespace: "Microsoft.StorageCache/amlFilesystems",
            metricName: "ClientWriteThroughput",
            aggregation: "Average",
            timeGrain: "PT5M",
            dimensionFilters: [{ dimension: "ostnum", operator: "eq", filters: [] }],
            top: "500",
            alias: "{{ostnum}}",
          },
        },
      ],
      fieldConfig: {
        defaults: {
          unit: "Bps",
          min: 0,
          custom: { fillOpacity: 40, lineWidth: 1, showPoints: "never", stacking: { mode: "normal", group: "A" } },
        },
        overrides: [],
      },
      options: {
        legend: { displayMode: "list", placement: "bottom", showLegend: true },
        tooltip: { mode: "multi", sort: "desc" },
      },
      gridPos: { x: 12, y: 22, w: 12, h: 8 },
    });
    const targets = json.panels.flatMap((it) => it.targets ?? []) as {
      readonly queryType?: string;
      readonly azureMonitor?: {
        readonly resources: readonly { readonly resourceName: string }[];
        readonly alias: string;
      };
    }[];
    const ofAzure = targets.filter(({ queryType }) => queryType === "Azure Monitor");
    expect(ofAzure.map((it) => it.azureMonitor?.resources.length)).toEqual(ofAzure.map(() => 1));
    const named = new Set(ofAzure.map((it) => it.azureMonitor?.resources[0]?.resourceName));
    expect(named).toEqual(new Set(["amlfs", "stdata/default", "${volume}"]));
    expect(ofAzure.find((it) => it.azureMonitor?.alias === "in the store")?.azureMonitor).toEqual({
      resources: [
        {
          subscription: "s",
          resourceGroup: "rg",
          resourceName: "stdata/default",
          metricNamespace: "Microsoft.Storage/storageAccounts/blobServices",
        },
      ],
      metricNamespace: "Microsoft.Storage/storageAccounts/blobServices",
      metricName: "SuccessServerLatency",
      aggregation: "Average",
      timeGrain: "PT5M",
      dimensionFilters: [],
      alias: "in the store",
    });
  });
});

describeWithPromql("the panels of the dashboards, by Prometheus' own engine", (ask) => {
  const panels = sampleDashboards.flatMap(({ key, rows }) =>
    rows.flatMap(({ title, panels }) =>
      panels.flatMap((it, at) => ("store" in it ? [] : [[`${key}: ${title}: ${it.title}`, key, title, at] as const])),
    ),
  );
  const filled = new Map<string, FilledPanel>();
  beforeAll(() => {
    for (const { key, rows } of fillDashboards(ask)) {
      for (const { title, panels } of rows) panels.forEach((it, at) => filled.set(`${key} ${title} ${at}`, it));
    }
  });

  it.each(panels)("%s has something of the sample", (_, key, title, at) => {
    const panel = filled.get(`${key} ${title} ${at}`);
    if (panel === undefined || "store" in panel) throw new Error(`no such panel of Prometheus: ${title}`);
    const { found, kind } = panel;
    expect(found.map((series) => series.length > 0)).toEqual(found.map(() => true));
    expect(found.length).toBeGreaterThan(0);
    const points = found.flat().flatMap((it) => it.points);
    expect(points.some(([, value]) => value !== null)).toBe(true);
    // A legend that names a label that is not there would show braces.
    if (kind === "stat") expect(found.flat()).toHaveLength(1);
  });

  it("no legend names a label that its series do not have", () => {
    const ofPrometheus = [...filled.values()].flatMap((it) => ("store" in it ? [] : [it]));
    const wrong = ofPrometheus.flatMap(({ title, queries, found }) =>
      queries.flatMap(({ legend }, at) =>
        [...legend.matchAll(/\{\{(\w+)\}\}/g)].flatMap(([, label = ""]) =>
          (found[at] ?? []).some(({ labels }) => !(label in labels)) ? [`${title}: ${label}`] : [],
        ),
      ),
    );
    expect(wrong).toEqual([]);
  });
});

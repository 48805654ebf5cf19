import { parseArmId } from "../../../azure/arm-id";
import { platformMetrics } from "../../../catalog/platform-metrics";
import type { Dashboard, Panel, PrometheusPanel, StorePanel } from "./panel";

/** Data source of the panels of Prometheus: the reader's, where there are several. */
const datasource = { type: "prometheus", uid: "${datasource}" };

/** Data source of what Azure Monitor measures itself. Every Grafana of Azure has one; it is found by its type, whatever it is called there. */
const azureMonitor = { type: "grafana-azure-monitor-datasource", uid: "${azureMonitor}" };

/** Step of what Azure Monitor measures: the shortest that each store has. */
const timeGrain = "PT5M";

/** Lines that a metric is split into at most. Azure gives ten unless somebody asks for more. */
const mostLines = "500";

/** Columns of a dashboard of Grafana, and lines that a panel of each kind takes. */
const columns = 24;
const lines: Readonly<Record<Panel["kind"], number>> = { stat: 4, timeseries: 8, bargauge: 8, table: 8 };

/** What tells a dashboard and the environment that it is of. */
interface DashboardPlace {
  /** Identifies it within Grafana, and part of its address: 1 to 40 characters. */
  readonly uid: string;
  /** Environment, part of the title. */
  readonly environment: string;
  /** Name of the cluster, which every series has as a label. */
  readonly clusterName: string;
  /** ARM ID of each store that is shown, by name. Of NetApp Files: of the account. */
  readonly stores: Readonly<Record<string, string>>;
}

/**
 * A dashboard in the JSON of Grafana, as both Managed Grafana and the dashboards of Azure's portal take it.
 * Source: grafana/grafana:kinds/dashboard/dashboard_kind.cue (schemaVersion 39)
 */
export function grafanaJson(dashboard: Dashboard, place: DashboardPlace): object {
  const { uid, environment, clusterName } = place;
  const shown = storePanels(dashboard);
  const netapp = shown.find(({ store }) => store.kind === "netapp");
  return {
    uid,
    title: `${dashboard.title} (${environment})`,
    description: dashboard.description,
    tags: ["azure-gpu-cluster"],
    timezone: "browser",
    schemaVersion: 39,
    editable: true,
    refresh: "1m",
    time: { from: "now-6h", to: "now" },
    templating: {
      list: [
        { name: "datasource", label: "Data source", type: "datasource", query: "prometheus" },
        ...(shown.length === 0
          ? []
          : [{ name: "azureMonitor", label: "Azure Monitor", type: "datasource", query: azureMonitor.type }]),
        { name: "cluster", type: "constant", query: clusterName, hide: 2 },
        ...(netapp === undefined ? [] : [volumeVariable(place.stores[netapp.store.name] ?? "")]),
        ...(dashboard.ofOneTeam ? [teamVariable] : []),
      ],
    },
    panels: panelsOf(dashboard, place),
  };
}

/** Teams that have, or had today, a GPU. */
const teamVariable = {
  name: "namespace",
  label: "Team",
  type: "query",
  datasource,
  query: { query: 'label_values(namespace:gpus_allocated:sum{cluster="$cluster"}, namespace)', refId: "teams" },
  refresh: 2,
  sort: 1,
};

function storePanels({ rows }: Dashboard): StorePanel[] {
  return rows.flatMap(({ panels }) => panels.filter((it) => "store" in it));
}

/**
 * Volumes of NetApp Files that there are, by account/pool/volume. They are made with teams, so no plan of the environment lists them.
 * Source: grafana/grafana:public/app/plugins/datasource/azuremonitor/{variables.ts,azure_monitor/azure_monitor_datasource.ts}
 */
function volumeVariable(accountId: string): object {
  const { subscriptionId, resourceGroupName } = parseArmId(accountId) ?? {};
  return {
    name: "volume",
    label: "Volume of NetApp Files",
    type: "query",
    datasource: azureMonitor,
    query: {
      refId: "volumes",
      queryType: "Azure Resource Names",
      subscription: subscriptionId,
      resourceGroup: resourceGroupName,
      namespace: platformMetrics.netapp.namespace,
    },
    refresh: 1,
    sort: 1,
  };
}

/** Panels one beside the other while there is room, under the heading of their row. */
function panelsOf({ rows }: Dashboard, { stores }: DashboardPlace): object[] {
  const placed: object[] = [];
  let y = 0;
  for (const { title, panels } of rows) {
    placed.push({
      id: placed.length + 1,
      type: "row",
      title,
      collapsed: false,
      panels: [],
      gridPos: { x: 0, y, w: columns, h: 1 },
    });
    y += 1;
    let [x, height] = [0, 0];
    for (const it of panels) {
      if (x + it.width > columns) {
        y += height;
        [x, height] = [0, 0];
      }
      const h = lines[it.kind];
      placed.push({ id: placed.length + 1, ...panelJson(it, stores), gridPos: { x, y, w: it.width, h } });
      x += it.width;
      height = Math.max(height, h);
    }
    y += height;
  }
  return placed;
}

function panelJson(panel: Panel, stores: DashboardPlace["stores"]): object {
  return "store" in panel ? storeJson(panel, stores[panel.store.name] ?? "") : prometheusJson(panel);
}

/**
 * Lines of a store, each asked of one resource: several at once would be another question to Azure.
 * Source: grafana/grafana:public/app/plugins/datasource/azuremonitor/dataquery.cue,
 * pkg/tsdb/azuremonitor/metrics/azuremonitor-datasource.go
 */
function storeJson({ kind, title, what, unit, store, metrics, split }: StorePanel, resourceId: string): object {
  const { namespace, child } = platformMetrics[store.kind];
  const { subscriptionId, resourceGroupName, names = [] } = parseArmId(`${resourceId}${child}`) ?? {};
  const resource = {
    subscription: subscriptionId,
    resourceGroup: resourceGroupName,
    resourceName: store.kind === "netapp" ? "${volume}" : names.join("/"),
    metricNamespace: namespace,
  };
  return {
    type: kind,
    title,
    description: what,
    datasource: azureMonitor,
    targets: metrics.map(({ metric, over, legend }, at) => ({
      refId: String.fromCharCode(65 + at),
      datasource: azureMonitor,
      queryType: "Azure Monitor",
      subscription: subscriptionId,
      azureMonitor: {
        resources: [resource],
        metricNamespace: namespace,
        metricName: metric,
        aggregation: over,
        timeGrain,
        // No value: a line for each.
        dimensionFilters: split === null ? [] : [{ dimension: split.dimension, operator: "eq", filters: [] }],
        ...(split !== null && { top: mostLines }),
        alias: split === null ? legend : `{{${split.dimension.toLowerCase()}}}`,
      },
    })),
    fieldConfig: {
      defaults: {
        unit,
        ...lineDefaults,
        custom: {
          ...lineDefaults.custom,
          ...(split?.stacked === true && { fillOpacity: 40, stacking: { mode: "normal", group: "A" } }),
        },
      },
      overrides: [],
    },
    options: optionsOf(kind),
  };
}

/** How lines are drawn. */
const lineDefaults = { min: 0, custom: { fillOpacity: 10, lineWidth: 1, showPoints: "never" } };

function prometheusJson({ kind, title, what, unit, queries, limits }: PrometheusPanel): object {
  // What is small when it is bad is red below its limit.
  const falling = limits !== null && limits[0] > limits[1];
  const steps =
    limits === null
      ? [{ color: "blue", value: null }]
      : falling
        ? [
            { color: "red", value: null },
            { color: "orange", value: limits[1] },
            { color: "green", value: limits[0] },
          ]
        : [
            { color: "green", value: null },
            { color: "orange", value: limits[0] },
            { color: "red", value: limits[1] },
          ];
  const now = kind !== "timeseries";
  return {
    type: kind,
    title,
    description: what,
    datasource,
    targets: queries.map(({ expression, legend }, at) => ({
      refId: String.fromCharCode(65 + at),
      datasource,
      expr: expression,
      legendFormat: kind === "table" ? "__auto" : legend,
      instant: now,
      range: !now,
      ...(kind === "table" && { format: "table" }),
    })),
    fieldConfig: {
      defaults: {
        unit,
        thresholds: { mode: "absolute", steps },
        ...(kind === "timeseries" ? lineDefaults : { color: { mode: "thresholds" } }),
        // Lines take the room that they need: one percent of failures would not be seen.
        ...(unit === "percentunit" && kind !== "timeseries" && { min: 0, max: 1 }),
      },
      overrides: [],
    },
    options: optionsOf(kind),
    ...(kind === "table" && {
      transformations: [
        {
          id: "organize",
          options: {
            excludeByName: { Time: true, cluster: true },
            indexByName: {},
            renameByName: { Value: queries[0]?.legend },
          },
        },
      ],
    }),
  };
}

function optionsOf(kind: Panel["kind"]): object {
  const reduce = { calcs: ["lastNotNull"], fields: "", values: false };
  switch (kind) {
    case "timeseries":
      return {
        legend: { displayMode: "list", placement: "bottom", showLegend: true },
        tooltip: { mode: "multi", sort: "desc" },
      };
    case "stat":
      return { reduceOptions: reduce, colorMode: "value", graphMode: "none", textMode: "value" };
    case "bargauge":
      return { reduceOptions: reduce, orientation: "horizontal", displayMode: "basic" };
    case "table":
      return { showHeader: true };
  }
}

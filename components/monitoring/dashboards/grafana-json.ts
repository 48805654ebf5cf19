import type { Dashboard, Panel } from "./panel";

/** Data source of every panel: the reader's, where there are several. */
const datasource = { type: "prometheus", uid: "${datasource}" };

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
}

/**
 * A dashboard in the JSON of Grafana, as both Managed Grafana and the dashboards of Azure's portal take it.
 * Source: grafana/grafana:kinds/dashboard/dashboard_kind.cue (schemaVersion 39)
 */
export function grafanaJson(dashboard: Dashboard, { uid, environment, clusterName }: DashboardPlace): object {
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
        { name: "cluster", type: "constant", query: clusterName, hide: 2 },
        ...(dashboard.ofOneTeam ? [teamVariable] : []),
      ],
    },
    panels: panelsOf(dashboard),
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

/** Panels one beside the other while there is room, under the heading of their row. */
function panelsOf({ rows }: Dashboard): object[] {
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
      placed.push({ id: placed.length + 1, ...panelJson(it), gridPos: { x, y, w: it.width, h } });
      x += it.width;
      height = Math.max(height, h);
    }
    y += height;
  }
  return placed;
}

function panelJson({ kind, title, what, unit, queries, limits }: Panel): object {
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
      legendFormat: legend === "" ? "__auto" : legend,
      instant: now,
      range: !now,
      ...(kind === "table" && { format: "table" }),
    })),
    fieldConfig: {
      defaults: {
        unit,
        thresholds: { mode: "absolute", steps },
        ...(kind === "timeseries"
          ? { min: 0, custom: { fillOpacity: 10, lineWidth: 1, showPoints: "never" } }
          : { color: { mode: "thresholds" } }),
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
          options: { excludeByName: { Time: true, cluster: true }, indexByName: {}, renameByName: {} },
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

import { beforeAll, describe, expect, it } from "vitest";
import { type Exporter, exporters } from "../../../../catalog/exported-metrics";
import { dashboards } from "../../../../components/monitoring/dashboards/dashboards";
import { grafanaJson } from "../../../../components/monitoring/dashboards/grafana-json";
import { ruleGroups } from "../../../../components/monitoring/managed-prometheus/rule-group-body";
import { describeWithPromql } from "../../../simulator/engine/with-promql";
import { pool } from "../../platform/facts";
import { parsePromql, promqlFaults, type PromqlNode } from "../managed-prometheus/promql";
import { samplePools } from "../sample-cluster";
import { chosen, fillDashboards, type FilledPanel, sampleDashboards } from "./sample-dashboards";

const mi300x = { ...pool("mi300x", "Standard_ND96isr_MI300X_v5"), gpuStack: "amd-operator" } as const;
const everything = [
  ...sampleDashboards,
  ...dashboards([mi300x], "eastus").map((it) => ({ ...it, key: `${it.key} of AMD` })),
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
    panels.flatMap(({ queries }) => queries.map(({ expression }) => expression)),
  );

  it("asks what is right in syntax and types", () => {
    expect(expressions.flatMap((it) => promqlFaults(chosen(it)).map((fault) => `${fault}: ${it}`))).toEqual([]);
  });

  it("asks for metrics that somebody exports or a rule writes down, of its cluster alone", () => {
    const asked = expressions.flatMap(selectors);
    expect(asked.filter((it) => !known.has(/^[\w:]+/.exec(it)?.[0] ?? ""))).toEqual([]);
    expect(asked.filter((it) => !it.includes('cluster="$cluster"'))).toEqual([]);
  });

  it("asks for a team exactly where one is chosen", () => {
    expect(expressions.some((it) => it.includes("$namespace"))).toBe(dashboard.ofOneTeam);
  });

  it("is a dashboard of Grafana, with panels that have ids of their own and do not lie on one another", () => {
    const place = { uid: "dash-gpu-dev-x", environment: "dev", clusterName: "aks" };
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
    const keys = (pools: Parameters<typeof dashboards>[0]) => dashboards(pools, "eastus").map(({ key }) => key);
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
    const text = JSON.stringify(dashboards([mi300x], "eastus"));
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
        { title: "Row", panels: stat === undefined ? [] : [{ ...stat, limits: [0.2, 0.1], unit: "percentunit" }] },
      ],
    },
    { uid: "u", environment: "dev", clusterName: "aks" },
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

describeWithPromql("the panels of the dashboards, by Prometheus' own engine", (ask) => {
  const panels = sampleDashboards.flatMap(({ key, rows }) =>
    rows.flatMap(({ title, panels }) =>
      panels.map((it, at) => [`${key}: ${title}: ${it.title}`, key, title, at] as const),
    ),
  );
  const filled = new Map<string, FilledPanel>();
  beforeAll(() => {
    for (const { key, rows } of fillDashboards(ask)) {
      for (const { title, panels } of rows) panels.forEach((it, at) => filled.set(`${key} ${title} ${at}`, it));
    }
  });

  it.each(panels)("%s has something of the sample", (_, key, title, at) => {
    const { found = [], kind } = filled.get(`${key} ${title} ${at}`) ?? {};
    expect(found.map((series) => series.length > 0)).toEqual(found.map(() => true));
    expect(found.length).toBeGreaterThan(0);
    const points = found.flat().flatMap((it) => it.points);
    expect(points.some(([, value]) => value !== null)).toBe(true);
    // A legend that names a label that is not there would show braces.
    if (kind === "stat") expect(found.flat()).toHaveLength(1);
  });

  it("no legend names a label that its series do not have", () => {
    const wrong = [...filled.values()].flatMap(({ title, queries, found }) =>
      queries.flatMap(({ legend }, at) =>
        [...legend.matchAll(/\{\{(\w+)\}\}/g)].flatMap(([, label = ""]) =>
          (found[at] ?? []).some(({ labels }) => !(label in labels)) ? [`${title}: ${label}`] : [],
        ),
      ),
    );
    expect(wrong).toEqual([]);
  });
});

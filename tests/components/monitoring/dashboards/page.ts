import type { Panel, PrometheusPanel, StorePanel } from "../../../../components/monitoring/dashboards/panel";
import type { PromqlSeries } from "../../../simulator/engine/with-promql";
import type { FilledDashboard, FilledPanel } from "./sample-dashboards";

/** A panel of Prometheus with what its queries found. */
type Found = Exclude<FilledPanel, StorePanel>;

/** Pixels of a column of 24, and of the height of a panel of each kind. */
const column = 52;
const heights: Readonly<Record<Panel["kind"], number>> = { stat: 96, timeseries: 230, bargauge: 230, table: 230 };

const palette = ["#7eb26d", "#eab839", "#6ed0e0", "#ef843c", "#e24d42", "#1f78c1", "#ba43a9", "#705da0"];

/**
 * A dashboard as a page, drawn as Grafana draws it by and large: enough to see whether a panel says something, and whether its legends are
 * short enough. It is no Grafana: colours, axes and fonts are its own.
 */
export function dashboardPage({ title, description, rows }: FilledDashboard): string {
  const body = rows.map(
    (row) => `<h2>${text(row.title)}</h2><div class="row">${row.panels.map((it) => panelHtml(it)).join("")}</div>`,
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${text(title)}</title><style>${style}</style></head>
<body><h1>${text(title)}</h1><p>${text(description)}</p>${body.join("")}</body></html>`;
}

const style = `
body { background: #111217; color: #ccccdc; font: 13px "DejaVu Sans", sans-serif; width: ${24 * column}px; margin: 12px; }
h1 { font-size: 20px; margin: 0; } h2 { font-size: 14px; margin: 14px 0 4px; } p { margin: 2px 0; color: #9a9ab0; }
.row { display: flex; flex-wrap: wrap; }
.panel { box-sizing: border-box; background: #181b1f; border: 2px solid #111217; padding: 6px 8px; overflow: hidden; }
.title { font-weight: 600; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.live { color: #ff9830; margin: 6px 0; }
.number { font-size: 30px; margin-top: 10px; white-space: nowrap; }
.legend { display: flex; flex-wrap: wrap; gap: 0 12px; font-size: 11px; } .key { white-space: nowrap; }
table { border-collapse: collapse; font-size: 12px; width: 100%; } td, th { text-align: left; padding: 2px 8px 2px 0; border-bottom: 1px solid #2c3235; }
.bar { display: flex; align-items: center; gap: 8px; font-size: 12px; margin: 4px 0; } .bar .name { width: 42%; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.track { flex: 1; background: #22252b; height: 14px; } .fill { height: 14px; }
`;

function panelHtml(panel: FilledPanel): string {
  const { kind, title, width } = panel;
  const size = `width:${width * column}px;height:${heights[kind]}px`;
  return `<div class="panel" data-title="${text(title)}" data-kind="${kind}" style="${size}"><div class="title">${text(title)}</div>${contents(panel)}</div>`;
}

function contents(panel: FilledPanel): string {
  if ("store" in panel) return live(panel);
  switch (panel.kind) {
    case "timeseries":
      return timeseries(panel);
    case "stat": {
      const value = last(panel.found[0]?.[0]);
      return `<div class="number drawn" style="color:${colour(panel, value)}">${number(value, panel.unit)}</div>`;
    }
    case "bargauge":
      return bars(panel);
    case "table":
      return table(panel);
  }
}

/** What the panel of a store asks. Lines of it would be made up: only Azure has them. */
function live({ metrics, split }: StorePanel): string {
  const asked = metrics.map(({ metric, over, legend }) => `${metric} (${over}): ${legend}`);
  const parts = split === null ? [] : [`by ${split.dimension}${split.stacked ? ", stacked" : ""}`];
  return `<div class="live drawn">Needs Azure: live only</div>${[...asked, ...parts].map((it) => `<p>${text(it)}</p>`).join("")}`;
}

interface Named {
  readonly name: string;
  readonly series: PromqlSeries;
}

/** Every series of a panel with the name that its legend gives it. */
function named({ queries, found }: Found): Named[] {
  return queries.flatMap(({ legend }, at) =>
    (found[at] ?? []).map((series) => ({
      series,
      name: legend.replace(/\{\{(\w+)\}\}/g, (_, label: string) => series.labels[label] ?? `{{${label}}}`),
    })),
  );
}

function timeseries(panel: Found): string {
  const all = named(panel);
  const points = all.flatMap(({ series }) => series.points);
  const values = points.flatMap(([, value]) => (value === null ? [] : [value]));
  const times = points.map(([at]) => at);
  const highest = Math.max(...values);
  const most = highest > 0 ? highest * 1.1 : 1;
  const [from, to] = [Math.min(...times), Math.max(...times)];
  const [w, h, left] = [panel.width * column - 24, 140, 64];
  const x = (at: number): number => left + ((at - from) / Math.max(1, to - from)) * (w - left - 4);
  const y = (value: number): number => h - 16 - (value / most) * (h - 28);
  const ticks = [0, 0.5, 1].map((share) => share * most);
  const axes = ticks
    .map(
      (it) =>
        `<line x1="${left}" x2="${w}" y1="${y(it)}" y2="${y(it)}" stroke="#2c3235"/><text x="${left - 6}" y="${y(it) + 4}" text-anchor="end" fill="#9a9ab0" font-size="11">${number(it, panel.unit)}</text>`,
    )
    .join("");
  const lines = all
    .map(({ series }, at) => {
      const drawn = series.points.flatMap(([time, value]) => (value === null ? [] : [`${x(time)},${y(value)}`]));
      return `<polyline class="drawn" fill="none" stroke-width="1.5" stroke="${palette[at % palette.length] ?? ""}" points="${drawn.join(" ")}"/>`;
    })
    .join("");
  const hours = [from, (from + to) / 2, to]
    .map(
      (at, place) =>
        `<text x="${x(at)}" y="${h - 2}" text-anchor="${["start", "middle", "end"][place] ?? ""}" fill="#9a9ab0" font-size="11">${(at / 3600).toFixed(1)} h</text>`,
    )
    .join("");
  const keys = all
    .map(
      ({ name }, at) =>
        `<span class="key"><span style="color:${palette[at % palette.length] ?? ""}">&#9632;</span> ${text(name)}</span>`,
    )
    .join("");
  return `<svg width="${w}" height="${h}">${axes}${lines}${hours}</svg><div class="legend">${keys}</div>`;
}

function bars(panel: Found): string {
  const all = named(panel);
  const most = panel.unit === "percentunit" ? 1 : Math.max(...all.map(({ series }) => last(series) ?? 0));
  return all
    .map(({ name, series }) => {
      const value = last(series);
      const share = Math.max(1, Math.min(100, (100 * (value ?? 0)) / most));
      return `<div class="bar drawn"><span class="name">${text(name)}</span><span class="track"><span class="fill" style="display:block;width:${share}%;background:${colour(panel, value)}"></span></span><span>${number(value, panel.unit)}</span></div>`;
    })
    .join("");
}

function table(panel: Found): string {
  const all = panel.found.flat();
  const columns = Object.keys(all[0]?.labels ?? {}).filter((it) => it !== "cluster" && it !== "__name__");
  const head = [...columns, panel.queries[0]?.legend ?? ""].map((it) => `<th>${text(it)}</th>`).join("");
  const rows = all
    .map(
      (series) =>
        `<tr class="drawn">${columns.map((it) => `<td>${text(series.labels[it] ?? "")}</td>`).join("")}<td>${number(last(series), panel.unit)}</td></tr>`,
    )
    .join("");
  return `<table><tr>${head}</tr>${rows}</table>`;
}

function last(series: PromqlSeries | undefined): number | null {
  return series?.points.at(-1)?.[1] ?? null;
}

function colour({ limits }: PrometheusPanel, value: number | null): string {
  const [good, orange, red] = ["#73bf69", "#ff9830", "#f2495c"];
  if (limits === null || value === null) return "#6e9fff";
  const falling = limits[0] > limits[1];
  const [first, second] = limits;
  if (falling) return value < second ? red : value < first ? orange : good;
  return value >= second ? red : value >= first ? orange : good;
}

const scales = [
  [1e12, "T"],
  [1e9, "G"],
  [1e6, "M"],
  [1e3, "k"],
] as const;

function number(value: number | null, unit: Panel["unit"]): string {
  if (value === null) return "no data";
  if (unit === "percentunit") return `${plain(value * 100)} %`;
  const [by, letter] = scales.find(([least]) => Math.abs(value) >= least) ?? [1, ""];
  const words: Readonly<Record<Panel["unit"], (it: string) => string>> = {
    short: (it) => it.trimEnd(),
    percentunit: (it) => it,
    percent: (it) => `${it.trimEnd()} %`,
    watt: (it) => `${it}W`,
    kwatth: (it) => `${it}kWh`,
    currencyUSD: (it) => `$${it.trimEnd()}`,
    bytes: (it) => `${it}B`,
    Bps: (it) => `${it}B/s`,
    s: (it) => `${it}s`,
    ms: (it) => `${it}ms`,
    reqps: (it) => `${it}req/s`,
    iops: (it) => `${it}op/s`,
  };
  return words[unit](`${plain(value / by)} ${letter}`);
}

function plain(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function text(it: string): string {
  return it.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

import type { MeasuredStore, MetricAggregation } from "../../../catalog/platform-metrics";

/** How a panel draws what its queries find. */
type PanelKind =
  /** Lines over time. */
  | "timeseries"
  /** The last number of each series. */
  | "stat"
  /** The last number of each series as a bar, the largest first. */
  | "bargauge"
  /** The last number of each series as a line with its labels. */
  | "table";

/** What numbers of a panel are, in the words of Grafana. */
type Unit =
  | "short"
  | "percentunit"
  | "percent"
  | "watt"
  | "kwatth"
  | "currencyUSD"
  | "bytes"
  | "Bps"
  | "s"
  | "ms"
  | "reqps"
  | "iops";

/** One query of a panel, over series of one cluster. */
export interface PanelQuery {
  /** PromQL. `$cluster` and, where the dashboard has teams to choose from, `$namespace` stand for names. */
  readonly expression: string;
  /** What a series is called, with labels in double braces; of a table, whose labels are columns, what the numbers are called. */
  readonly legend: string;
}

/** What panels of every data source have. */
interface PanelFrame {
  readonly title: string;
  /** What one sees, and what to do about it. */
  readonly what: string;
  readonly unit: Unit;
  /** Columns of 24 that it is wide. */
  readonly width: 4 | 6 | 8 | 12 | 24;
}

/** A panel of series that Prometheus has. */
export interface PrometheusPanel extends PanelFrame {
  readonly kind: PanelKind;
  readonly queries: readonly PanelQuery[];
  /** Numbers from which it is orange and red; below the second where it is the smaller one. Null: numbers are neither good nor bad. */
  readonly limits: readonly [orange: number, red: number] | null;
}

/** One metric that Azure Monitor keeps of a store. */
export interface StoreMetric {
  readonly metric: string;
  readonly over: MetricAggregation;
  /** What the line is called. */
  readonly legend: string;
}

/** Lines of metrics that Azure Monitor keeps of a store: Prometheus has none of them. */
export interface StorePanel extends PanelFrame {
  readonly kind: "timeseries";
  readonly store: ShownStore;
  readonly metrics: readonly StoreMetric[];
  /** A line for each value of a dimension. Stacked, where the parts are what the whole does. Null: one line for each metric. */
  readonly split: { readonly dimension: string; readonly stacked: boolean } | null;
}

/** One panel of a dashboard. */
export type Panel = PrometheusPanel | StorePanel;

/** A shared store that panels show. */
export interface ShownStore {
  /** Name among all that are shown, part of headings. Plain: it decides what is drawn. */
  readonly name: string;
  readonly kind: MeasuredStore;
}

/** A dashboard, as rows of panels under headings. */
export interface Dashboard {
  /** Part of its name in Azure and of its URN. */
  readonly key: string;
  readonly title: string;
  readonly description: string;
  /** Whether one team is looked at, which the reader chooses. */
  readonly ofOneTeam: boolean;
  readonly rows: readonly { readonly title: string; readonly panels: readonly Panel[] }[];
}

/** A panel with one query, or with several of which each says what it is. */
export function panel(
  kind: PanelKind,
  title: string,
  what: string,
  unit: Unit,
  width: Panel["width"],
  queries: readonly (readonly [expression: string, legend: string])[],
  limits: PrometheusPanel["limits"] = null,
): PrometheusPanel {
  return {
    kind,
    title,
    what,
    unit,
    width,
    queries: queries.map(([expression, legend]) => ({ expression, legend })),
    limits,
  };
}

/** A series of the cluster that a dashboard shows. */
export function of(metric: string, matchers = ""): string {
  return `${metric}{cluster="$cluster"${matchers === "" ? "" : `, ${matchers}`}}`;
}

/** A series that is written down once an hour, as it is now: two hours, since one may be late. */
export function hourly(metric: string, matchers = ""): string {
  return `last_over_time(${of(metric, matchers)}[2h])`;
}

/** How many hours of the last 30 days a series that is written down once an hour has. */
export function countedHours(metric: string): string {
  return `count_over_time(${of(metric)}[30d])`;
}

/** The sum of an hourly series over 30 days. */
export function month(metric: string, matchers = ""): string {
  return `sum_over_time(${of(metric, matchers)}[30d])`;
}

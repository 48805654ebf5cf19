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
type Unit = "short" | "percentunit" | "watt" | "kwatth" | "currencyUSD" | "bytes" | "Bps" | "s" | "reqps";

/** One query of a panel, over series of one cluster. */
export interface PanelQuery {
  /** PromQL. `$cluster` and, where the dashboard has teams to choose from, `$namespace` stand for names. */
  readonly expression: string;
  /** What a series is called, with labels in double braces; of a table the labels are columns. */
  readonly legend: string;
}

/** One panel of a dashboard. */
export interface Panel {
  readonly title: string;
  /** What one sees, and what to do about it. */
  readonly what: string;
  readonly kind: PanelKind;
  readonly unit: Unit;
  /** Columns of 24 that it is wide. */
  readonly width: 4 | 6 | 8 | 12 | 24;
  readonly queries: readonly PanelQuery[];
  /** Numbers from which it is orange and red; below the second where it is the smaller one. Null: numbers are neither good nor bad. */
  readonly limits: readonly [orange: number, red: number] | null;
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
  limits: Panel["limits"] = null,
): Panel {
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

/** The sum of an hourly series over 30 days. */
export function month(metric: string, matchers = ""): string {
  return `sum_over_time(${of(metric, matchers)}[30d])`;
}

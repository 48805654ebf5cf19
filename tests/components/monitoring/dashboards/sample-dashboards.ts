import { dashboards } from "../../../../components/monitoring/dashboards/dashboards";
import type {
  Dashboard,
  PrometheusPanel,
  ShownStore,
  StorePanel,
} from "../../../../components/monitoring/dashboards/panel";
import { ruleGroups } from "../../../../components/monitoring/managed-prometheus/rule-group-body";
import type { AskPromql, PromqlQuery, PromqlSeries } from "../../../simulator/engine/with-promql";
import { sampleCluster, sampleEnd, sampleInterval, samplePools, sampleSeries } from "../sample-cluster";
import { worldGroups } from "../managed-prometheus/world-groups";

/** A store of each kind. What they do, the sample does not have: Azure measures it. */
export const sampleStores: readonly ShownStore[] = [
  { name: "lustre", kind: "lustre" },
  { name: "data", kind: "blob" },
  { name: "homes", kind: "netapp" },
];

/** Every dashboard of the sample. */
export const sampleDashboards = dashboards(samplePools, "eastus", sampleStores);

/** A panel with what each of its queries finds in the sample. Those of stores find nothing here. */
export type FilledPanel = (PrometheusPanel & { readonly found: readonly (readonly PromqlSeries[])[] }) | StorePanel;

/** A dashboard whose panels have what they find in the sample. */
export interface FilledDashboard extends Omit<Dashboard, "rows"> {
  readonly rows: readonly { readonly title: string; readonly panels: readonly FilledPanel[] }[];
}

/** Two hours of the sample, as a panel asks for them. */
const shown = { start: sampleEnd - 2 * 3600, end: sampleEnd, step: 120 } as const;

/** A query with what a reader chose. */
export function chosen(expression: string): string {
  return expression.replaceAll("$cluster", sampleCluster).replaceAll("$namespace", "train-vision");
}

/** Asks Prometheus' own engine for everything that the dashboards show of the sample. */
export function fillDashboards(ask: AskPromql): FilledDashboard[] {
  const queries: PromqlQuery[] = [];
  const placeOf = ({ kind, queries: asked }: PrometheusPanel): readonly number[] =>
    asked.map(({ expression }) => {
      queries.push({
        expression: chosen(expression),
        ...(kind === "timeseries" ? shown : { start: sampleEnd, end: sampleEnd, step: 60 }),
      });
      return queries.length - 1;
    });
  const places = new Map(
    sampleDashboards.flatMap(({ rows }) =>
      rows.flatMap(({ panels }) => panels.flatMap((it) => ("store" in it ? [] : [[it, placeOf(it)] as const]))),
    ),
  );
  const [results] = ask([
    {
      series: sampleSeries,
      interval: sampleInterval,
      end: sampleEnd,
      groups: worldGroups(ruleGroups(samplePools, false, "eastus")),
      queries,
    },
  ]);
  return sampleDashboards.map((dashboard) => ({
    ...dashboard,
    rows: dashboard.rows.map(({ title, panels }) => ({
      title,
      panels: panels.map((it) =>
        "store" in it ? it : { ...it, found: (places.get(it) ?? []).map((at) => results?.queries[at] ?? []) },
      ),
    })),
  }));
}

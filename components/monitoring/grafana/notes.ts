import type { z } from "zod";
import { queriedPrivately } from "../managed-prometheus/plan";
import type { managedPrometheusShape } from "../managed-prometheus/shape";
import type { grafanaShape } from "./shape";

/** What a person should know of a workspace of Grafana before `up`. */
export function grafanaNotes(
  { teams }: z.output<typeof grafanaShape>,
  metrics: z.output<typeof managedPrometheusShape> | undefined,
): string[] {
  return [
    // There is no resource of a dashboard within a workspace: only its own API takes one.
    ...(metrics !== undefined && metrics.dashboards
      ? [
          "grafana: has no dashboards until npm run dashboards imports them (docs/runbooks/dashboards.md); those of the portal are there",
        ]
      : []),
    ...(metrics !== undefined && queriedPrivately(metrics.workspace)
      ? [
          "grafana: shows nothing until its endpoint to the metrics is approved: az network private-endpoint-connection list --id <workspace of the metrics>, then approve (docs/runbooks/dashboards.md)",
        ]
      : []),
    ...(teams === "view" ? ["grafana.teams: every team sees the jobs, the use and the cost of all others"] : []),
  ];
}

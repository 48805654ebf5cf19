import {
  activityAlertRows,
  type AlertRow,
  alertRows,
  metricAlertRows,
  runbookOf,
} from "../components/monitoring/alert-rows";
import { markdownTable } from "./markdown-table";

/** The alerts as Markdown tables, one alert a line. */
export function alertsTable(): string {
  const link = (row: Parameters<typeof runbookOf>[0]): string => {
    const path = runbookOf(row);
    const page = path.replace(/^docs\/runbooks\//, "").replace(/\.md.*$/, "");
    return `[${page}](../../${path})`;
  };
  const rows = (table: Readonly<Record<string, AlertRow>>): string[][] =>
    Object.entries(table).map(([name, row]) => [
      `\`${name}\``,
      String(row.severity),
      row.for,
      row.threshold === null ? "-" : row.threshold.toLocaleString("en-US"),
      row.because,
      link(row),
    ]);
  const head = ["Alert", "Severity", "For", "Number", "Why", "Runbook"];
  const activity = Object.entries(activityAlertRows).map(([name, row]) => [`\`${name}\``, row.because, link(row)]);
  return [
    "Of Prometheus, for each series of what it finds:",
    markdownTable(head, rows(alertRows)),
    "Of metrics that Azure keeps of the cluster, Lustre, Blob and the NAT gateway, with the section `alerts`:",
    markdownTable(head, rows(metricAlertRows)),
    "Of the activity log, with the section `alerts`. It has no severities:",
    markdownTable(["Alert", "Why", "Runbook"], activity),
  ].join("\n\n");
}

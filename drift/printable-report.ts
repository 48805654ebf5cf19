import type { DriftReport } from "./report";

/**
 * A report for people. Names, keys of tags and whatever else others chose may hold what commands a terminal or begins a line of its own: that
 * is seen, and not obeyed.
 */
export function printableReport(report: DriftReport): DriftReport {
  const escaped = JSON.stringify(report, (_, value: unknown) =>
    typeof value === "string" ? value.replace(/\p{Cc}/gu, escapeOf) : value,
  );
  return JSON.parse(escaped) as DriftReport;
}

function escapeOf(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** How a look for drift ended, as the first line of its report says. */
export interface ReportMark {
  readonly environment: string;
  /** Exit code of the look: 0 is no drift, or a harmless one. */
  readonly code: number;
}

/** First line of a report in Markdown: whose it is, by which the next run finds its issue, and how the look ended. */
export function reportMarker(environment: string, code: number): string {
  return `${markerStart(environment)} ${code} -->`;
}

/** What the first line of every report of an environment begins with. */
export function markerStart(environment: string): string {
  return `<!-- azure-gpu-cluster drift ${environment.replace(/[^\w.-]/g, "_")}:`;
}

/** Reads that line; `undefined` for a text that is no report. */
export function readMarker(text: string): ReportMark | undefined {
  const [, environment, code] = /^<!-- azure-gpu-cluster drift ([\w.-]+): (\d+) -->\r?\n/.exec(text) ?? [];
  return environment === undefined ? undefined : { environment, code: Number(code) };
}

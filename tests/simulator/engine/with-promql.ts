import { spawnSync } from "node:child_process";
import { describe } from "vitest";
import { findPromqlResults, howToGetPromqlResults } from "../../../simulator/engine/promql-results";

/** A world of its own: it has these series, and its time begins at zero. All times are in seconds. */
export interface PromqlWorld {
  /** In the notation of Prometheus' own tests of rules: `name{label="value"} 0+1x10 _ stale`. */
  readonly series: readonly string[];
  /** Between two samples of a series. */
  readonly interval: number;
  readonly end: number;
  readonly groups: readonly {
    readonly every: number;
    readonly rules: readonly PromqlRule[];
  }[];
  readonly queries: readonly PromqlQuery[];
}

type PromqlRule =
  | { readonly record: string; readonly expression: string }
  | { readonly alert: string; readonly expression: string; readonly for: number };

/** A query, evaluated at each step of a range. */
export interface PromqlQuery {
  readonly expression: string;
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

/** What became of a world. */
export interface PromqlResults {
  /** Alerts, each series of each from when it fires to when it does no more; null: to the end. */
  readonly alerts: readonly {
    readonly alert: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly from: number;
    readonly to: number | null;
  }[];
  /** What each query found: series with seconds and values, null where a value is no number. */
  readonly queries: readonly (readonly PromqlSeries[])[];
}

/** One series that a query found. */
export interface PromqlSeries {
  readonly labels: Readonly<Record<string, string>>;
  readonly points: readonly (readonly [seconds: number, value: number | null])[];
}

/** Asks Prometheus' own engine what becomes of worlds. */
export type AskPromql = (worlds: readonly PromqlWorld[]) => readonly PromqlResults[];

function asking(program: string): AskPromql {
  return (worlds) => {
    const input = JSON.stringify(worlds);
    const { status, stdout, stderr } = spawnSync(program, { input, encoding: "utf8", maxBuffer: 2 ** 28 });
    if (status !== 0) throw new Error(`promql-results: ${stderr}`);
    return JSON.parse(stdout) as PromqlResults[];
  };
}

/** Tests that need Prometheus' engine of queries. On a machine without it they are counted as skipped, and say how to get it. */
export function describeWithPromql(name: string, tests: (ask: AskPromql) => void): void {
  const program = findPromqlResults();
  if (program !== undefined) {
    describe(name, () => tests(asking(program)));
    return;
  }
  process.stderr.write(`Skipped: ${name}. It needs Prometheus' engine of queries. ${howToGetPromqlResults}\n`);
  describe.skip(`${name} (needs Prometheus' engine of queries: npm run engine)`, () => tests(asking("")));
}

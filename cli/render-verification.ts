import type { Paint } from "../preview/render-text";
import type { CheckResult, Verdict } from "../verification/judge-check";
import type { Comparison } from "../verification/compare-runs";
import type { Skipped } from "../verification/verification-plan";
import type { RunResult } from "../verification/run-checks";

const looks: Readonly<Record<Verdict, { readonly word: string; readonly colour: Parameters<Paint>[0] }>> = {
  pass: { word: "pass", colour: "green" },
  warn: { word: "slow", colour: "yellow" },
  fail: { word: "fail", colour: "red" },
  measured: { word: "no floor", colour: "dim" },
  "no-evidence": { word: "unknown", colour: "yellow" },
};

/** What a person reads after a verification: one row a check, what was left out, and what could not be deleted. */
export function renderVerification(
  {
    environment,
    results,
    left,
    compared,
  }: RunResult & {
    readonly environment: string;
    readonly compared?: Comparison;
  },
  skipped: readonly Skipped[],
  paint: Paint,
): string {
  const rows = results.map((it) => [
    it.name,
    looks[it.verdict].word,
    valueOf(it, it.measured),
    valueOf(it, it.floor),
    ...(compared === undefined ? [] : [changeOf(it, compared)]),
  ]);
  const heading = ["Check", "Verdict", "Measured", "Floor", ...(compared === undefined ? [] : ["Before"])];
  const widths = heading.map((text, at) => Math.max(text.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (row: readonly string[]): string[] => row.map((it, at) => it.padEnd(widths[at] ?? 0));
  return [
    `${paint("bold", environment)} verified`,
    "",
    paint("bold", line(heading).join("  ").trimEnd()),
    ...results.map(({ verdict, detail }, at) => {
      const [name = "", word = "", ...values] = line(rows[at] ?? []);
      return [name, paint(looks[verdict].colour, word), ...values, detail].join("  ").trimEnd();
    }),
    ...(compared === undefined ? [] : ["", `Before: ${compared.run} of ${compared.environment}`]),
    ...(skipped.length === 0 ? [] : ["", paint("bold", "Not checked")]),
    ...skipped.map(({ what, because }) => `  ${what}: ${because}`),
    ...(left.length === 0 ? [] : ["", paint("bold", "Could not be deleted")]),
    ...left.map((it) => `  ${it}`),
    "",
  ].join("\n");
}

/** The value of the earlier run and what became of it, with a word where it fell by more than it may. */
function changeOf(result: CheckResult, { changes, tolerancePercent }: Comparison): string {
  const change = changes.find((it) => it.name === result.name);
  if (change === undefined) return "-";
  const { before, percent, worse } = change;
  const by = `${percent > 0 ? "+" : ""}${percent} %`;
  return `${valueOf(result, before)}, ${by}${worse ? `: worse by more than ${tolerancePercent} %` : ""}`;
}

function valueOf({ unit }: CheckResult, value: number | null): string {
  return value === null ? "-" : `${value} ${unit}`;
}

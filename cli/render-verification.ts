import type { Paint } from "../preview/render-text";
import type { CheckResult, Verdict } from "../verification/judge-check";
import type { Skipped } from "../verification/plan-verification";
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
  { environment, results, left }: RunResult & { readonly environment: string },
  skipped: readonly Skipped[],
  paint: Paint,
): string {
  const rows = results.map((it) => [it.name, looks[it.verdict].word, valueOf(it, it.measured), valueOf(it, it.floor)]);
  const heading = ["Check", "Verdict", "Measured", "Floor"];
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
    ...(skipped.length === 0 ? [] : ["", paint("bold", "Not checked")]),
    ...skipped.map(({ what, because }) => `  ${what}: ${because}`),
    ...(left.length === 0 ? [] : ["", paint("bold", "Could not be deleted")]),
    ...left.map((it) => `  ${it}`),
    "",
  ].join("\n");
}

function valueOf({ unit }: CheckResult, value: number | null): string {
  return value === null ? "-" : `${value} ${unit}`;
}

import type { Line, Verdict } from "../preflight/line";
import type { Paint } from "../preview/render-text";
import type { PreflightReport } from "./preflight-stack";

const colours: Readonly<Record<Verdict, Parameters<Paint>[0]>> = {
  ok: "green",
  missing: "red",
  warning: "yellow",
  unknown: "yellow",
};

/** What a person reads: one row a line, and below it what mends it. */
export function renderPreflight(
  { environment, subscriptionId, location, lines }: PreflightReport,
  paint: Paint,
): string {
  const rows = lines.map(({ verdict, check, subject, need, have }) => [verdict, check, subject, need, have]);
  const heading = ["Verdict", "Check", "Subject", "Needed", "There"];
  const widths = heading.map((text, at) => Math.max(text.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const cells = (row: readonly string[]): string[] => row.map((it, at) => it.padEnd(widths[at] ?? 0));
  return [
    `${paint("bold", environment)} in ${location}, asked of subscription ${subscriptionId}`,
    "",
    paint("bold", cells(heading).join("  ").trimEnd()),
    ...lines.flatMap(({ verdict, remedy }, at) => {
      const [word = "", ...rest] = cells(rows[at] ?? []);
      return [
        [paint(colours[verdict], word), ...rest].join("  ").trimEnd(),
        ...(remedy === null ? [] : [`         ${paint("dim", remedy)}`]),
      ];
    }),
    "",
    countsOf(lines),
    "",
  ].join("\n");
}

function countsOf(lines: readonly Line[]): string {
  const count = (verdict: Verdict): number => lines.filter((it) => it.verdict === verdict).length;
  const parts: readonly (readonly [number, string])[] = [
    [count("ok"), "there"],
    [count("missing"), "missing"],
    [count("warning"), "to look at"],
    [count("unknown"), "could not be asked"],
  ];
  return parts.flatMap(([number, word]) => (number === 0 ? [] : [`${number} ${word}`])).join(", ");
}

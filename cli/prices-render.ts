import { table } from "../preview/table";
import type { PriceChange } from "./prices-refresh";

/** What a person reads of a refresh: what changed, what is new, what is gone, and what to look at before it is believed. */
export function renderChanges(changes: readonly PriceChange[], dryRun: boolean): string {
  const changed = changes.filter((it) => it.before !== null && it.after !== null);
  const added = changes.filter((it) => it.before === null);
  const gone = changes.filter((it) => it.after === null);
  const odd = changes.filter((it) => it.suspicious !== null);
  return [
    `${changed.length} prices changed, ${added.length} are new, ${gone.length} are gone${dryRun ? "; nothing is written" : ""}.`,
    ...section(
      "Changed, in USD",
      changed.map(({ what, region, before, after }) => [
        what,
        region,
        String(before),
        String(after),
        percent(before, after),
      ]),
    ),
    ...section(
      "New",
      added.map(({ what, region, after }) => [what, region, String(after)]),
    ),
    ...section(
      "Gone",
      gone.map(({ what, region, before }) => [what, region, `was ${String(before)}`]),
    ),
    ...section(
      "Look at these before you believe them",
      odd.map(({ what, region, suspicious }) => [what, region, suspicious ?? ""]),
    ),
    "",
  ].join("\n");
}

function section(title: string, rows: readonly (readonly string[])[]): string[] {
  return rows.length === 0 ? [] : ["", title, ...table(rows)];
}

function percent(before: number | null, after: number | null): string {
  if (before === null || after === null) return "";
  const change = ((after - before) / before) * 100;
  return `${change > 0 ? "+" : ""}${change.toFixed(1)} %`;
}

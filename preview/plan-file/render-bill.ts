import { countText } from "../count-text";
import { costLines } from "../cost-lines";
import { dollars } from "../dollars";
import { table } from "../table";
import type { FiledBill } from "./filed-bill";

/** What a person reads of a bill: every line, then the sums, then what is not in them. */
export function renderBill(
  file: string,
  { location, resources, cost, unknownTypes, notRead, leftOut }: FiledBill,
): string {
  const lines = cost.lines.map(({ kind, resource, what, price, unit, idleUsdPerMonth, fullUsdPerMonth }) => [
    kind,
    resource,
    what,
    `${price.usd} a ${unit}`,
    dollars(idleUsdPerMonth),
    dollars(fullUsdPerMonth),
  ]);
  return [
    `${file} in ${location ?? "the regions of its resources"}: ${countText(resources, "resource")} of Azure, ${countText(lines.length, "line")}`,
    "",
    ...(lines.length === 0
      ? []
      : [...table([["kind", "resource", "what", "USD", "idle month", "full month"], ...lines]), ""]),
    "Cost",
    ...costLines(cost, {}),
    ...told("Types that nobody has said anything of here", unknownTypes),
    ...told("Not read, because they are of other providers", notRead),
    ...(leftOut === 0
      ? []
      : [
          `  ${countText(leftOut, "resource")} that stay as they are are not in the file, and not in the bill: write it with pulumi preview --json --show-sames`,
        ]),
    "",
  ].join("\n");
}

function told(what: string, counts: Readonly<Record<string, number>>): string[] {
  const all = Object.entries(counts).map(([type, count]) => (count === 1 ? type : `${count} ${type}`));
  return all.length === 0 ? [] : [`  ${what}: ${all.join(", ")}.`];
}

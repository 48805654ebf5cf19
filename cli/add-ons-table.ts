import { z } from "zod";
import type { AddOn } from "../components/platform/add-on";
import { addOns } from "../components/platform/add-ons";
import { markdownTable } from "./markdown-table";

/** The add-ons as a Markdown table, one row of the project a line. */
export function addOnsTable(): string {
  const lines = Object.entries<AddOn>(addOns).map(([key, row]) => {
    const { release, manifest } = row;
    const product = release === null ? "-" : `\`${release.chart.chart}\``;
    return [
      `\`${key}\``,
      row.gives,
      product,
      release?.chart.version ?? manifest?.version ?? "-",
      row.wanted?.when ?? "asked for, or another add-on needs it",
      settingsOf(row),
      `\`${row.verify.replaceAll("|", "\\|")}\``,
    ];
  });
  const head = ["Key", "Gives", "Chart", "Version", "Installed when", "Settings", "Verify on a live cluster"];
  return markdownTable(head, lines);
}

/** `storageClass` (`scratch-nvme`): names, with the defaults that there are. */
function settingsOf({ settings }: AddOn): string {
  const { properties = {} } = z.toJSONSchema(settings, { io: "input" });
  const names = Object.entries(properties).map(([name, schema]) => {
    const byDefault = typeof schema === "object" ? schema.default : undefined;
    return `\`${name}\`${byDefault === undefined ? "" : ` (\`${JSON.stringify(byDefault)}\`)`}`;
  });
  return names.length === 0 ? "-" : names.join(", ");
}

import { isList, isRecord } from "../core/property-value";
import { rules } from "../policies/rules";
import { markdownTable } from "./markdown-table";

/** The settings of all rules as a Markdown table, by name: what each says, what it is where nobody gives one, and which rules read it. */
export function settingsTable(): string {
  const all = rules.flatMap(({ name: rule, settings = [] }) => settings.map((setting) => ({ rule, setting })));
  const names = [...new Set(all.map(({ setting }) => setting.name))].sort();
  return markdownTable(
    ["Setting", "Says", "Default", "Read by"],
    names.map((name) => {
      const own = all.filter(({ setting }) => setting.name === name);
      const [first] = own;
      return [
        `\`${name}\``,
        first?.setting.schema.description ?? "",
        defaultText(first?.setting.default),
        own.map(({ rule }) => `\`${rule}\``).join(", "),
      ];
    }),
  );
}

function defaultText(value: unknown): string {
  if (value === null || value === undefined) return "-";
  if (isList(value)) return value.length === 0 ? "none" : value.map((it) => `\`${String(it)}\``).join(", ");
  return isRecord(value) && Object.keys(value).length === 0 ? "none" : `\`${JSON.stringify(value)}\``;
}

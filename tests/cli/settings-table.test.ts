import { expect, it } from "vitest";
import { settingsTable } from "../../cli/settings-table";
import { rules } from "../../policies/rules";

it("has a row for each setting of a rule, which says every rule that reads it, and no other row", () => {
  const rows = settingsTable()
    .split("\n")
    .slice(2)
    .map((row) => row.split(" | ").map((cell) => cell.replace(/^\| | \|$/g, "")));
  const wanted = rules.flatMap(({ name, settings = [] }) => settings.map((it) => `${it.name} of ${name}`)).sort();
  const told = rows.flatMap(([setting = "", , , readers = ""]) =>
    readers.split(", ").map((rule) => `${setting} of ${rule}`.replaceAll("`", "")),
  );
  expect(told.sort()).toEqual(wanted);
  expect(rows.filter(([, says = "", given = ""]) => !/\.$/.test(says) || given === "")).toEqual([]);
});

import Ajv from "ajv";
import { describe, expect, it } from "vitest";
import { uses } from "../../../catalog/prices/uses";
import { settingOf } from "../../../policies/engine/setting";
import { rules } from "../../../policies/rules";
import { infiniBandGroupLimit } from "../../../policies/rules/gpu/infiniband-group-limit";

describe("a setting", () => {
  it("is what the configuration gives", () => {
    expect(settingOf(infiniBandGroupLimit, { infiniBandGroupLimit: 300, other: 1 })).toBe(300);
  });

  it.each([{}, { infiniBandGroupLimit: 0 }, { infiniBandGroupLimit: "300" }, { infiniBandGroupLimit: null }])(
    "is its default for %j",
    (given) => expect(settingOf(infiniBandGroupLimit, given)).toBeNull(),
  );
});

const settings = [...new Set(rules.flatMap((rule) => rule.settings ?? []))];
const [key = "", otherKey = ""] = Object.keys(uses);
const plain = [
  null,
  true,
  "",
  "a",
  "prod",
  "azure-native:network:AzureFirewall",
  -1,
  0,
  0.5,
  1,
  1.5,
  2,
  3650,
  3651,
  1e9,
  1e9 + 1,
];
const lists = [[], ...plain.map((it) => [it]), ["a", "b"], ["a", 1], ["a", ""], [["a"]]];
const members = [...plain, ...lists];
const objects = [
  {},
  ...members.flatMap((it) => [{ [key]: it }, { [key]: 1, [otherKey]: it }, { [key]: [], [otherKey]: it }]),
];
const samples: readonly unknown[] = [...plain, ...lists, [{}], ...objects];
// What this refuses besides is more than its schema can say.
const stricter = ["exceptions"];

describe("the values that a setting takes", () => {
  it.each(settings.filter(({ name }) => !stricter.includes(name)))("are those of its schema: $name", (setting) => {
    const isValid = new Ajv().compile(setting.schema);
    const shown = (accepts: (it: unknown) => unknown): string[] =>
      samples.filter((it) => accepts(it)).map((it) => JSON.stringify(it));
    expect(shown(setting.accepts)).toEqual(shown(isValid));
    expect(shown(setting.accepts)).not.toEqual([]);
  });

  it("are neither nothing nor numbers without end", () => {
    expect(settings.filter(({ accepts }) => accepts(undefined) || accepts(Infinity) || accepts(NaN))).toEqual([]);
  });

  it("are described for who writes them", () => {
    expect(settings.filter(({ schema }) => !/^[A-Z].*\.$/.test(schema.description))).toEqual([]);
  });
});

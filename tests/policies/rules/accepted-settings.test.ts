import { describe, expect, it } from "vitest";
import { rules } from "../../../policies/rules";

const texts = { takes: [["a"], ["a", "b"]], refuses: [[""], ["a", ""], ["a", 1], "a", null, undefined, {}] };

/** What each setting of the rules of an area takes, and what it refuses so that the default holds. */
const values: Readonly<Record<string, { readonly takes: readonly unknown[]; readonly refuses: readonly unknown[] }>> = {
  allowedCharts: texts,
  allowedRegistries: texts,
  priorityClasses: texts,
  publicAddressPurposes: { takes: [["a"], ["a", "b"]], refuses: [["a", 1], "a", null, undefined, {}] },
  allowedPatches: {
    takes: [{}, { dns: "why" }],
    refuses: [{ dns: "" }, { dns: "why", b: 1 }, ["why"], null, undefined],
  },
  jobDeadlineSeconds: { takes: [1, 2_592_000], refuses: [0, -1, 1.5, "60", null, undefined] },
  gpuOversubscription: { takes: [1, 1.5], refuses: [0.9, Infinity, NaN, "2", null, undefined] },
};

const settings = rules
  .filter(({ area }) => area === "kubernetes" || area === "network")
  .flatMap((rule) => rule.settings ?? []);

it("every setting is among those below", () => {
  expect([...new Set(settings.map(({ name }) => name))].sort()).toEqual(Object.keys(values).sort());
});

describe.each(settings.map((setting) => ({ name: setting.name, setting })))("$name", ({ name, setting }) => {
  it.each(each(values[name]?.takes))("takes $given", ({ given }) => expect(setting.accepts(given)).toBe(true));
  it.each(each(values[name]?.refuses))("refuses $given", ({ given }) => expect(setting.accepts(given)).toBe(false));
  it("says what it is for", () => expect(setting.schema.description).toMatch(/^[A-Z].*\.$/));
});

/** A list among the values is one value. */
function each(given: readonly unknown[] = []): readonly { readonly given: unknown }[] {
  return given.map((it) => ({ given: it }));
}

import { describe, expect, it } from "vitest";
import { configurationOf, withExceptions } from "../../../policies/engine/configuration";
import { packDidNotRun, type PolicyEvents, unknownOnMust } from "../../../policies/engine/gates";
import { appliesTo } from "../../../policies/engine/rule";
import { rules } from "../../../policies/rules";
import { account } from "../fixtures";

const pack = {
  name: "azure-gpu-cluster",
  version: "0.1.0",
  configuration: configurationOf("prod"),
  today: "2026-09-01",
};
const from = { policyPackName: pack.name, policyPackVersion: pack.version };
const note = (policyName: string): PolicyEvents => ({
  policyEvent: {
    ...from,
    policyName,
    resourceUrn: account.urn,
    message: `can't run policy '${policyName}' from policy pack 'azure-gpu-policies@v0.1.0' during preview: not known`,
  },
});

describe("gate 224", () => {
  it("stops for a mandatory rule that could not run, and tells in dev", () => {
    const found = unknownOnMust([note("st-tls12")], pack, "prod");
    expect(found.map(({ id, level, path, urn }) => [id, level, path, urn])).toEqual([
      [224, "mandatory", "st-tls12", account.urn],
    ]);
    expect(found[0]).toMatchObject({ rule: "meta-no-unknown-on-must", severity: "high", judged: true });
    expect(found[0]?.message).toBe(
      "The mandatory rule st-tls12 could not run before the update: can't run policy 'st-tls12' from policy pack 'azure-gpu-policies@v0.1.0' during preview: not known Fix: Declare the value as a literal, or take the resource that makes it out of the object.",
    );
    expect(unknownOnMust([note("st-tls12")], pack, "dev").map(({ level }) => level)).toEqual(["advisory"]);
  });

  it("is about no resource where the rule is about all of them", () => {
    const event = { policyEvent: { ...note("st-tls12").policyEvent, resourceUrn: undefined } as never };
    expect(unknownOnMust([event], pack, "prod").map(({ urn }) => urn)).toEqual([""]);
  });

  it.each<[string, PolicyEvents]>([
    ["an advisory rule", note(rules.find((it) => it.levels.prod === "advisory")?.name ?? "")],
    ["another pack", { policyEvent: { ...note("st-tls12").policyEvent, policyPackName: "other" } as never }],
    [
      "a finding",
      { policyEvent: { ...note("st-tls12").policyEvent, message: "minimumTlsVersion is absent" } as never },
    ],
    ["anything else", {}],
  ])("lets %s pass", (_, event) => expect(unknownOnMust([event], pack, "prod")).toEqual([]));

  it("lets what somebody answers for pass, while it lasts", () => {
    const exception = { rule: "st-tls12", resource: account.urn, reason: "r", owner: "o", expires: "2026-09-01" };
    const configuration = withExceptions(pack.configuration, [exception]);
    expect(unknownOnMust([note("st-tls12")], { ...pack, configuration }, "prod")).toEqual([]);
    expect(unknownOnMust([note("st-tls12")], { ...pack, configuration, today: "2026-09-02" }, "prod")).toHaveLength(1);
  });
});

describe("gate 226", () => {
  const enabled = rules.filter(({ levels }) => levels.prod !== "disabled");
  const own = enabled.filter((it) => it.kind === "resource" && appliesTo(it, account.type)).map(({ name }) => name);
  const together = enabled
    .filter((it) => it.kind === "stack" && it.name !== "meta-exemptions-fresh")
    .map(({ name }) => name);
  const step: PolicyEvents = { resourcePreEvent: { metadata: { op: "create", urn: account.urn } } };
  const ran = (names: readonly string[], version = pack.version): PolicyEvents => ({
    policyAnalyzeSummaryEvent: {
      ...from,
      policyPackVersion: version,
      resourceUrn: account.urn,
      passed: names.slice(1),
      failed: names.slice(0, 1),
    },
  });
  const all: PolicyEvents = { policyAnalyzeStackSummaryEvent: { ...from, passed: together } };
  const paths = (...events: readonly PolicyEvents[]): string[] => packDidNotRun(events, pack).map(({ path }) => path);

  it("is content when each enabled rule said pass or fail", () => {
    expect(own.length).toBeGreaterThan(3);
    expect(paths(step, ran(own), all)).toEqual([]);
    expect(
      paths({ resourcePreEvent: { metadata: { op: "delete", urn: `${account.urn}-2` } } }, step, ran(own), all),
    ).toEqual([]);
  });

  it.each(["delete", "delete-replaced", "discard", "discard-replaced", "remove-pending-replace", "read"])(
    "asks for no judgement of what is gone or somebody else's: %s",
    (op) => {
      const gone: PolicyEvents = { resourcePreEvent: { metadata: { op, urn: `${account.urn}-2` } } };
      expect(paths(gone, step, ran(own), all)).toEqual([]);
    },
  );

  it("asks for a judgement of what is made, changed or kept, once", () => {
    for (const op of ["create", "update", "same", "replace", "import"]) {
      const other: PolicyEvents = { resourcePreEvent: { metadata: { op, urn: `${account.urn}-2` } } };
      expect(paths(other, other, step, ran(own), all)).toEqual(own);
    }
  });

  it("puts together what several events say, of this pack alone", () => {
    expect(paths(step, ran(own.slice(0, 2)), ran(own.slice(2)), all)).toEqual([]);
    const other = { ...ran(own).policyAnalyzeSummaryEvent, policyPackName: "other", policyPackVersion: "9" } as never;
    expect(paths(step, ran(own.slice(1)), { policyAnalyzeSummaryEvent: other }, all)).toEqual([own[0]]);
    const without: PolicyEvents = { policyAnalyzeSummaryEvent: { ...from, resourceUrn: account.urn } };
    expect(paths(step, without, all)).toEqual(own);
  });

  it("asks for no rule that is disabled, or that the configuration does not name", () => {
    const [disabled = "", unnamed = "", ...rest] = own;
    const levels = Object.fromEntries(
      Object.entries({ ...pack.configuration.levels, [disabled]: "disabled" as const }).filter(
        ([it]) => it !== unnamed,
      ),
    );
    const configuration = { ...pack.configuration, levels };
    expect(packDidNotRun([step, ran(rest), all], { ...pack, configuration })).toEqual([]);
  });

  it("says what did not run, of which resource", () => {
    const fix = "Fix: Run with --policy-pack and the pack of this commit.";
    const said = (...events: readonly PolicyEvents[]): object[] =>
      packDidNotRun(events, pack).map(({ urn, message, level, severity, rule }) => ({
        urn,
        message,
        level,
        severity,
        rule,
      }));
    const common = { level: "mandatory", severity: "critical", rule: "meta-pack-ran" };
    expect(said(step)).toEqual([{ ...common, urn: "", message: `The policy pack ${pack.name} did not run. ${fix}` }]);
    expect(said(step, ran(own.slice(1)), all)).toEqual([
      { ...common, urn: account.urn, message: `The rule ${own[0]} did not run. ${fix}` },
    ]);
    expect(said(step, ran(own), { policyAnalyzeStackSummaryEvent: { ...from, passed: together.slice(1) } })).toEqual([
      { ...common, urn: "", message: `The rule ${together[0]}, about all resources together, did not run. ${fix}` },
    ]);
    expect(said(step, ran(own, "0.0.9"), all)[0]).toEqual({
      ...common,
      urn: "",
      message: `The policy pack ${pack.name} ran in version 0.0.9, and not in 0.1.0. ${fix}`,
    });
  });

  it("names what did not run", () => {
    expect(paths(step)).toEqual([pack.name]);
    expect(paths(step, ran(own.slice(1)), all)).toEqual([own[0]]);
    expect(paths(step, all)).toEqual(own);
    expect(paths(step, ran(own))).toEqual(together);
    expect(packDidNotRun([step, ran(own, "0.0.9"), all], pack).map(({ message }) => message)).toEqual([
      expect.stringContaining("ran in version 0.0.9, and not in 0.1.0"),
    ]);
  });
});

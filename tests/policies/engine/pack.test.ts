import { type AnalyzerInfo, EnforcementLevel } from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { unknownValue } from "../../../core/property-marks";
import { rules } from "../../../policies/rules";
import { account, nodePool, scaleSet } from "../fixtures";
import { changed } from "../harness";
import { answer, levelOf, Pack } from "../../../cli/pack-process";

/** The rule that knows the exceptions comes first, and the one that knows which were needed last. */
const inOrder = [
  ...rules.filter(({ name }) => name === "meta-exemptions-fresh"),
  ...rules.filter(({ name }) => !name.startsWith("meta-exemptions-")),
  ...rules.filter(({ name }) => name === "meta-exemptions-used"),
];

// Engines differ: older ones start the pack in its own folder, newer ones in the project's.
describe.each([
  ["policies", "."],
  [".", "policies"],
])("the pack, started in %s as %s", (workingDirectory, program) => {
  let pack: Pack;
  beforeAll(async () => {
    pack = await Pack.start(workingDirectory, program);
  });
  beforeEach(() => pack.configure({}));
  afterAll(async () => {
    expect(await pack.stop()).toBe("SIGTERM");
  });

  it("lists every rule at its level for production, with its fix", async () => {
    const info = await answer<AnalyzerInfo>((done) => pack.client.getAnalyzerInfo(new Empty(), done));
    expect(info.getName()).toBe("azure-gpu-policies");
    expect(info.getVersion()).toMatch(/^\d+\.\d+\.\d+$/);
    expect(
      info.getPoliciesList().map((it) => [it.getName(), it.getEnforcementlevel(), it.getRemediationSteps()]),
    ).toEqual(inOrder.map((rule) => [rule.name, levelOf(rule.levels.prod), rule.remedy]));
  });

  it("accepts a resource that keeps every rule", async () => {
    expect(await pack.analyze(scaleSet)).toEqual([]);
    expect(await pack.analyzeStack([scaleSet, changed(nodePool, { "tags.ibDomain": "h100a" })])).toEqual([]);
  });

  it("reports a broken resource with level and message", async () => {
    expect(await pack.analyze(changed(scaleSet, { overprovision: true }))).toEqual([
      {
        rule: "hpc-overprovision-off",
        level: EnforcementLevel.MANDATORY,
        message:
          "A scale set of GPU or InfiniBand VMs does not overprovision.\noverprovision is true; must be false. By default Azure starts extra VMs, bills them and deletes some, which may be ones that have joined a job. Fix: Set overprovision: false.",
        urn: scaleSet.urn,
      },
    ]);
  });

  it("reports resources that break a rule together", async () => {
    const found = await pack.analyzeStack([scaleSet, { ...nodePool, urn: `${nodePool.urn}-2`, name: "pool" }]);
    expect(found.map(({ rule, urn }) => [rule, urn])).toEqual([
      ["ib-domain-unique", scaleSet.urn],
      ["ib-domain-unique", `${nodePool.urn}-2`],
    ]);
  });

  it("judges the rest of a resource when one value is not known yet", async () => {
    const found = await pack.analyze(
      changed(account, { minimumTlsVersion: unknownValue, networkRuleSet: unknownValue, allowBlobPublicAccess: true }),
    );
    expect(found.map(({ rule, level }) => [rule, level])).toEqual([
      ["st-no-anonymous", EnforcementLevel.MANDATORY],
      ["st-tls12", EnforcementLevel.ADVISORY],
      ["st-network-deny", EnforcementLevel.ADVISORY],
    ]);
    // The SDK's own words, which gates on CI look for.
    expect(found[1]?.message).toMatch(/^can't run policy 'st-tls12' .* during preview: .*minimumTlsVersion/);
  });

  it("takes levels and options from the policy configuration", async () => {
    await pack.configure({
      "hpc-overprovision-off": { level: EnforcementLevel.ADVISORY },
      "ib-group-capacity": { level: EnforcementLevel.MANDATORY, options: { infiniBandGroupLimit: 300 } },
    });
    const found = await pack.analyze(changed(scaleSet, { overprovision: true, "sku.capacity": 250 }));
    expect(found.map(({ rule, level }) => [rule, level])).toEqual([
      ["hpc-overprovision-off", EnforcementLevel.ADVISORY],
    ]);
  });

  const overprovision = { type: scaleSet.type, name: scaleSet.name };
  const answered = { reason: "a trial", owner: "ml-platform" };

  it("lets exceptions of the configuration count, until they are over", async () => {
    const broken = changed(scaleSet, { overprovision: true });
    const exceptions = (expires: string): object => ({
      exceptions: [{ rule: "hpc-overprovision-off", resource: overprovision, ...answered, expires }],
    });
    const configure = (expires: string): Promise<unknown> =>
      pack.configure({
        "meta-exemptions-fresh": { level: EnforcementLevel.MANDATORY, options: exceptions(expires) as never },
      });
    const soon = new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10);
    await configure(soon);
    expect(await pack.analyze(broken)).toEqual([]);
    expect(await pack.analyzeStack([broken])).toEqual([]);
    await configure("2026-01-01");
    expect((await pack.analyze(broken)).map(({ rule }) => rule)).toEqual(["hpc-overprovision-off"]);
    expect((await pack.analyzeStack([broken])).map(({ rule, level }) => [rule, level])).toEqual([
      ["meta-exemptions-fresh", EnforcementLevel.MANDATORY],
    ]);
    await configure(soon);
    expect((await pack.analyzeStack([scaleSet])).map(({ rule, level }) => [rule, level])).toEqual([
      ["meta-exemptions-used", EnforcementLevel.ADVISORY],
    ]);
  });

  it("refuses settings that a rule does not have or cannot use, and exceptions that nobody answers for", async () => {
    const refused = async (rule: string, options: object): Promise<string> => {
      await pack.configure({ [rule]: { level: EnforcementLevel.MANDATORY, options: options as never } });
      return pack.analyze(scaleSet).then(
        () => "",
        (error: unknown) => String(error),
      );
    };
    const limit = await refused("ib-group-capacity", { infinibandGroupLimit: 300 });
    expect(limit).toContain(
      "ib-group-capacity.infinibandGroupLimit: must be a setting of the rule. Closest: infiniBandGroupLimit",
    );
    expect(limit).not.toMatch(/\n\s+at /);
    expect(await refused("ib-group-capacity", { infiniBandGroupLimit: 0 })).toContain(
      "must be a whole number, at least 1; got 0",
    );
    const nobody = [{ rule: "hpc-overprovision-off", resource: overprovision, reason: "a trial", expires: "soon" }];
    const both = await refused("meta-exemptions-fresh", { exceptions: nobody });
    expect(both).toContain("exceptions[0].owner: must say it in words");
    expect(both).toContain("exceptions[0].expires: must be a day as YYYY-MM-DD");
  });
});

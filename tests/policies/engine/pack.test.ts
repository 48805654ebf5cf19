import { type AnalyzerInfo, EnforcementLevel } from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { unknownValue } from "../../../core/property-marks";
import { rules } from "../../../policies/rules";
import { account, nodePool, scaleSet } from "../fixtures";
import { changed } from "../harness";
import { answer, levelOf, Pack } from "./pack-process";

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
    expect(info.getName()).toBe("azure-gpu-cluster");
    expect(info.getVersion()).toMatch(/^\d+\.\d+\.\d+$/);
    expect(
      info.getPoliciesList().map((it) => [it.getName(), it.getEnforcementlevel(), it.getRemediationSteps()]),
    ).toEqual(rules.map((rule) => [rule.name, levelOf(rule.levels.prod), rule.remedy]));
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
});

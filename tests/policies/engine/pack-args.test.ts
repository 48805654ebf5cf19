import type { PolicyResource, ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { describe, expect, it } from "vitest";
import { packName, policyPackArgs } from "../../../policies/engine/pack";
import type { Subject } from "../../../policies/engine/rule";
import { rules } from "../../../policies/rules";
import { account, nodePool, scaleSet } from "../fixtures";
import { changed } from "../harness";

type Policy = Pick<ResourceValidationPolicy, "name"> & Partial<ResourceValidationPolicy & StackValidationPolicy>;
type Settings = Readonly<Record<string, object>>;

class NotApplicable extends Error {}

/** What the SDK hands over of a resource; `props` are the same where they are given. */
function handedOver(it: Subject, props: object = it.inputs): PolicyResource {
  return { ...it, props, opts: { protect: it.options.protect === true, ignoreChanges: [] } } as never;
}

/** The pack as the SDK runs it: each rule on each resource, then each on all of them. */
function run(policies: readonly Policy[], resources: readonly PolicyResource[], settings: Settings = {}): string[] {
  const said: string[] = [];
  for (const it of policies) {
    const more = {
      getConfig: () => (settings[it.name] ?? {}) as never,
      notApplicable: (reason?: string) => {
        throw new NotApplicable(reason);
      },
    };
    const report = (message: string, urn?: string): unknown => said.push(`${it.name} ${urn ?? ""} ${message}`);
    for (const resource of resources) {
      try {
        void [it.validateResource].flat()[0]?.({ ...resource, ...more } as never, report);
      } catch (error) {
        if (!(error instanceof NotApplicable)) throw error;
      }
    }
    void it.validateStack?.({ resources, ...more } as never, report);
  }
  return said;
}

function packed(): readonly Policy[] {
  return policyPackArgs().policies;
}

const overprovision = changed(scaleSet, { overprovision: true });
const says = `hpc-overprovision-off ${scaleSet.urn} overprovision is true; must be false. By default Azure starts extra VMs, bills them and deletes some, which may be ones that have joined a job. Fix: Set overprovision: false.`;
const expires = new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10);
const exception = { rule: "hpc-overprovision-off", resource: scaleSet.urn, reason: "a trial", owner: "ml", expires };
const excepted = (...exceptions: readonly object[]): Settings => ({ "meta-exemptions-fresh": { exceptions } });

describe("the pack", () => {
  it("says what it is", () => {
    expect(packName).toBe("azure-gpu-policies");
    expect({ ...policyPackArgs(), policies: [] }).toEqual({
      displayName: "Azure GPU cluster",
      description:
        "Rules for GPU clusters with InfiniBand on Azure: what breaks a fabric, leaks data or leaves a bill open.",
      enforcementLevel: "mandatory",
      policies: [],
    });
  });

  it("says of each rule what reports show, and the settings that it takes", () => {
    const names = packed().map(({ name }) => name);
    expect([names[0], names.at(-1)]).toEqual(["meta-exemptions-fresh", "meta-exemptions-used"]);
    for (const rule of rules) {
      const policy = packed().find(({ name }) => name === rule.name);
      expect(policy).toMatchObject({
        displayName: `${rule.id} ${rule.name}`,
        description: rule.title,
        enforcementLevel: rule.levels.prod,
        severity: rule.severity,
        remediationSteps: rule.remedy,
        tags: [rule.area],
      });
      expect(policy?.configSchema?.properties).toEqual(
        rule.settings && Object.fromEntries(rule.settings.map(({ name, schema }) => [name, schema])),
      );
    }
  });

  it("reports what a rule says, of one resource and of all together", () => {
    expect(run(packed(), [handedOver(overprovision), handedOver(account)])).toEqual([
      says,
      expect.stringMatching(`^st-recoverable ${account.urn} `),
    ]);
    const twin = { ...nodePool, urn: `${nodePool.urn}-2`, name: "pool" };
    expect(run(packed(), [handedOver(scaleSet), handedOver(twin)])).toEqual([
      expect.stringMatching(`^ib-domain-unique ${scaleSet.urn} `),
      expect.stringMatching(`^ib-domain-unique ${twin.urn} `),
    ]);
  });

  it("takes the kind of environment from the tags, else from the name of the stack", () => {
    const spot = (it: Subject): string[] =>
      run(packed(), [handedOver(changed(it, { "virtualMachineProfile.priority": "Spot" }))])
        .map((line) => line.split(" ")[0] ?? "")
        .filter((name) => name === "vmss-spot-not-in-prod");
    expect(spot(scaleSet)).toEqual(["vmss-spot-not-in-prod"]);
    expect(spot(changed(scaleSet, { "tags.environmentKind": "dev" }))).toEqual([]);
    expect(spot({ ...scaleSet, urn: scaleSet.urn.replace("prod", "dev-1") })).toEqual([]);
  });

  it("lets exceptions count, tells each once, and warns of one that nothing needed", () => {
    const told: string[] = [];
    const write = process.stderr.write.bind(process.stderr);
    process.stderr.write = ((line: string) => told.push(line)) as never;
    try {
      const policies = packed();
      expect(run(policies, [handedOver(overprovision)], excepted(exception))).toEqual([]);
      expect(run(policies, [handedOver(overprovision)], excepted(exception))).toEqual([]);
      expect(run(packed(), [handedOver(scaleSet)], excepted(exception))).toEqual([
        expect.stringMatching(/^meta-exemptions-used .*hpc-overprovision-off/),
      ]);
    } finally {
      process.stderr.write = write;
    }
    expect(told).toEqual([`hpc-overprovision-off on ${scaleSet.urn}: excepted until ${expires} by "ml": "a trial"\n`]);
  });

  it("takes new exceptions, and none once the configuration has none any more", () => {
    const policies = packed();
    const silent = process.stderr.write.bind(process.stderr);
    process.stderr.write = () => true;
    try {
      expect(run(policies, [handedOver(overprovision)], excepted(exception))).toEqual([]);
      expect(run(policies, [handedOver(overprovision)])).toEqual([says]);
      const others = { ...exception, resource: `${scaleSet.urn}-2` };
      expect(run(policies, [handedOver(overprovision)], excepted(others))).toEqual([
        says,
        expect.stringMatching(/^meta-exemptions-used /),
      ]);
    } finally {
      process.stderr.write = silent;
    }
  });

  it("says which exception is over, once", () => {
    const over = excepted({ ...exception, expires: "2026-01-31" });
    expect(run(packed(), [handedOver(overprovision)], over)).toEqual([
      expect.stringMatching(/^meta-exemptions-fresh .*exceptions\[0\]\.expires is "2026-01-31" /),
      says,
    ]);
  });

  it("refuses settings that a rule cannot use, without a stack trace", () => {
    const refused = (): unknown =>
      run(packed(), [handedOver(scaleSet)], { "ib-group-capacity": { infiniBandGroupLimit: 0 } });
    expect(refused).toThrow(
      expect.objectContaining({
        stack: expect.stringMatching(
          /^The policy configuration is misconfigured:\n {2}ib-group-capacity\.infiniBandGroupLimit: must be a whole number, at least 1; got 0[^\n]*$/,
        ) as unknown,
      }),
    );
    expect(() => run(packed(), [handedOver(scaleSet)], excepted({ ...exception, owner: "" }))).toThrow(/owner/);
  });

  it("says by an error of the SDK that a rule is about other types, the same for all of them", () => {
    const errorOf = (rule: string): unknown => {
      const policy = packed().find(({ name }) => name === rule);
      const notApplicable = (reason?: string): never => {
        throw new NotApplicable(reason);
      };
      try {
        const args = { ...handedOver(scaleSet), getConfig: () => ({}), notApplicable };
        void [policy?.validateResource].flat()[0]?.(args as never, () => undefined);
      } catch (error) {
        return error;
      }
      return undefined;
    };
    const first = errorOf("st-tls12");
    expect(first).toBeInstanceOf(NotApplicable);
    expect((first as Error).message).toBe("The rule is about other types of resources");
    expect(errorOf("st-no-anonymous")).toBe(first);
  });

  it("asks the SDK for a value that is not known, after what it can say", () => {
    const props = { ...account.inputs, allowBlobPublicAccess: true };
    Object.defineProperty(props, "minimumTlsVersion", {
      enumerable: true,
      get: () => {
        throw new Error("not known yet");
      },
    });
    expect(() =>
      run(
        packed().filter(({ name }) => name === "st-tls12"),
        [handedOver(account, props)],
      ),
    ).toThrow("not known yet");
    expect(
      run(
        packed().filter(({ name }) => name === "st-no-anonymous"),
        [handedOver(account, props)],
      ),
    ).toHaveLength(1);
  });
});

import { describe, expect, it } from "vitest";
import { MisconfiguredError } from "../../../core/problems";
import {
  configurationOf,
  exceptionsOf,
  readConfiguration,
  readExceptions,
  withExceptions,
} from "../../../policies/engine/configuration";
import type { Exception } from "../../../policies/engine/exceptions";
import { type Finding, judge } from "../../../policies/engine/judge";
import { account, blobService, scaleSet } from "../fixtures";
import { changed } from "../harness";

const today = "2026-09-01";
const broken = changed(account, { minimumTlsVersion: "TLS1_0" });
const answered = { rule: "st-tls12", reason: "an old client", owner: "ml-platform", expires: "2026-12-01" };
const byName = { type: account.type, name: account.name };

function judged(...exceptions: readonly Exception[]): readonly Finding[] {
  return judge([broken, blobService], "prod", {
    today,
    configuration: withExceptions(configurationOf("prod"), exceptions),
  });
}

function refusal(read: () => unknown): string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof MisconfiguredError) return error.message.split("\n").map((it) => it.trim());
    throw error;
  }
  return [];
}

describe("an exception", () => {
  it.each<[string, Exception["resource"], boolean]>([
    ["its URN", account.urn, true],
    ["another URN", `${account.urn}-2`, false],
    ["type and name", byName, true],
    ["the type with a version", { ...byName, type: "azure-native:storage/v20240101:StorageAccount" }, true],
    ["another type", { ...byName, type: "azure-native:storage:BlobContainer" }, false],
    ["a part of the name", { ...byName, name: account.name.slice(0, -1) }, false],
    ["a name with a star, which is no pattern", { ...byName, name: "*" }, false],
    ["a pattern", { type: account.type, pattern: `${account.name.slice(0, 1)}*` }, true],
    ["a pattern of all of it", { type: account.type, pattern: "*" }, true],
    ["a pattern with what means something in others", { type: account.type, pattern: ".+" }, false],
  ])("by %s", (_, resource, counts) => {
    const [first] = judged({ ...answered, resource });
    expect(first?.rule === "st-tls12" && first.level === "mandatory").toBe(!counts);
  });

  it("leaves the finding there for all to see, with who answers for it", () => {
    expect(judged({ ...answered, resource: byName }).map(({ rule, level, message }) => [rule, level, message])).toEqual(
      [
        [
          "st-tls12",
          "excepted",
          expect.stringMatching(
            /^minimumTlsVersion is "TLS1_0"; .* excepted until 2026-12-01 by "ml-platform": "an old client"$/,
          ),
        ],
      ],
    );
  });

  it("counts on its last day, and not on the next one: then the finding is back and the exception is one more", () => {
    const levels = (expires: string): string[] =>
      judged({ ...answered, resource: byName, expires }).map(({ rule, level }) => `${level} ${rule}`);
    expect(levels(today)).toEqual(["excepted st-tls12"]);
    expect(levels("2026-08-31")).toEqual(["mandatory st-tls12", "mandatory meta-exemptions-fresh"]);
  });

  it("warns when it hides nothing", () => {
    expect(
      judged({ ...answered, resource: byName }, { ...answered, rule: "st-https-only", resource: byName }).map(
        ({ rule, level }) => `${level} ${rule}`,
      ),
    ).toEqual(["advisory meta-exemptions-used", "excepted st-tls12"]);
  });

  it("is about one rule: the others still hold", () => {
    const both = changed(scaleSet, { overprovision: true, singlePlacementGroup: false });
    const exception = { ...answered, rule: "hpc-overprovision-off", resource: both.urn };
    const found = judge([both], "prod", { today, configuration: withExceptions(configurationOf("prod"), [exception]) });
    expect(found.map(({ rule, level }) => `${level} ${rule}`)).toEqual([
      "mandatory ib-single-placement-group",
      "excepted hpc-overprovision-off",
    ]);
  });
});

describe("a file of exceptions", () => {
  it("is JSON or YAML", () => {
    const list = [{ ...answered, resource: byName }];
    expect(readExceptions("e.json", JSON.stringify(list), today)).toEqual(list);
    const yaml = `- rule: st-tls12\n  resource: { type: ${byName.type}, name: ${byName.name} }\n  reason: an old client\n  owner: ml-platform\n  expires: "2026-12-01"\n`;
    expect(readExceptions("e.yaml", yaml, today)).toEqual(list);
  });

  it("is refused with everything that is wrong", () => {
    const list = [
      { rule: "st-tls21", resource: "a", reason: " ", expires: "2028-01-01", until: 1 },
      { ...answered, resource: { type: "storage*", pattern: "*" }, expires: "2026-02-30" },
      { ...answered, rule: "meta-exemptions-fresh", resource: byName },
      "all",
      { ...answered, resource: byName },
      { ...answered, resource: byName, owner: "others" },
    ];
    expect(refusal(() => readExceptions("e.json", JSON.stringify(list), today))).toEqual([
      "The file of exceptions e.json is misconfigured:",
      'exceptions[0]: must not have the key "until". It has rule, resource, reason, owner, expires',
      'exceptions[0].rule: must be the name of a rule; got "st-tls21". Closest: st-tls12',
      'exceptions[0].resource: must be a URN, or an object of a type and a name or a pattern; got "a". For example { "type": "azure-native:storage:StorageAccount", "name": "data" }',
      'exceptions[0].reason: must say it in words; got " ". Say why the rule does not hold here',
      "exceptions[0].owner: must say it in words; got nothing. Name the person or team that answers for it",
      'exceptions[0].expires: must not be later than 2027-09-02: an exception lasts a year at most; got "2028-01-01". A day at most a year from 2026-09-01, for example 2026-11-30',
      'exceptions[1].resource.type: must be a whole type token; got "storage*". For example azure-native:storage:StorageAccount: a pattern is of names alone',
      'exceptions[1].expires: must be a day as YYYY-MM-DD; got "2026-02-30". A day at most a year from 2026-09-01, for example 2026-11-30',
      'exceptions[2].rule: must be a rule about resources: this one is about exceptions; got "meta-exemptions-fresh"',
      expect.stringMatching(/^exceptions\[3\]: must be an exception; got "all"\. For example \{/),
      "exceptions[5]: must not be there twice: another one is of the same rule and resource",
    ]);
  });
});

describe("a policy configuration", () => {
  it("gives levels, settings and exceptions; what it leaves out is as in production", () => {
    const exceptions = [{ ...answered, resource: byName }];
    const text = JSON.stringify({
      all: "advisory",
      "st-public-off": "disabled",
      "ib-group-capacity": { infiniBandGroupLimit: 300 },
      "meta-exemptions-fresh": { enforcementLevel: "mandatory", exceptions },
    });
    const configuration = readConfiguration("c.json", text, today);
    expect(configuration.levels).toMatchObject({
      "st-public-off": "disabled",
      "ib-group-capacity": "advisory",
      "meta-exemptions-fresh": "mandatory",
    });
    expect(exceptionsOf(configuration)).toEqual(exceptions);
    expect(readConfiguration("c.json", "{}", today).levels).toEqual(configurationOf("prod").levels);
    const big = changed(scaleSet, { "sku.capacity": 250 });
    expect(judge([big], "prod", { today, configuration })).toMatchObject([{ rule: "meta-exemptions-used" }]);
  });

  it.each([
    [
      "",
      "the file: must not be empty: the engine would take it for no configuration. The pack has one for each environment: policies/config/",
    ],
    [
      "[]",
      "the file: must be an object of rules, and is a list. The pack has one for each environment: policies/config/",
    ],
    ["{ a", expect.stringMatching(/^the file: must be JSON \(/)],
    [
      '{ "all": "advisory", "all": "disabled" }',
      expect.stringMatching(/^the file: must be JSON or YAML \(Map keys must be unique/),
    ],
    ['{ "st-tls21": "advisory" }', 'st-tls21: must be the name of a rule, or all; got "st-tls21". Closest: st-tls12'],
    [
      '{ "st-tls12": "strict" }',
      'st-tls12: must be a level, or an object with enforcementLevel and settings; got "strict". One of mandatory, advisory, disabled',
    ],
    [
      '{ "st-tls12": { "enforcementLevel": "remediate" } }',
      'st-tls12.enforcementLevel: must be a level, or an object with enforcementLevel and settings; got "remediate". No rule repairs what it finds: use mandatory',
    ],
    [
      '{ "st-tls12": { "versions": [] } }',
      "st-tls12.versions: must be a setting of the rule. st-tls12 has no settings",
    ],
    [
      '{ "ib-group-capacity": { "infiniBandGroupLimit": "300" } }',
      'ib-group-capacity.infiniBandGroupLimit: must be a whole number, at least 1; got "300". Nodes that Azure support allows in one InfiniBand domain.',
    ],
    [
      JSON.stringify({
        "meta-exemptions-fresh": { enforcementLevel: "disabled", exceptions: [{ ...answered, resource: byName }] },
      }),
      'meta-exemptions-fresh: must not be disabled while it holds exceptions; got "disabled". Delete the exceptions, or make it mandatory',
    ],
  ])("fails for %s", (text, says) => {
    expect(refusal(() => readConfiguration("c.json", text, today)).slice(1)).toEqual([says]);
  });
});

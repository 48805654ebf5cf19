import { describe, expect, it } from "vitest";
import { MisconfiguredError } from "../../../core/problems";
import {
  configurationOf,
  exceptionsOf,
  readConfiguration,
  readExceptions,
  withExceptions,
} from "../../../policies/engine/configuration";
import { type Exception, exceptionsSetting, isAbout } from "../../../policies/engine/exceptions";
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
    ["a pattern with its first and last letter", { type: account.type, pattern: "*t*" }, true],
    ["a pattern of the start alone", { type: account.type, pattern: account.name.slice(0, 1) }, false],
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
            /^minimumTlsVersion is "TLS1_0"; .* It is excepted until 2026-12-01 by "ml-platform": "an old client"\.$/,
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

it("matches names of any characters by a pattern", () => {
  const about = (pattern: string, name: string): boolean =>
    isAbout(
      { ...answered, rule: "st-tls12", resource: { type: account.type, pattern } },
      "st-tls12",
      `urn:pulumi:prod::p::${account.type}::${name}`,
    );
  expect(about("a(b)+c?[d]{2}|^$\\.*", "a(b)+c?[d]{2}|^$\\.txt")).toBe(true);
  expect(about("a.c", "abc")).toBe(false);
  expect(about("first*last", "first\nlast")).toBe(true);
  expect(about("first*last", "first, but not last or")).toBe(false);
});

describe("the exceptions of a configuration", () => {
  const whole = { ...answered, resource: byName };
  it.each<[string, unknown, boolean]>([
    ["a list", [whole, { ...whole, resource: account.urn }], true],
    ["an empty list", [], true],
    ["no list", whole, false],
    ["something else", [whole, "all"], false],
    ["one without a rule", [whole, { ...whole, rule: undefined }], false],
    ["one without an owner", [{ ...whole, owner: undefined }], false],
    ["a day that is no text", [{ ...whole, expires: 2027 }], false],
    ["a resource that is no URN", [{ ...whole, resource: "data" }], false],
    ["no resource", [{ ...whole, resource: undefined }], false],
    ["a number for a resource", [{ ...whole, resource: 5 }], false],
    ["a name and a pattern", [{ ...whole, resource: { ...byName, pattern: "*" } }], false],
    ["a type alone", [{ ...whole, resource: { type: account.type } }], false],
    ["a name that is no text", [{ ...whole, resource: { ...byName, name: 5 } }], false],
    ["a pattern", [{ ...whole, resource: { type: account.type, pattern: "*" } }], true],
  ])("count where they are %s", (_, given, counts) => {
    expect(exceptionsSetting.accepts(given)).toBe(counts);
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

  it("is refused where it is no list", () => {
    expect(refusal(() => readExceptions("e.json", "{}", today))).toEqual([
      "The file of exceptions e.json is misconfigured:",
      expect.stringMatching(
        /^exceptions: must be a list of exceptions; got \{\}\. For example \[\{ "rule": "aks-protected", .+ \}\]$/,
      ),
    ]);
  });

  const one = (changes: object): string[] =>
    refusal(() =>
      readExceptions("e.json", JSON.stringify([{ ...answered, resource: byName, ...changes }]), today),
    ).slice(1);

  it("takes an exception of a year and a day, and no longer one", () => {
    expect(one({ expires: "2027-09-02" })).toEqual([]);
    expect(one({ expires: "2027-09-03" })).toEqual([expect.stringMatching(/must not be later than 2027-09-02/)]);
    for (const expires of ["x2026-12-01", "2026-12-01x", "2026-12-1", 5])
      expect(one({ expires })).toEqual([expect.stringMatching(/must be a day as YYYY-MM-DD/)]);
  });

  it("takes whole types alone", () => {
    for (const type of ["* azure-native:storage:StorageAccount", "azure-native:storage:StorageAccount*", "storage"])
      expect(one({ resource: { type, name: "a" } })).toEqual([
        expect.stringMatching(/resource\.type: must be a whole type/),
      ]);
  });

  it("names rules about resources", () => {
    expect(one({ rule: "meta-exemptions-used" })).toEqual([
      'exceptions[0].rule: must be a rule about resources: this one is about exceptions; got "meta-exemptions-used"',
    ]);
    for (const rule of [5, "zzzzzzzzzzzz"])
      expect(one({ rule })).toEqual([
        `exceptions[0].rule: must be the name of a rule; got ${JSON.stringify(rule)}. The list of rules has all: docs/policies.md, in the package rules.md`,
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
    expect(configuration.settings).toEqual({
      "ib-group-capacity": { infiniBandGroupLimit: 300 },
      "meta-exemptions-fresh": { exceptions },
    });
    expect(readConfiguration("c.json", '{ "meta-exemptions-fresh": "disabled" }', today).settings).toEqual({});
    expect(readConfiguration("c.json", "{}", today).levels).toEqual(configurationOf("prod").levels);
    const big = changed(scaleSet, { "sku.capacity": 250 });
    expect(judge([big], "prod", { today, configuration })).toMatchObject([{ rule: "meta-exemptions-used" }]);
  });

  it("says which file is wrong", () => {
    expect(refusal(() => readConfiguration("c.json", '{ "all": "none" }', today))).toEqual([
      "The policy configuration c.json is misconfigured:",
      'all: must be a level, or an object with enforcementLevel and settings; got "none". One of mandatory, advisory, disabled',
    ]);
  });

  it("takes each setting of a rule that has several", () => {
    const settings = { allowedEscapes: ["render"], allowedGroups: ["kueue.x-k8s.io"] };
    const text = JSON.stringify({ "meta-no-escape-hatch": settings });
    expect(readConfiguration("c.json", text, today).settings).toEqual({ "meta-no-escape-hatch": settings });
  });

  it.each([
    [
      "5",
      "the file: must be an object of rules, and is something else. The pack has one for each environment, in its folder config",
    ],
    [
      " \n",
      "the file: must not be empty: the engine would take it for no configuration. The pack has one for each environment, in its folder config",
    ],
    [
      '{ "zzzzzzzzzzzz": "advisory" }',
      'zzzzzzzzzzzz: must be the name of a rule, or all; got "zzzzzzzzzzzz". The list of rules has all: docs/policies.md, in the package rules.md',
    ],
    [
      '{ "all": { "enforcementLevel": "advisory", "maxGpus": 1 } }',
      "all.maxGpus: must be a setting of the rule. all has no settings",
    ],
    [
      '{ "meta-no-escape-hatch": { "zzzzzzzz": 1 } }',
      "meta-no-escape-hatch.zzzzzzzz: must be a setting of the rule. meta-no-escape-hatch has allowedEscapes, allowedGroups",
    ],
    [
      '{ "meta-no-escape-hatch": { "allowedGroup": [] } }',
      "meta-no-escape-hatch.allowedGroup: must be a setting of the rule. Closest: allowedGroups",
    ],
    [
      '{ "meta-no-escape-hatch": { "allowedEscapes": "all" } }',
      'meta-no-escape-hatch.allowedEscapes: must be a list of strings, none empty; got "all". Logical names of resources that may run a script or a template.',
    ],
    [
      '{ "fin-budget-exists": { "requireBudget": "yes" } }',
      expect.stringMatching(/^fin-budget-exists\.requireBudget: must be a boolean; got "yes"\. /),
    ],
    [
      '{ "meta-subscription-pinned": { "subscriptionId": 5 } }',
      expect.stringMatching(/^meta-subscription-pinned\.subscriptionId: must be a string, not empty; got 5\. /),
    ],
    [
      '{ "fin-monthly-ceiling": { "expectedUse": 5 } }',
      expect.stringMatching(
        /^fin-monthly-ceiling\.expectedUse: must be an object of numbers, each at least 0, each at most \d+; got 5\. /,
      ),
    ],
    [
      "",
      "the file: must not be empty: the engine would take it for no configuration. The pack has one for each environment, in its folder config",
    ],
    [
      "[]",
      "the file: must be an object of rules, and is a list. The pack has one for each environment, in its folder config",
    ],
    ["{ a", expect.stringMatching(/^YAML \(line 1\): is broken in column \d+: /)],
    [
      '{ "all": "advisory", # all of them\n}',
      expect.stringMatching(/^the file: must be JSON, without comments, .+ folder config$/),
    ],
    [
      '{ "fin-required-tags": { "tagPatterns": { "team": "(" } } }',
      expect.stringMatching(/: must be an object of regular expressions; got \{"team":"\("\}\. /),
    ],
    [
      '{ "meta-env-matches": { "environment": "live" } }',
      expect.stringMatching(/: must be one of "dev", "staging", "prod"; got "live"\. /),
    ],
    [
      '{ "meta-ignorechanges-allowlist": { "allowedIgnoreChanges": { "a": "tags" } } }',
      expect.stringMatching(/: must be an object of lists of strings; got /),
    ],
    [
      '{ "all": "advisory", "all": "disabled" }',
      "YAML (line 1): is broken in column 22: a key is given twice. Keep one",
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

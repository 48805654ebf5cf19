import { describe, expect, it } from "vitest";
import { configurationOf, withExceptions } from "../../../policies/engine/configuration";
import { unjudged, violation } from "../../../policies/engine/expect";
import { judge, outcomesOf } from "../../../policies/engine/judge";
import { isViolation, type ResourceRule, type Rule } from "../../../policies/engine/rule";
import { rules } from "../../../policies/rules";
import { unknownValue } from "../../../core/property-marks";
import {
  account,
  auditLog,
  blobService,
  cluster,
  lustre,
  network,
  nodePool,
  scaleSet,
  securityGroup,
  sizes,
  subnet,
} from "../fixtures";
import { changed } from "../harness";
import { allowDns, binding, denyAll, hardened, namespace, quota, service } from "../kubernetes-fixtures";

const today = "2026-09-01";
const stackUrn = "urn:pulumi:prod::azure-gpu-cluster::pulumi:pulumi:Stack::azure-gpu-cluster-prod";
const pool = changed(nodePool, { "tags.ibDomain": "h100a" });
const plan = [
  ...[
    scaleSet,
    pool,
    cluster,
    auditLog,
    account,
    blobService,
    lustre,
    network,
    subnet("nodes", "10.64.0.0/20"),
    securityGroup,
  ],
  ...[namespace, quota, denyAll, allowDns, hardened, service, binding],
];

describe("judge", () => {
  it("finds nothing in a plan that keeps every rule", () => {
    expect(judge(plan, "prod", { today })).toEqual([]);
  });

  it("tells fact, rule, consequence and fix", () => {
    const [finding] = judge([changed(account, { minimumTlsVersion: "TLS1_0" })], "prod", { today });
    expect(finding).toEqual({
      id: 124,
      rule: "st-tls12",
      level: "mandatory",
      severity: "high",
      urn: account.urn,
      path: "minimumTlsVersion",
      message:
        'minimumTlsVersion is "TLS1_0"; must be TLS1_2 or TLS1_3. Older versions can be broken by somebody on the path. Fix: Set minimumTlsVersion to TLS1_2.',
      judged: true,
    });
  });

  it("takes the level of the environment", () => {
    const open = [changed(account, { publicNetworkAccess: "Enabled" })];
    const levelIn = (environment: "dev" | "staging" | "prod"): string | undefined =>
      judge(open, environment, { today }).find(({ rule }) => rule === "st-public-off")?.level;
    expect([levelIn("dev"), levelIn("staging"), levelIn("prod")]).toEqual([undefined, "advisory", "mandatory"]);
  });

  it("notes what is not known before the update, without stopping it", () => {
    const [finding, ...rest] = judge([changed(account, { minimumTlsVersion: unknownValue }), blobService], "prod", {
      today,
    });
    expect(rest).toEqual([]);
    expect(finding).toMatchObject({ rule: "st-tls12", level: "advisory", judged: false, path: "minimumTlsVersion" });
    expect(finding?.message).toMatch(/^minimumTlsVersion is not known before the update/);
  });

  it("answers in one order, whatever the order of the plan", () => {
    const broken = [
      changed(account, { minimumTlsVersion: unknownValue, allowBlobPublicAccess: true }),
      blobService,
      changed(scaleSet, { singlePlacementGroup: false, overprovision: true }),
      changed(pool, { maxCount: 500 }),
    ];
    const findings = judge(broken, "prod", { today });
    expect(findings.map(({ id }) => id)).toEqual([3, 8, 87, 122, 124]);
    expect(judge([...broken].reverse(), "prod", { today })).toEqual(findings);
  });

  it.each([
    "azure-native:compute/v20250401:VirtualMachineScaleSet",
    "azure-native_compute_v20250401:compute:VirtualMachineScaleSet",
  ])("matches types in any API version: %s", (type) => {
    const versioned = { ...changed(scaleSet, { overprovision: true }), type };
    expect(judge([versioned], "prod", { today }).map(({ rule }) => rule)).toEqual(["hpc-overprovision-off"]);
  });

  it("lets Azure support raise the size of an InfiniBand domain, up to the catalogue's limit", () => {
    const big = [changed(scaleSet, { "sku.capacity": 250 })];
    expect(judge(big, "prod", { today }).map(({ rule }) => rule)).toEqual(["ib-group-capacity"]);
    expect(judge(big, "prod", { today, settings: { infiniBandGroupLimit: 300 } })).toEqual([]);
  });

  it("prints no secret", () => {
    const secrets = changed(scaleSet, {
      "virtualMachineProfile.osProfile.adminPassword": "hunter2-hunter2",
      "virtualMachineProfile.osProfile.linuxConfiguration.ssh.publicKeys[0].keyData":
        "-----BEGIN PRIVATE KEY-----hunter2",
      "virtualMachineProfile.userData": "nvapi-hunter2hunter2hunter2hunter2",
    });
    const findings = judge([secrets], "prod", { today });
    expect(findings.map(({ id }) => id)).toEqual([17, 18, 19]);
    expect(JSON.stringify(findings)).not.toContain("hunter2");
  });

  it("judges a thousand resources in well under a second per rule", () => {
    const many = Array.from({ length: 1000 }, (_, at) => ({
      ...changed(nodePool, { vmSize: sizes.gpu, tags: undefined }),
      urn: `urn:${at}`,
    }));
    const start = process.cpuUsage();
    judge(many, "prod", { today });
    expect(process.cpuUsage(start).user).toBeLessThan(1e7);
  });
});

it("says of the stack what is of all resources together", () => {
  const findings = judge(plan, "prod", { today, settings: { monthlyCeilingUsd: 1 } });
  expect(findings.map(({ rule, urn }) => [rule, urn])).toEqual([["fin-monthly-ceiling", stackUrn]]);
});

describe("what one rule says", () => {
  const rule: Rule = {
    ...(rules.find(({ kind }) => kind === "resource") as ResourceRule),
    types: [account.type],
    check: () => [unjudged("a"), unjudged("a"), unjudged("b"), violation("a", 1, "be 2"), violation("a", 1, "be 3")],
  };

  it("names a value that is not known once for each resource, and says each violation", () => {
    const other = { ...account, urn: `${account.urn}-2` };
    const said = outcomesOf(rule, [account, other, scaleSet], { environment: "prod", today, settings: {} });
    expect(said.map((it) => `${it.urn === account.urn} ${it.path} ${isViolation(it) ? it.must : "?"}`)).toEqual(
      ["true", "false"].flatMap((it) => [`${it} a ?`, `${it} b ?`, `${it} a be 2`, `${it} a be 3`]),
    );
  });
});

it("judges by the day of the call where none is given", () => {
  const exception = { rule: "st-tls12", resource: account.urn, reason: "r", owner: "o", expires: "" };
  const levelsOf = (days: number): string[] => {
    const expires = new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    const configuration = withExceptions(configurationOf("prod"), [{ ...exception, expires }]);
    return judge([changed(account, { minimumTlsVersion: "TLS1_0" }), blobService], "prod", { configuration }).map(
      ({ level }) => level,
    );
  };
  expect([levelsOf(0), levelsOf(-1)]).toEqual([["excepted"], ["mandatory", "mandatory"]]);
});

describe("the order of findings", () => {
  const broken = changed(account, { minimumTlsVersion: "TLS1_0", allowBlobPublicAccess: true });
  const at = (name: string): typeof account => ({ ...broken, urn: `${account.urn}-${name}`, name });

  it("is by level, then by rule, resource and path", () => {
    const exception = {
      rule: "st-no-anonymous",
      resource: at("a").urn,
      reason: "a public data set",
      owner: "ml-platform",
      expires: "2026-12-01",
    };
    const configuration = withExceptions(configurationOf("prod"), [exception]);
    const open = changed(at("c"), { minimumTlsVersion: unknownValue });
    const plan = [open, at("b"), at("a")];
    const found = judge(plan, "prod", { today, configuration }).filter(({ rule }) => rule !== "st-recoverable");
    const said = found.map(({ rule, level, judged, urn }) => `${level} ${judged} ${rule} ${urn.slice(-1)}`);
    expect(said).toEqual([
      "mandatory true st-no-anonymous b",
      "mandatory true st-no-anonymous c",
      "mandatory true st-tls12 a",
      "mandatory true st-tls12 b",
      "advisory false st-tls12 c",
      "excepted true st-no-anonymous a",
    ]);
  });

  it("is by resource before it is by path, and by path whatever the order in which a rule says it", () => {
    const without = (it: typeof account): typeof account => changed(it, { tags: undefined });
    const found = judge([without(at("b")), without(at("a"))], "prod", { today });
    const said = found
      .filter(({ rule }) => rule === "fin-required-tags")
      .map(({ urn, path }) => `${urn.slice(-1)} ${path}`);
    const tags = ["costCenter", "environment", "managedBy", "owner", "project"];
    expect(said).toEqual(["a", "b"].flatMap((it) => tags.map((tag) => `${it} tags.${tag}`)));
  });

  it("has what is mandatory before an advisory finding of an earlier rule", () => {
    const { settings, levels } = configurationOf("prod");
    const configuration = { settings, levels: { ...levels, "st-no-anonymous": "advisory" as const } };
    const found = judge([at("a"), blobService], "prod", { today, configuration });
    expect(found.map(({ level, rule }) => `${level} ${rule}`)).toEqual([
      "mandatory st-tls12",
      "advisory st-no-anonymous",
    ]);
  });

  it("is by path within a resource", () => {
    const rule = (name: string): object => ({ name, direction: "Inbound", access: "Allow", sourceAddressPrefix: "*" });
    const group = changed(securityGroup, { securityRules: [rule("one"), rule("two")] });
    const paths = judge([group], "prod", { today }).map(({ id, path }) => `${id} ${path}`);
    expect(paths).toEqual([...paths].sort((a, b) => parseInt(a) - parseInt(b) || (a < b ? -1 : 1)));
    expect(paths.length).toBeGreaterThan(1);
  });
});

import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { versions } from "../../../catalog/versions";
import { read, text } from "../../../core/property-tree";
import { keptFolder } from "../../../delivery/operator/flux-objects";
import { operatorNamespace, operatorUser } from "../../../delivery/operator/names";
import { operatorFiles, operatorSettingsFile } from "../../../delivery/operator/operator-files";
import { operatorOutputFile } from "../../../delivery/operator/operator-variables";
import { graceSeconds } from "../../../delivery/operator/stack-object";
import { shippedPreview } from "../../shipped-previews";
import { root, shippedStackNames } from "../../stack-files";

describe("a repository", () => {
  let copy: string;
  beforeEach(() => {
    copy = mkdtempSync(path.join(tmpdir(), "operator-files-"));
    cpSync(path.join(root, "stacks"), path.join(copy, "stacks"), { recursive: true });
    mkdirSync(path.dirname(path.join(copy, operatorSettingsFile)), { recursive: true });
    for (const it of [operatorSettingsFile, operatorOutputFile]) cpSync(path.join(root, it), path.join(copy, it));
  });
  afterEach(() => rmSync(copy, { recursive: true }));

  it("has objects for each of its stacks, in the file of its environment", () => {
    const files = operatorFiles(copy);
    const stacks = [...files]
      .filter(([file]) => file.startsWith(keptFolder))
      .flatMap(([file, content]) =>
        parseAllDocuments(content).flatMap((it) => {
          const object: unknown = it.toJS();
          const name = path.basename(file, ".yaml");
          return text(object, "kind") === "Stack" ? [`${name}: ${text(object, "metadata.name") ?? ""}`] : [];
        }),
      );
    expect(stacks.sort()).toEqual([
      ...["dev: dev", "dev: dev-plan", "prod: prod-plan", "prod: prod-workloads-plan", "staging: staging"],
      ...["staging: staging-plan", "staging: staging-workloads", "staging: staging-workloads-plan"],
    ]);
  });

  it("that gets another stack file says so until the operator runs it, or leaves it", () => {
    cpSync(path.join(copy, "stacks/Pulumi.dev.yaml"), path.join(copy, "stacks/Pulumi.dev2.yaml"));
    expect(() => operatorFiles(copy)).toThrow(
      /environments\.dev2 \(line \d+\): must be given: there is a stack file of it/,
    );
    const settings = path.join(copy, operatorSettingsFile);
    writeFileSync(settings, readFileSync(settings, "utf8").replace("leaves: [", "leaves: [dev2, "));
    expect([...operatorFiles(copy).keys()]).not.toContain(`${keptFolder}/dev2.yaml`);
  });

  test.each([
    ["no JSON", "{", "deploy/operator/bootstrap.json: must be the output of bootstrap, which is JSON"],
    ["of nobody", "{}", /environments\.dev \(line \d+\): must be in deploy\/operator\/bootstrap\.json/],
    ["no list of environments", "[]", "What bootstrap made for the operator is misconfigured"],
  ])("whose output of bootstrap is %s hears what to do", (_, content, says) => {
    writeFileSync(path.join(copy, operatorOutputFile), content);
    expect(() => operatorFiles(copy)).toThrow(says);
  });

  it("that calls an environment something else than its stack files do hears it, with the line", () => {
    const settings = path.join(copy, operatorSettingsFile);
    const text = readFileSync(settings, "utf8");
    writeFileSync(settings, text.replace("kind: prod", "kind: dev"));
    const line = text.split("\n").findIndex((it) => it.includes("kind: prod")) + 1;
    expect(() => operatorFiles(copy)).toThrow(
      `environments.prod.kind (line ${line}): must be what its stack files say, prod: another kind is judged by other rules; got "dev"`,
    );
  });

  test.each([
    ["no YAML", "a: [", "YAML"],
    ["a key twice", "management: a\nmanagement: b\n", "management"],
    ["nothing", "", "deploy/operator/operator.yaml: must be a mapping"],
  ])("whose settings are %s hears it without a stack trace", (_, content, says) => {
    writeFileSync(path.join(copy, operatorSettingsFile), content);
    expect(() => operatorFiles(copy)).toThrow(says);
  });
});

it("gives a workspace longer to end than the longest wait of any shipped stack", async () => {
  let longest = 0;
  for (const name of shippedStackNames) {
    const { plan } = await shippedPreview(name);
    for (const { options } of plan.resources)
      for (const it of Object.values(options.customTimeouts ?? {})) longest = Math.max(longest, secondsOf(it));
  }
  expect(longest).toBeGreaterThan(3600);
  expect(longest).toBeLessThanOrEqual(graceSeconds);
});

/** Seconds of a duration as Go writes one: `90m`, `1h30m`. */
function secondsOf(duration: string): number {
  const units: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1 };
  return [...duration.matchAll(/(\d+(?:\.\d+)?)([hms])/g)].reduce(
    (all, [, n, unit = ""]) => all + Number(n) * (units[unit] ?? 0),
    0,
  );
}

it("knows the operator by the account that its chart's values name", () => {
  const values: unknown = parse(readFileSync(path.join(root, "deploy/operator/values/pulumi-operator.yaml"), "utf8"));
  expect(`system:serviceaccount:${operatorNamespace}:${text(values, "serviceAccount.name") ?? ""}`).toBe(operatorUser);
  expect(read(values, "fullnameOverride")).toBe("pulumi-kubernetes-operator");
});

it("is told how to be installed, at the versions of the catalogue", () => {
  const page = readFileSync(path.join(root, "deploy/operator/README.md"), "utf8");
  expect(page).toContain(`--version ${versions.pulumiOperator.version}`);
  expect(page).toContain(`--version=v${versions.flux.version}`);
});

it("judges each environment as the kind that its stack file says", () => {
  const settings = parse(readFileSync(path.join(root, operatorSettingsFile), "utf8")) as {
    readonly environments: Readonly<Record<string, { readonly kind: string }>>;
  };
  const kinds = Object.entries(settings.environments).map(([name, { kind }]) => [name, kind]);
  const said = kinds.map(([name = ""]) => {
    const file: unknown = parse(readFileSync(path.join(root, `stacks/Pulumi.${name}.yaml`), "utf8"));
    const { kind } =
      (file as { config: Record<string, { kind: string }> }).config["azure-gpu-cluster:environment"] ?? {};
    return [name, kind];
  });
  expect(kinds).toEqual(said);
  expect(kinds.length).toBeGreaterThan(2);
});

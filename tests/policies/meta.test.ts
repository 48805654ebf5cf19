import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { rules } from "../../policies/rules";
import { environments, levels } from "../../policies/engine/rule";
import { caseKinds } from "./harness";
import { tables } from "./tables";

const root = join(__dirname, "../..");

describe("the rules", () => {
  it("have numbers and names of their own, in order", () => {
    const ids = rules.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
    expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length);
  });

  it("are all listed: every file that declares a rule is one rule, named for it", () => {
    const files = readdirSync(join(root, "policies/rules"), { recursive: true, encoding: "utf8" })
      .filter((it) => it.endsWith(".ts"))
      // Beside the rules of an area lies what only they use.
      .filter((it) => /: (Resource|Stack)Rule = /.test(readFileSync(join(root, "policies/rules", it), "utf8")))
      .sort();
    expect(rules.map(({ area, name }) => `${area}/${name}.ts`).sort()).toEqual(files);
  });

  it.each(rules.map((rule) => ({ name: rule.name, rule })))("$name says everything a reader needs", ({ rule }) => {
    expect(rule.name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)+$/);
    expect(rule.title).toMatch(/^[A-Z].*\.$/);
    expect(rule.why).toMatch(/^[A-Z].*\.$/);
    expect(rule.remedy).toMatch(/^[A-Z].*\.$/);
    expect(rule.source).not.toBe("");
    expect(["resource", "stack"]).toContain(rule.kind);
    expect(["critical", "high", "medium", "low"]).toContain(rule.severity);
    expect(Object.keys(rule.levels).sort()).toEqual([...environments].sort());
    expect(Object.values(levels)).toContain(rule.levels);
  });

  it.each(rules.map((rule) => ({ name: rule.name, rule })))("$name is about types of the pinned SDKs", ({ rule }) => {
    expect(rule.types.map(sdkFile).filter((file) => !existsSync(file))).toEqual([]);
    expect(rule.types.length).toBeGreaterThan(0);
    expect(rule.types).toEqual([...new Set(rule.types)]);
  });

  it.each(rules.map((rule) => ({ name: rule.name, rule })))("$name has every kind of case", ({ rule }) => {
    const cases = tables.filter((it) => it.rule === rule).flatMap((it) => it.cases);
    expect(caseKinds.filter((kind) => !cases.some((it) => it.kind === kind))).toEqual([]);
    const broken = cases.filter((it) => it.kind === "broken");
    expect(broken.filter((it) => it.says.length === 0)).toEqual([]);
    expect(cases.filter((it) => it.kind === "notApplicable" && it.says.length > 0)).toEqual([]);
  });
});

/**
 * The file of a type token: `azure-native:compute:Disk` is compute/disk.d.ts, `kubernetes:core/v1:Pod` core/v1/pod.d.ts; `kubernetes:*` the
 * whole SDK. Kinds of a product's own, which the SDK has no class for, are all of one class.
 */
function sdkFile(token: string): string {
  const [provider = "", module = "", type = ""] = token.split(":");
  // Rules about every type, and about the providers themselves.
  if (token === "*") return join(root, "node_modules/@pulumi/pulumi/resource.d.ts");
  if (module === "providers") return join(root, "node_modules/@pulumi", type, "provider.d.ts");
  if (module === "*") return join(root, "node_modules/@pulumi", provider, "index.d.ts");
  if (/^[^/]+[.]/.test(module) && (!/^[^/]+[.]k8s[.]io[/]/.test(module) || module.startsWith("gateway.networking.")))
    return join(root, "node_modules/@pulumi", provider, "apiextensions/customResource.d.ts");
  const folder = module.replace(/^([a-z]+)\.[a-z0-9.-]+\.k8s\.io/, "$1").replace(/^([a-z]+)\.k8s\.io/, "$1");
  const file = `${type.charAt(0).toLowerCase()}${type.slice(1)}.d.ts`;
  return join(root, "node_modules/@pulumi", provider, folder, file);
}

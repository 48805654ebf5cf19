import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { EnforcementLevel } from "@pulumi/pulumi/proto/analyzer_pb";
import { afterAll, beforeAll, expect, it } from "vitest";
import { preview } from "../../preview/preview";
import { judge } from "../../policies/engine/judge";
import type { Environment, Subject } from "../../policies/engine/rule";
import { rules } from "../../policies/rules";
import { shippedPreview } from "../shipped-previews";
import { plainStacks, shippedStackNames, today, type ShippedStack } from "../stack-files";
import { type Diagnostic, levelOf, Pack } from "../../cli/pack-process";

let pack: Pack;
beforeAll(async () => {
  pack = await Pack.start("policies", ".");
});
afterAll(() => pack.stop());

/** What the pack, driven as the engine drives it at the levels of an environment, says about resources. */
async function packSays(resources: readonly Subject[], kind: Environment): Promise<Diagnostic[]> {
  await pack.configure(Object.fromEntries(rules.map((rule) => [rule.name, { level: levelOf(rule.levels[kind]) }])));
  const found = [...(await pack.analyzeStack(resources))];
  for (const it of resources) found.push(...(await pack.analyze(it)));
  return found;
}

/** What the pack forbids in a plan of a shipped stack. */
async function forbidden(stack: ShippedStack, change: (it: Subject) => Subject): Promise<Diagnostic[]> {
  const { plan, environment } = await shippedPreview(stack);
  // Definitions of kinds are megabytes, and alike for the pack: one is enough.
  const isDefinition = ({ type }: Subject): boolean => type.endsWith(":CustomResourceDefinition");
  const definition = plan.resources.find(isDefinition);
  const resources = plan.resources.filter((it) => it === definition || !isDefinition(it));
  const found = await packSays(resources.map(change), environment.kind);
  return found.filter((it) => it.level === EnforcementLevel.MANDATORY);
}

it.each(shippedStackNames)("passes the rules of the pack as the preview of %s judges by them", async (stack) => {
  const { findings } = await shippedPreview(stack);
  expect(findings.filter((it) => it.level === "mandatory")).toEqual([]);
});

// dev has every layer. That the pack says the same as the preview is shown below, and so is a stack of production.
it("passes the pack that the engine runs", async () => {
  expect(await forbidden("dev", (it) => it)).toEqual([]);
});

it("fails with the right text for a stack that was broken on purpose", async () => {
  const found = await forbidden("prod", (it) =>
    it.type.endsWith(":ManagedCluster")
      ? { ...it, options: {}, inputs: { ...it.inputs, disableLocalAccounts: false } }
      : it,
  );
  expect(found.map((it) => it.rule).sort()).toEqual(["aks-no-local-accounts", "aks-protected"]);
  expect(found.map((it) => it.message).join("\n")).toContain("disableLocalAccounts is false; must be true.");
});

it("judges a stack by its kind and not by its name, in the preview and in the pack alike", async () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "lab-")), "Pulumi.lab.yaml");
  copyFileSync(plainStacks.dev, file);
  const { plan, environment } = await preview(file, { today });
  expect([environment.stack, environment.kind]).toEqual(["lab", "dev"]);
  // Spot nodes are what a rule allows in dev and forbids in production.
  const resources = plan.resources.map((it) =>
    it.type.endsWith(":AgentPool") ? { ...it, inputs: { ...it.inputs, scaleSetPriority: "Spot" } } : it,
  );

  const found = (await packSays(resources, "dev")).map(({ rule, urn, level }) => [rule, urn, level].join(" "));
  const judged = judge(resources, "dev", { today }).map(({ rule, urn, level }) =>
    [rule, urn, level === "excepted" ? level : levelOf(level)].join(" "),
  );
  expect(found.sort()).toEqual(judged.sort());
  expect(judged.some((it) => it.startsWith("np-spot-shape"))).toBe(true);
  expect(
    judge(resources, "prod", { today })
      .map(({ message }) => message)
      .join(),
  ).toContain("not be Spot in production");
  expect(JSON.stringify(found)).not.toContain("in production");
});

it("lets a limit that the stack file says is raised reach the rules of the preview", async () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "raised-")), "Pulumi.dev.yaml");
  const text = readFileSync(plainStacks.dev, "utf8");
  writeFileSync(
    file,
    text.replace("maxNodes: 2 }", "maxNodes: 120, domainLimit: 300 }").replace("10.96.0.0/18", "10.96.0.0/16"),
  );
  const { findings } = await preview(file, { today });
  expect(findings.filter(({ rule }) => rule === "np-ib-bounds")).toEqual([]);
});

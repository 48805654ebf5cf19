import { EnforcementLevel } from "@pulumi/pulumi/proto/analyzer_pb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { preview } from "../../preview/preview";
import type { Subject } from "../../policies/engine/rule";
import { rules } from "../../policies/rules";
import { shippedStackNames, shippedStacks, today, type ShippedStack } from "../stack-files";
import { type Diagnostic, levelOf, Pack } from "./engine/pack-process";

let pack: Pack;
beforeAll(async () => {
  pack = await Pack.start("policies", ".");
}, 60_000);
afterAll(() => pack.stop());

/** What the pack, driven as the engine drives it, forbids in a plan of a shipped stack. */
async function forbidden(stack: ShippedStack, change: (it: Subject) => Subject): Promise<Diagnostic[]> {
  const { plan, environment } = await preview(shippedStacks[stack], { today });
  await pack.configure(
    Object.fromEntries(rules.map((rule) => [rule.name, { level: levelOf(rule.levels[environment.kind]) }])),
  );
  const resources = plan.resources.map(change);
  const found = [...(await pack.analyzeStack(resources))];
  for (const it of resources) found.push(...(await pack.analyze(it)));
  return found.filter((it) => it.level === EnforcementLevel.MANDATORY);
}

describe.each(shippedStackNames)("%s", (stack) => {
  it("passes the pack that the engine runs", async () => {
    expect(await forbidden(stack, (it) => it)).toEqual([]);
  }, 60_000);
});

it("fails with the right text for a stack that was broken on purpose", async () => {
  const found = await forbidden("prod", (it) =>
    it.type.endsWith(":ManagedCluster")
      ? { ...it, options: {}, inputs: { ...it.inputs, disableLocalAccounts: false } }
      : it,
  );
  expect(found.map((it) => it.rule).sort()).toEqual(["aks-no-local-accounts", "aks-protected"]);
  expect(found.map((it) => it.message).join("\n")).toContain("disableLocalAccounts is false; must be true.");
}, 60_000);

import { createHook } from "node:async_hooks";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { parse, stringify } from "yaml";
import type { PlannedResource } from "../../core/planned-resource";
import { preview, type Preview } from "../../preview/preview";
import { renderText } from "../../preview/render-text";
import { plainStacks, today } from "../stack-files";

/** dev with so many teams of one GPU each. */
function planTeams(teams: number): Promise<Preview> {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "teams-")), "Pulumi.dev.yaml");
  const { config } = parse(readFileSync(plainStacks.dev, "utf8")) as { config: Record<string, object> };
  Object.assign(config["azure-gpu-cluster:network"] ?? {}, { addressSpace: "10.64.0.0/16", podCidr: "10.96.0.0/14" });
  Object.assign(config["azure-gpu-cluster:gpuPools"] ?? {}, {
    a10: { size: "Standard_NV36ads_A10_v5", minNodes: 0, maxNodes: teams },
  });
  config["azure-gpu-cluster:inferenceTeams"] = Object.fromEntries(
    Array.from({ length: teams }, (_, at) => {
      const groupObjectId = `33333333-3333-4333-8333-${String(at).padStart(12, "0")}`;
      return [`team-${at}`, { pool: "a10", gpus: 1, groupObjectId }];
    }),
  );
  writeFileSync(file, stringify({ config }));
  return preview(file, { today });
}

/** Promises that a preview makes, and the resources of its plan. The clock of a busy machine says less. */
async function costOf(teams: number): Promise<{ readonly promises: number; readonly resources: number }> {
  let promises = 0;
  const hook = createHook({
    init: (_, type) => {
      if (type === "PROMISE") promises += 1;
    },
  });
  hook.enable();
  const { plan } = await planTeams(teams);
  hook.disable();
  return { promises, resources: plan.resources.length };
}

it("makes as many promises for the twentieth team as for the tenth, and few for each of its resources", async () => {
  // What is made once is made before.
  await planTeams(1);
  const [five, ten, twenty] = [await costOf(5), await costOf(10), await costOf(20)];
  const perResource = (few: typeof five, many: typeof five): number =>
    (many.promises - few.promises) / (many.resources - few.resources);
  expect(twenty.resources - ten.resources).toBe(2 * (ten.resources - five.resources));
  expect(perResource(ten, twenty) / perResource(five, ten)).toBeLessThan(1.1);
  // 545 when this was written, nearly all of the SDK's; 1,280 with the aliases of all old API versions.
  expect(perResource(ten, twenty)).toBeLessThan(700);
});

it("prints eight times the components in about eight times the time", async () => {
  const shown = await planTeams(1);
  const root = shown.plan.resources.find((it) => it.type === "pulumi:pulumi:Stack")?.urn ?? "";
  const component = shown.plan.resources.find((it) => it.parent === root && !it.custom);
  if (component === undefined) throw new Error("dev has components");
  const timeOf = (count: number): number => {
    const more = Array.from({ length: count }, (_, at): PlannedResource => ({ ...component, urn: `urn:${at}` }));
    const big = { ...shown, plan: { ...shown.plan, resources: [...shown.plan.resources, ...more] } };
    // The best of some: what else the machine does only adds.
    const samples = Array.from({ length: 3 }, () => {
      const before = process.cpuUsage();
      renderText(big, (_, text) => text);
      const { user, system } = process.cpuUsage(before);
      return user + system;
    });
    return Math.min(...samples);
  };
  timeOf(100);
  // Some 64 times when each child is added to a copy of the list of its siblings.
  expect(timeOf(40_000) / timeOf(5_000)).toBeLessThan(30);
});

import { expect, it } from "vitest";
import { findLock } from "../../catalog/version-locks";
import { MisconfiguredError } from "../../core/problems";
import { preview } from "../../preview/preview";
import { planUpgrade } from "../../upgrades/plan-upgrade";
import { previewSteps, type StackBefore } from "../../upgrades/preview-steps";
import { readUpgradeFacts } from "../../upgrades/read-upgrade-facts";
import type { UpgradeStep } from "../../upgrades/upgrade-step";
import { plainStacks, today } from "../stack-files";

const file = plainStacks.dev;
const planned = preview(file, { today });
const before = async (): Promise<StackBefore[]> => [{ stack: "dev", file, plan: (await planned).plan }];

it("says what becomes of dev by each step: pools stay behind the control plane, and each comes by itself", async () => {
  const facts = readUpgradeFacts("dev", [await planned]);
  const { steps } = planUpgrade(facts, findLock("2026.12"));
  const previewed = await previewSteps(steps, await before(), today);
  const pools = previewed.map(({ changes }) =>
    changes.changed
      .filter(({ type }) => type.endsWith(":AgentPool"))
      .map(({ name, paths }) => `${name} ${paths.join()}`),
  );
  expect(pools).toEqual([
    [],
    [],
    [],
    ["a10 orchestratorVersion"],
    ["general orchestratorVersion"],
    ["h100d1 orchestratorVersion"],
  ]);
  expect(previewed.flatMap(({ changes }) => [...changes.replaced, ...changes.removed])).toEqual([]);
  const charts = previewed[2]?.changes.changed.filter(({ type }) => type.endsWith(":Release")).map(({ name }) => name);
  expect(charts).toEqual(["gpu-operator", "network-operator"]);
});

it("refuses a step that nobody may have, and one that takes data away", async () => {
  const [first] = planUpgrade(readUpgradeFacts("dev", [await planned]), findLock("2026.12")).steps;
  if (first === undefined) throw new Error("The plan has no steps.");
  const step = (path: readonly string[], value: string | null): UpgradeStep => ({
    ...first,
    edits: [{ stack: "dev", path, value }],
  });
  await expect(previewSteps([step(["cluster", "kubernetesVersion"], "1.38")], await before(), today)).rejects.toThrow(
    MisconfiguredError,
  );
  await expect(previewSteps([step(["storage", "blob"], null)], await before(), today)).rejects.toThrow(/must stay/);
});

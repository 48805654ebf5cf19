import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { findLock } from "../../catalog/version-locks";
import { MisconfiguredError } from "../../core/problems";
import { preview } from "../../preview/preview";
import { projectName } from "../../stacks/config/sections";
import { readStackFile } from "../../stacks/stack-file";
import { editFile } from "../../upgrades/edit-file";
import { lastOpenDay } from "../../upgrades/last-open-day";
import { planUpgrade } from "../../upgrades/plan-upgrade";
import { previewSteps, type StackBefore } from "../../upgrades/preview-steps";
import { readUpgradeFacts } from "../../upgrades/read-upgrade-facts";
import type { UpgradeStep } from "../../upgrades/upgrade-step";
import { plainStacks, today } from "../stack-files";

const file = plainStacks.dev;
const planned = preview(file, { today });
const before = async (): Promise<StackBefore[]> => [{ stack: "dev", file, plan: (await planned).plan }];

it("says what becomes of dev by each step: pools stay behind the control plane, and each comes by itself", async () => {
  const facts = readUpgradeFacts("dev", [await planned], today);
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

it("finds the way out for one whose Kubernetes has left support, and nothing of it is refused between two steps", async () => {
  const late = "2027-04-15";
  const folder = mkdtempSync(path.join(tmpdir(), "late-"));
  try {
    const copy = path.join(folder, "Pulumi.dev.yaml");
    const text = readFileSync(file, "utf8");
    const older = [
      { path: ["cluster", "kubernetesVersion"], value: "1.35" },
      // As the add-on that raises it otherwise needs 1.36.
      { path: ["gpuPools", "h100", "memlock"], value: "ipc-lock" },
    ];
    writeFileSync(copy, editFile(text, older, projectName));
    await expect(preview(copy, { today: late })).rejects.toThrow(/must be a version that AKS supports/);
    const old = await preview(copy, { today: lastOpenDay(readStackFile(copy).values, late) });
    const { steps } = planUpgrade(readUpgradeFacts("dev", [old], late), findLock("2026.12"));
    const previewed = await previewSteps(steps, [{ stack: "dev", file: copy, plan: old.plan }], late);
    expect(previewed.map(({ kind }) => kind).slice(0, 4)).toEqual([
      "control-plane",
      "system-pool",
      "control-plane",
      "system-pool",
    ]);
    expect(previewed.flatMap(({ changes }) => [...changes.replaced, ...changes.removed])).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it("refuses a step that nobody may have, and one that takes data away", async () => {
  const [first] = planUpgrade(readUpgradeFacts("dev", [await planned], today), findLock("2026.12")).steps;
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

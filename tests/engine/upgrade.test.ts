import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { findLock } from "../../catalog/version-locks";
import { preview } from "../../preview/preview";
import type { RehearsedStack } from "../../simulator/rehearsal/rehearsal";
import { projectName } from "../../stacks/config/sections";
import { editFile } from "../../upgrades/edit-file";
import { planUpgrade } from "../../upgrades/plan-upgrade";
import { readUpgradeFacts } from "../../upgrades/read-upgrade-facts";
import { type GateResult, runUpgrade, takeBack, type UpgradeHands } from "../../upgrades/run-upgrade";
import type { UpgradeStep } from "../../upgrades/upgrade-step";
import { today } from "../stack-files";
import { changesOf, lifeSuite, live, type OpenRehearsal, openRehearsal, smallVariant, watch } from "./harness";

const pools = ["a10", "h100d1"];

lifeSuite("an environment that goes from one lock to the next", () => {
  const file = smallVariant();
  let open: OpenRehearsal;
  let stack: RehearsedStack;
  let steps: readonly UpgradeStep[] = [];
  const done: string[] = [];
  const versions = (): unknown[] =>
    pools.map((name) => live(open.rehearsal.world, "containerservice:AgentPool", name).inputs["orchestratorVersion"]);
  const hands = (results: (step: UpgradeStep) => readonly GateResult[]): UpgradeHands => ({
    write: (edits) => {
      writeFileSync(file, editFile(readFileSync(file, "utf8"), edits, projectName));
    },
    up: async () => {
      stack = open.rehearsal.use(file);
      done.push(...(await watch(open.rehearsal, (options) => stack.up(options))).steps);
    },
    verify: (step) => Promise.resolve(results(step)),
  });

  beforeAll(async () => {
    open = openRehearsal();
    stack = open.rehearsal.use(file);
    await stack.up();
    steps = planUpgrade(readUpgradeFacts("dev", [await preview(file, { today })], today), findLock("2026.12")).steps;
  });
  afterAll(() => open.close());

  it("stops behind the canary when its verdict is bad: no other pool was touched, and nothing was replaced", async () => {
    const { stopped } = await runUpgrade(
      steps,
      hands(() => [{ name: "all-reduce", verdict: "fail" }]),
    );
    expect(stopped).toMatchObject({ step: { pool: "gpuPools.a10", canary: true }, because: ["all-reduce: fail"] });
    expect(done).toEqual([
      "update azure-native:containerservice:ManagedCluster aks",
      "update azure-native:containerservice:AgentPool a10",
    ]);
    expect(versions()).toEqual(["1.37", "1.36"]);
  });

  it("brings the canary back, after which nothing is left to change", async () => {
    const canary = steps.find((it) => it.canary === true);
    if (canary === undefined) throw new Error("The plan has no canary.");
    done.length = 0;
    await takeBack(
      canary,
      hands(() => []),
    );
    expect(done).toEqual(["update azure-native:containerservice:AgentPool a10"]);
    expect(versions()).toEqual(["1.36", "1.36"]);
    expect(changesOf(await stack.preview())).toEqual({});
  });

  it("comes to the end when the verdict is good, with every pool updated once and nothing replaced", async () => {
    done.length = 0;
    const run = await runUpgrade(
      steps.filter(({ kind }) => kind === "pool"),
      hands(() => [{ name: "all-reduce", verdict: "pass" }]),
    );
    expect(run.stopped).toBeNull();
    expect(done).toEqual([
      "update azure-native:containerservice:AgentPool a10",
      "update azure-native:containerservice:AgentPool h100d1",
    ]);
    expect(versions()).toEqual(["1.37", "1.37"]);
    expect(changesOf(await stack.preview())).toEqual({});
    expect(readFileSync(file, "utf8")).toContain('versions: "2026.12"');
  });
});
